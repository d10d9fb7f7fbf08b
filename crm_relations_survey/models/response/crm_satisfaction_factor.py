from odoo import api, models
from odoo.exceptions import UserError


class CrmSatisfactionFactor(models.Model):
    """What was answered stays."""

    _inherit = "crm.satisfaction.factor"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_scored(self):
        # Superuser: scores of whomever.
        scores = self.env["crm.satisfaction.score"].sudo()
        found = scores.search([("factor_id", "in", self.ids)], limit=1)
        if found:
            raise UserError(
                self.env._("“%s” has scores: archive it instead.", found.factor_id.name)
            )
