from odoo import models
from odoo.fields import Domain


class CrmMyDay(models.AbstractModel):
    """Nominations that wait for a decision, and key accounts to look at again."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env.user.has_group("crm_relations.group_sales_manager"):
            return cards
        return [
            *cards,
            self._prepare_nomination_card(users),
            self._prepare_proposed_end_card(users),
        ]

    def _prepare_nomination_card(self, users):
        return self._prepare_card(
            key="key_account_decide",
            column="now",
            title=self.env._("Key accounts to decide on"),
            icon="fa-key",
            model="crm.key.account.nomination",
            domain=Domain("state", "=", "asked")
            & Domain("involved_ids", "not in", self.env.user.ids)
            & Domain("nominator_id", "!=", self.env.uid)
            & Domain("partner_id.user_id", "!=", self.env.uid),
            partner="partner_id",
            detail="reason",
            user="nominator_id",
            asker="nominator_id",
            date="nominated_on",
            order="nominated_on, id",
            action="crm_relations.crm_key_account_nomination_action",
            opens_itself=True,
            is_optional=True,
            acts=[
                self._prepare_act("action_approve", self.env._("Approve"), "fa-check"),
                self._prepare_act("action_refuse", self.env._("Refuse"), "fa-times"),
            ],
        )

    def _prepare_proposed_end_card(self, users):
        return self._prepare_card(
            key="key_account_end",
            column="watch",
            title=self.env._("Key accounts below the floor"),
            icon="fa-level-down",
            model="crm.key.account.nomination",
            domain=Domain("state", "=", "approved")
            & Domain("end_proposed_on", "!=", False)
            & Domain("partner_id.user_id", "!=", self.env.uid),
            partner="partner_id",
            detail="reason",
            user="nominator_id",
            date="end_proposed_on",
            order="end_proposed_on, id",
            action="crm_relations.crm_key_account_nomination_action",
            opens_itself=True,
            is_optional=True,
            acts=[
                self._prepare_act("action_end", self.env._("End"), "fa-times"),
                self._prepare_act("action_keep", self.env._("Keep"), "fa-check"),
            ],
        )
