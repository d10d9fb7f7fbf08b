from odoo import models

from ..loop.crm_satisfaction_plan import OPEN


class ResUsers(models.Model):
    _inherit = "res.users"

    def _before_leaving(self):
        """Low answers go to who settles them in the leaver's place; plans to their
        supervisor, else to who leads the leaver."""
        # Superuser: who may archive a user passes on all that he had to do.
        responses = self.env["crm.satisfaction.response"].sudo()
        opened = responses.search(
            [("loop_state", "=", "open"), ("loop_user_id", "in", self.ids)]
        )
        opened._pass_on_loop(self)
        plans = self.env["crm.satisfaction.plan"].sudo()
        for plan in plans.search([("state", "in", OPEN), ("user_id", "in", self.ids)]):
            leader = plan.user_id.sudo()._get_leader()
            heirs = plan.supervisor_id | leader | plan.study_id.user_id
            heir = heirs.filtered(lambda one: one.active and one not in self)[:1]
            if heir:
                supervisor = plan.supervisor_id - heir
                plan.write({"user_id": heir.id, "supervisor_id": supervisor.id})
        return super()._before_leaving()
