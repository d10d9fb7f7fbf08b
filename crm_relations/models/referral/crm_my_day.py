from odoo import models
from odoo.fields import Domain


class CrmMyDay(models.AbstractModel):
    """Who decides about referrals is told of those that wait for it."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env.user.has_group("crm_relations.group_sales_manager"):
            return cards
        confirm = self._prepare_act("action_confirm", self.env._("Confirm"), "fa-check")
        refuse = self._prepare_act("action_refuse", self.env._("Refuse"), "fa-times")
        card = self._prepare_card(
            key="referral_decide",
            column="now",
            title=self.env._("Referrals to confirm"),
            model="crm.referral",
            domain=self._get_referrals_to_decide(),
            order="registered_on, id",
            icon="fa-handshake-o",
            action="crm_relations.crm_referral_action",
            partner="referred_id",
            asker="registered_by_id",
            user="registered_by_id",
            date="registered_on",
            acts=[confirm, refuse],
            opens_itself=True,
            in_digest=True,
            is_optional=True,
        )
        return [*cards, card]

    def _read_card(self, card):
        """A line tells who is said to have brought the customer."""
        rows = super()._read_card(card)
        if card["key"] == "referral_decide":
            referrals = self.env["crm.referral"].browse(row["id"] for row in rows)
            rows = [
                {
                    **row,
                    "detail": self.env._(
                        "Recommended by %(customer)s",
                        customer=referral.referrer_id.name,
                    ),
                }
                for row, referral in zip(rows, referrals, strict=True)
            ]
        return rows

    def _get_referrals_to_decide(self):
        """Return those on which the caller may decide now, see ``_get_no_deciders``."""
        user = self.env.user
        domain = Domain("state", "=", "asked") & Domain("referred_id", "!=", False)
        domain &= Domain("registered_by_id", "!=", user.id)
        sellers = ("partner_id.user_id", "referred_id.user_id")
        for seller in sellers:
            domain &= Domain(seller, "!=", user.id)
        if user.has_group("crm_relations.group_relations_manager"):
            return domain
        return domain & Domain.OR(
            Domain(f"{seller}.sale_team_id.user_id", "=", user.id) for seller in sellers
        )
