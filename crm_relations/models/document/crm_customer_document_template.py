from odoo import api, models


class CrmCustomerDocument(models.Model):
    _name = "crm.customer.document"
    _inherit = ["crm.customer.document", "crm.import.template.mixin"]

    @api.model
    def _get_template_name(self):
        return self.env._("Documents of customers")

    @api.model
    def _get_template_columns(self):
        return {
            **{"partner_id": "Acme", "kind_id": None, "number": "91320500MA1"},
            **{"issued_on": None, "expires_on": None, "note": ""},
        }
