from odoo import api, models
from odoo.exceptions import MissingError

from odoo.addons.crm_relations.tools.arguments import Id


class CrmSatisfactionBoard(models.AbstractModel):
    """From a bar of the board to a plan that makes the factor better."""

    _inherit = "crm.satisfaction.board"

    @api.model
    def _can_plan(self, factor):
        plans = self.env["crm.satisfaction.plan"]
        return super()._can_plan(factor) or plans.has_access("create")

    @api.model
    def open_plan(self, factor_id: Id):
        """Return the action that opens a new plan for this factor, with its last score.

        :raise MissingError: there is no such factor
        """
        factor = self.env["crm.satisfaction.factor"].browse(factor_id or []).exists()
        if not factor:
            raise MissingError(self.env._("This record does not exist any more."))
        return factor.plan_improvement()
