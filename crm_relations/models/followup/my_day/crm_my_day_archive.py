from odoo import models
from odoo.fields import Domain

POOR = 50  # per cent: below it an archive says little


class CrmMyDay(models.AbstractModel):
    """The day of those who keep the archive, and what is proposed to everybody who
    decides on it."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        cards.insert(0, self._prepare_proposal_card(users))
        if users == self.env.user and self._keeps_archive():
            cards.append(self._prepare_poor_archive_card())
        return cards

    def _keeps_archive(self):
        return self.env.user.has_group("crm_relations.group_custodian")

    def _prepare_proposal_card(self, users):
        """Those on the own customers; of custodians all, of a leader the team's."""
        proposed = Domain("state", "=", "proposed")
        if users != self.env.user or not self._keeps_archive():
            proposed &= Domain("customer_id.user_id", "in", users.ids)
        return self._prepare_card(
            key="proposals",
            column="now",
            title=self.env._("Changes proposed for archives"),
            model="crm.archive.proposal",
            domain=proposed & Domain("create_uid", "not in", users.ids),
            order="id",
            icon="fa-pencil-square-o",
            action="crm_relations.crm_archive_proposal_action",
            user="create_uid",
            partner="partner_id",
            asker="create_uid",
            opens_itself=True,
            is_optional=not self._keeps_archive(),
            help=self.env._(
                "What colleagues want to have corrected in an archive stands here, to "
                "be taken over or refused."
            ),
            acts=[
                self._prepare_act(
                    "action_approve", self.env._("Take Over"), "fa-check"
                ),
                self._prepare_act("action_refuse", self.env._("Refuse"), "fa-times"),
            ],
        )

    def _prepare_poor_archive_card(self):
        return self._prepare_card(
            key="poor_archives",
            column="week",
            title=self.env._("Archives that say least"),
            model="res.partner",
            domain=Domain("is_managed_customer", "=", True)
            & Domain("archive_rate", "<", POOR),
            order="archive_rate, sales_12_months DESC, id",
            icon="fa-folder-open-o",
            action="crm_relations.crm_customer_action",
            partner="id",
            detail="archive_rate",
            help=self.env._(
                "Customers whose archive is less than half filled in stand here, the "
                "emptiest first."
            ),
            is_optional=False,
        )

    def _get_detail(self, detail):
        if isinstance(detail, int) and not isinstance(detail, bool):
            return self.env._("%(rate)s %% filled in", rate=detail)
        return super()._get_detail(detail)
