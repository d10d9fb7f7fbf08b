from odoo import api, models

# What its keys are made of.
KEYED = frozenset(("name", "vat", "is_managed_customer"))


class ResPartner(models.Model):
    """The keys of a customer follow its name and its tax ID."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners._keep_name_keys()
        return partners

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if not KEYED.isdisjoint(vals):
            self._keep_name_keys()
        return result

    @api.model
    def _take_in(self, first, last):
        ids = super()._take_in(first, last)
        if ids:
            # Superuser: the closed table.
            self.env["crm.name.key"].sudo()._keep(ids)
        return ids

    def _get_models_of_closed_history(self):
        closed = super()._get_models_of_closed_history()
        return closed | {"crm.name.key", "crm.duplicate.pair"}

    def _keep_name_keys(self):
        # Superuser: who is a customer, and the closed table.
        customers = self.sudo().filtered("is_managed_customer")
        if customers:
            rows = [(one.id, one.name or None, one.vat or None) for one in customers]
            customers.env["crm.name.key"]._write_keys(rows)
