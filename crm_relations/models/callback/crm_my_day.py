from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ..followup.my_day.crm_my_day import WEEK


class CrmMyDay(models.AbstractModel):
    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        if not self.env["crm.callback"].has_access("read"):
            return super()._get_my_day_cards(users, today)
        cards = [
            *super()._get_my_day_cards(users, today),
            self._prepare_callback_card(
                self._get_due_calls(users) & Domain("agent_id", "in", users.ids),
                key="callback",
                title=self.env._("Callbacks"),
                icon="fa-volume-control-phone",
                in_digest=True,
                help=self.env._("Callbacks that are set to one agent stand here."),
            ),
        ]
        # The common list is for those who make the calls.
        if self._makes_calls():
            cards += self._prepare_agent_cards(today)
        return cards

    def _makes_calls(self):
        return self.env.user.has_group("crm_relations.group_callback_agent")

    def _prepare_agent_cards(self, today):
        """Return what an agent calls from, what comes, and what is late already."""
        mine = Domain("agent_id", "in", [False, self.env.uid])
        opened = mine & Domain("state", "=", "open")
        now = fields.Datetime.now()
        end = self.env.user._get_relations_day_start(today + WEEK + timedelta(1))
        return [
            self._prepare_callback_card(
                self._get_due_calls(self.env.user) & Domain("agent_id", "=", False),
                key="callback_list",
                title=self.env._("Callbacks on the common list"),
                icon="fa-list-ol",
                help=self.env._(
                    "Callbacks that any agent may take stand here, the most urgent "
                    "first."
                ),
            ),
            self._prepare_callback_card(
                opened & Domain("next_at", ">", now) & Domain("next_at", "<", end),
                key="callback_week",
                column="week",
                title=self.env._("Callbacks to come"),
                icon="fa-calendar-o",
                order="next_at, id",
                help=self.env._("What is to be called within the coming 7 days."),
            ),
            self._prepare_callback_card(
                opened & Domain("deadline_at", "<", now),
                key="callback_late",
                column="watch",
                title=self.env._("Callbacks that are late"),
                icon="fa-hourglass-end",
                order="deadline_at, id",
                help=self.env._(
                    "Callbacks whose deadline has passed stand here, whether they can "
                    "be dialled at this hour or not."
                ),
            ),
        ]

    def _get_due_calls(self, users):
        """Return which calls count: an agent's are those of the own screen."""
        if users == self.env.user and self.env["crm.callback"]._is_agent():
            return Domain("is_on_my_desk", "=", True)
        # What cannot be dialled is on nobody's screen.
        return (
            Domain("state", "=", "open")
            & Domain("next_at", "<=", fields.Datetime.now())
            & Domain("number_partner_id", "!=", False)
        )

    def _prepare_callback_card(self, domain, **values):
        return self._prepare_card(
            **{
                "column": "now",
                "order": "priority DESC, deadline_at, id",
                **values,
            },
            model="crm.callback",
            domain=domain,
            action="crm_relations.crm_callback_action",
            user="agent_id",
            date="deadline_on",
            partner="partner_id",
            opens_itself=True,
            is_optional=not self._makes_calls(),
            acts=self._prepare_callback_acts(),
        )

    def _prepare_callback_acts(self):
        if not self.env["crm.callback"]._is_agent():
            return []
        return [self._prepare_act("action_call", self.env._("Call"), "fa-phone")]
