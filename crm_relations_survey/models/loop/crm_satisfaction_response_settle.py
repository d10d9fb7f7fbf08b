from odoo import fields, models

from odoo.addons.crm_relations.tools.arguments import Answers, Text

MANAGERS = (
    "crm_relations_survey.group_satisfaction_specialist",
    "crm_relations.group_relations_manager",
)


class CrmSatisfactionResponse(models.Model):
    """The loop is closed by saying what was done."""

    _inherit = "crm.satisfaction.response"

    settled_at = fields.Datetime(string="Settled On", readonly=True, copy=False)
    settled_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    settlement = fields.Text(string="What Was Done", readonly=True, copy=False)

    def settle(self, note: Text) -> Answers:
        """Say what was done about these low answers; their tasks are done with it.

        Whoever is to settle it may, the leader of the team, who runs studies and
        relations managers.

        :return: ``[{"id", "ok", "code", "message"}]``; codes: ok, missing, no_right,
            blocked (not low, settled already, or nothing said)
        """
        note = note.strip()

        def get_refusal(response):
            if not response._may_settle():
                return "no_right", self.env._(
                    "Whoever is to settle it, and leaders, do."
                )
            words = response._get_settle_refusal(note)
            return ("blocked", words) if words else None

        # Superuser: nobody writes answers; the right has been decided.
        return self._act_on_each(
            get_refusal,
            lambda response: response.sudo()._settle(note, self.env.user),
            self.env._("Settled."),
        )

    def _may_settle(self):
        # Superuser: whose task it is, who leads whom.
        user, response = self.env.user, self.sudo()
        if self.env.su or response.loop_user_id == user:
            return True
        leads = user in (response.team_id.user_id, response.user_id._get_leader())
        return leads or any(map(user.has_group, MANAGERS))

    def _get_settle_refusal(self, note):
        if self.loop_state == "settled":
            return self.env._("It is settled already.")
        if self.loop_state != "open":
            return self.env._("It is no low answer.")
        if not note:
            return self.env._("Say what was done.")
        return ""

    def _settle(self, note, user):
        """Close the loop, as superuser."""
        self.write(
            {
                "loop_state": "settled",
                "settled_at": fields.Datetime.now(),
                "settled_by_id": user.id,
                "settlement": note,
            }
        )
        # With the user: it is his name under the task.
        tasks = self.loop_activity_id.filtered("active")
        tasks.with_user(user).sudo()._action_done(feedback=note)

    def action_settle(self):
        """Ask what was done."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settle the Low Answer"),
            "res_model": "crm.satisfaction.settle.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_response_ids": self.ids},
        }
