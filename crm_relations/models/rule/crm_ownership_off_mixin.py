from odoo import api, fields, models


class CrmOwnershipOffMixin(models.AbstractModel):
    """What waits until the company regulates who has a customer, and says so."""

    _name = "crm.ownership.off.mixin"
    _description = "Waits until customers are owned"

    is_ownership_off = fields.Boolean(compute="_compute_is_ownership_off")

    @api.depends("company_id")
    def _compute_is_ownership_off(self):
        regulated = self.env["res.company"]._get_ids_with_owned_customers()
        for record in self:
            company_id = record.company_id.id
            waits = company_id not in regulated if company_id else not regulated
            record.is_ownership_off = waits
