from odoo import models
from odoo.fields import Domain

from odoo.addons.crm_relations.models.followup.my_day.crm_my_day import WEEK

from ..loop.crm_satisfaction_plan import OPEN

ADDON = "crm_relations_survey"


class CrmMyDay(models.AbstractModel):
    """Low answers to settle, and plans that are due; who is late is told once a day."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env["crm.satisfaction.response"].has_access("read"):
            return cards
        return [
            *cards,
            self._prepare_low_card(users),
            *self._prepare_plan_cards(users, today),
        ]

    def _prepare_low_card(self, users):
        return self._prepare_card(
            key="satisfaction_low",
            column="now",
            title=self.env._("Low answers to settle"),
            icon="fa-frown-o",
            model="crm.satisfaction.response",
            domain=Domain("loop_state", "=", "open")
            & Domain("loop_user_id", "in", users.ids),
            order="loop_due_on, points, id",
            action=f"{ADDON}.crm_satisfaction_low_action",
            user="loop_user_id",
            date="loop_due_on",
            partner="partner_id",
            detail="comment",
            opens_itself=True,
            is_optional=True,
            in_digest=True,
            help=self.env._("Low answers that wait to be looked after stand here."),
            acts=[
                self._prepare_act("action_settle", self.env._("Settle"), "fa-check"),
                self._prepare_act(
                    "action_call", self.env._("Call"), "fa-phone", needs_phone=True
                ),
            ],
        )

    def _prepare_line(self, row, names, today):
        line = super()._prepare_line(row, names, today)
        if not line["name"] and row["opened"] == "crm.satisfaction.response":
            line["name"] = self.env._("Anonymous")
        return line

    def _prepare_plan_cards(self, users, today):
        opened = Domain("state", "in", OPEN)
        mine = opened & Domain("user_id", "in", users.ids)
        overseen = opened & Domain("supervisor_id", "in", users.ids)
        return [
            self._prepare_plan_card(
                mine & Domain("due_on", "<=", today),
                key="satisfaction_plan",
                column="now",
                title=self.env._("Improvement plans due"),
                in_digest=True,
            ),
            self._prepare_plan_card(
                mine
                & Domain("due_on", ">", today)
                & Domain("due_on", "<=", today + WEEK),
                key="satisfaction_plan_week",
                column="week",
                title=self.env._("Improvement plans due soon"),
            ),
            self._prepare_plan_card(
                overseen & Domain("due_on", "<", today),
                key="satisfaction_plan_late",
                column="watch",
                title=self.env._("Improvement plans that are overdue"),
                user="supervisor_id",
                asker="user_id",
                in_digest=True,
            ),
        ]

    def _prepare_plan_card(self, domain, **values):
        return self._prepare_card(
            **{"user": "user_id", **values},
            model="crm.satisfaction.plan",
            domain=domain,
            order="due_on, id",
            icon="fa-line-chart",
            action=f"{ADDON}.crm_satisfaction_plan_action",
            date="due_on",
            label="name",
            detail="measure",
            opens_itself=True,
            is_optional=True,
            acts=[self._prepare_act("action_finish", self.env._("Finish"), "fa-check")],
        )
