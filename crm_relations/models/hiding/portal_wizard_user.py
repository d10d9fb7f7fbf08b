from odoo import api, models


class PortalWizardUser(models.TransientModel):
    """Granting access to the portal copies the address of each person."""

    _name = "portal.wizard.user"
    _inherit = ["portal.wizard.user", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {"email": "email"}
