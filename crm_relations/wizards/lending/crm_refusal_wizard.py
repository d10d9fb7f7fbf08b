from odoo import api, fields, models


class CrmRefusalWizard(models.TransientModel):
    """Loans are refused before they run, and revoked while they do."""

    _inherit = "crm.refusal.wizard"

    loan_ids = fields.Many2many(comodel_name="crm.archive.loan", string="Loans")
    is_revoking = fields.Boolean(export_string_translation=False)

    @api.model
    def _get_refused_fields(self):
        return {**super()._get_refused_fields(), "crm.archive.loan": "loan_ids"}

    @api.model
    def _open_to_revoke(self, loans):
        """Return the action that asks why these are revoked."""
        action = self._open_for(loans)
        context = {**action["context"], "default_is_revoking": True}
        return {**action, "name": self.env._("Revoke"), "context": context}
