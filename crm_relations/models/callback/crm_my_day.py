from odoo import fields, models
from odoo.fields import Domain


class CrmMyDay(models.AbstractModel):
    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        if not self.env["crm.callback"].has_access("read"):
            return super()._get_my_day_cards(users, today)
        cards = [
            *super()._get_my_day_cards(users, today),
            self._prepare_card(
                key="callback",
                column="now",
                title=self.env._("Callbacks"),
                model="crm.callback",
                domain=self._get_due_calls(users) & Domain("agent_id", "in", users.ids),
                order="priority DESC, deadline_at, id",
                icon="fa-volume-control-phone",
                action="crm_relations.crm_callback_action",
                user="agent_id",
                date="deadline_on",
                partner="partner_id",
                opens_itself=True,
                is_optional=True,
                in_digest=True,
                acts=self._prepare_callback_acts(),
            ),
        ]
        # The common list is for those who make the calls.
        if self.env.user.has_group("crm_relations.group_callback_agent"):
            cards.append(
                self._prepare_callback_list_card(self._get_due_calls(self.env.user))
            )
        return cards

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

    def _prepare_callback_list_card(self, due):
        return self._prepare_card(
            key="callback_list",
            column="now",
            title=self.env._("Callbacks on the common list"),
            model="crm.callback",
            domain=due & Domain("agent_id", "=", False),
            order="priority DESC, deadline_at, id",
            icon="fa-list-ol",
            action="crm_relations.crm_callback_action",
            user="agent_id",
            date="deadline_on",
            partner="partner_id",
            opens_itself=True,
            is_optional=True,
            acts=self._prepare_callback_acts(),
        )

    def _prepare_callback_acts(self):
        if not self.env["crm.callback"]._is_agent():
            return []
        return [self._prepare_act("action_call", self.env._("Call"), "fa-phone")]
