from odoo import models
from odoo.fields import Domain

from ..followup.my_day.crm_my_day import WEEK


class CrmMyDay(models.AbstractModel):
    """The custodian's desk: beside what is proposed and the archives that say least,
    the reviews that are due and the documents that expire."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        cards.append(self._prepare_review_card(users, today))
        if not self.env["crm.document.due"].has_access("read"):
            return cards
        others = Domain("owner_id", "not in", users.ids)
        required = Domain("is_required", "=", True)
        kept = Domain("custodian_id", "in", users.ids)
        cards.append(
            self._prepare_document_card(
                others & required & kept,
                key="documents_kept",
                title=self.env._("Documents missing or expiring in archives kept"),
                user="custodian_id",
            )
        )
        if users == self.env.user and self._keeps_archive():
            ends = Domain("state", "in", ["expiring", "expired"])
            nobody = Domain("custodian_id", "=", False)
            nobody |= Domain("custodian_id.active", "=", False)
            cards.append(
                self._prepare_document_card(
                    others & ends & nobody,
                    key="documents_expiring",
                    title=self.env._("Documents that expire and no custodian keeps"),
                    in_digest=False,
                )
            )
        return cards

    def _prepare_review_card(self, users, today):
        return self._prepare_card(
            key="reviews",
            column="week",
            title=self.env._("Reviews due"),
            model="crm.archive.upkeep",
            domain=Domain("custodian_id", "in", users.ids)
            & Domain("review_due", "<=", today + WEEK),
            order="review_due, id",
            icon="fa-check-square-o",
            action="crm_relations.crm_archive_upkeep_action",
            user="custodian_id",
            partner="partner_id",
            date="review_due",
            is_optional=True,
            in_digest=True,
            acts=[
                self._prepare_act("action_verify", self.env._("Verified"), "fa-check"),
                self._prepare_act(
                    "action_view_changes", self.env._("What changed"), "fa-history"
                ),
            ],
        )
