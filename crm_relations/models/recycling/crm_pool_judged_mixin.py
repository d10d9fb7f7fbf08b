from odoo import api, models


class CrmPoolJudgedMixin(models.AbstractModel):
    """Records whose coming, change or going moves the release dates of customers.

    What inherits it names the fields that count in ``_judged_fields`` and tells the
    customers by ``_get_judged_customers``.
    """

    _name = "crm.pool.judged.mixin"
    _description = "Decides release dates"

    _judged_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._get_judged_customers()._release_date_changed()
        return records

    def write(self, vals):
        if self._judged_fields.isdisjoint(vals):
            return super().write(vals)
        customers = self._get_judged_customers()
        result = super().write(vals)
        (customers | self._get_judged_customers())._release_date_changed()
        return result

    def unlink(self):
        customers = self._get_judged_customers()
        result = super().unlink()
        customers._release_date_changed()
        return result

    def _get_judged_customers(self):
        """Return the customers whose release date these records can change; none where
        no rule in force asks."""
        return self.env["res.partner"]
