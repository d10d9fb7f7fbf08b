from odoo import models

from odoo.addons.crm_relations.tools.arguments import Id


class CrmSatisfactionFactor(models.Model):
    """From a factor to a plan that makes it better, with one click."""

    _inherit = "crm.satisfaction.factor"

    def plan_improvement(self, user_id: Id = None, team_id: Id = None):
        """Return the action that opens a new plan for this factor, with its last score.

        :param user_id: whose score it is, else
        :param team_id: that of which team; without both, that of all
        """
        self.ensure_one()
        self.check_access("read")
        person = self.env["res.users"].browse(user_id or []).exists()
        team = self.env["crm.team"].browse(team_id or []).exists()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Improvement Plan"),
            "res_model": "crm.satisfaction.plan",
            "views": [(False, "form")],
            "context": {
                "default_study_id": self.study_id.id,
                "default_factor_id": self.id,
                "default_person_id": person.id,
                "default_team_id": team.id,
                "default_target": self.target,
            },
        }

    def action_plan_improvement(self):
        return self.plan_improvement()
