from odoo import models
from odoo.fields import Domain


class CrmMyDay(models.AbstractModel):
    """Reviews that are due, plans and changes that wait for a decision."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env["crm.account.plan"].has_access("read"):
            return cards
        cards.append(self._prepare_plan_review_card(users, today))
        if self.env.user.has_group("crm_relations.group_sales_manager"):
            cards += [
                self._prepare_account_plan_card(),
                self._prepare_plan_change_card(),
            ]
        return cards

    def _prepare_plan_review_card(self, users, today):
        return self._prepare_plan_waiting(
            key="plan_review",
            title=self.env._("Reviews of plans"),
            icon="fa-calendar-check-o",
            model="crm.account.plan.review",
            domain=Domain("state", "=", "due")
            & Domain("due", "<=", today)
            & Domain("plan_id.user_id", "in", users.ids),
            partner="partner_id",
            user="user_id",
            date="due",
            order="due, id",
            action="crm_relations.crm_account_plan_review_action",
        )

    def _prepare_account_plan_card(self):
        mine = self.env.user.ids
        return self._prepare_plan_waiting(
            key="plan_approve",
            title=self.env._("Account plans to approve"),
            icon="fa-check-square-o",
            model="crm.account.plan",
            domain=Domain("state", "=", "asked")
            & Domain("involved_ids", "not in", mine)
            & Domain("user_id", "not in", mine)
            & Domain("partner_id.user_id", "not in", mine),
            partner="partner_id",
            detail="name",
            user="asked_by_id",
            asker="asked_by_id",
            date="asked_at",
            order="asked_at, id",
            action="crm_relations.crm_account_plan_action",
            acts=self._prepare_plan_decisions(),
        )

    def _prepare_plan_change_card(self):
        mine = self.env.user.ids
        return self._prepare_plan_waiting(
            key="plan_change",
            title=self.env._("Changes of plans to decide on"),
            icon="fa-random",
            model="crm.account.plan.change",
            domain=Domain("state", "=", "asked")
            & Domain("plan_id.state", "=", "approved")
            & Domain("involved_ids", "not in", mine)
            & Domain("plan_id.involved_ids", "not in", mine)
            & Domain("plan_id.user_id", "not in", mine)
            & Domain("plan_id.partner_id.user_id", "not in", mine),
            partner="partner_id",
            detail="reason",
            user="asked_by_id",
            asker="asked_by_id",
            date="asked_on",
            order="asked_on, id",
            action="crm_relations.crm_account_plan_change_action",
            acts=self._prepare_plan_decisions(),
        )

    def _prepare_plan_waiting(self, **values):
        return self._prepare_card(
            **{"column": "now", "opens_itself": True, "is_optional": True, **values}
        )

    def _prepare_plan_decisions(self):
        return [
            self._prepare_act("action_approve", self.env._("Approve"), "fa-check"),
            self._prepare_act("action_refuse", self.env._("Refuse"), "fa-times"),
        ]
