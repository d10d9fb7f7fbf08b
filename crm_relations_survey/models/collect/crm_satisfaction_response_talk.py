from odoo import models
from odoo.exceptions import AccessError, UserError

AGENTS = "crm_relations.group_callback_agent"


class CrmSatisfactionResponse(models.Model):
    """Who fills a survey in the customer's place: the agent who has the customer on the
    telephone, nobody else."""

    _inherit = "crm.satisfaction.response"

    def _take_over(self, call):
        """Let the caller of this call go on with it, however it was asked; as
        superuser. Return it with the caller's rights."""
        self.ensure_one()
        # Superuser: how its study is asked.
        study = self.sudo().study_id
        if study.is_anonymous:
            raise UserError(study.with_env(call.env).sudo()._get_alone_words())
        vals = {"channel": "callback", "callback_id": call.id}
        if self.state != "open":
            vals = {}
        # Superuser: the call is the caller's.
        self.sudo().write({**vals, "asked_by_id": call.env.uid})
        return self.with_env(call.env)

    def _open_talk(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "crm_satisfaction_talk",
            "name": self.env._("Survey"),
            "target": "new",
            "params": {"response_id": self.id},
        }

    def action_talk(self):
        """Go on with the survey of a call."""
        self.ensure_one()
        self._check_talk()
        return self._open_talk()

    def _check_talk(self):
        """Raise unless the caller is the agent who asks this in a call.

        What has been answered may be corrected while the call goes on.
        """
        self.check_access("read")
        mine = self.asked_by_id == self.env.user and self.channel == "callback"
        if not mine or not self.env.user.has_group(AGENTS):
            raise AccessError(
                self.env._("The agent who calls fills the survey, nobody else.")
            )
        if self._is_talk_over():
            raise UserError(self.env._("This survey is not open any more."))

    def _is_talk_over(self):
        if self.state != "answered":
            return self.state != "open"
        # Superuser: the state of the call, which may have gone to somebody else.
        return self.sudo().callback_id.state != "open"
