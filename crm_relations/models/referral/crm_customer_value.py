from odoo import fields, models


class CrmCustomerValue(models.Model):
    _inherit = "crm.customer.value"

    derived_value = fields.Monetary(related="partner_id.derived_value")
    derived_count = fields.Integer(related="partner_id.derived_count")

    def _get_facts(self, models):
        partner = self.partner_id.with_env(self.env)
        return {
            **super()._get_facts(models),
            "derived": partner.derived_value,
            "brought": partner.derived_count,
        }
