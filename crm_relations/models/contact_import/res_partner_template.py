from odoo import api, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "crm.import.template.mixin"]

    @api.model
    def get_import_templates(self):
        return [*super().get_import_templates(), *self._get_own_import_templates()]

    @api.model
    def _get_template_name(self):
        return self.env._("Customer archives")

    @api.model
    def _get_template_columns(self):
        return {
            "name": "Acme",
            "is_company": "1",
            "parent_id": "",
            **dict.fromkeys(("nature_id", "industry_id", "organisation_form"), None),
            "company_size": None,
            **{"founded_on": "2001-05-06", "relation_since": "2020-01-01"},
            **{"phone": "010 8888 1111", "email": "office@acme.example"},
            **{"website": "https://acme.example", "vat": "", "street": "", "city": ""},
            **{"zip": "", "country_id": None, "category_id": ""},
            "is_managed_customer": "1",
        }
