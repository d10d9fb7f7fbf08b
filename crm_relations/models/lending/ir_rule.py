from odoo import models


class IrRule(models.Model):
    """Who tries to read what is closed to him is logged as well."""

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        if operation == "read" and records._is_logged():
            self.env["crm.confidential.access"]._note_refusal(records)
        return super()._make_access_error(operation, records)
