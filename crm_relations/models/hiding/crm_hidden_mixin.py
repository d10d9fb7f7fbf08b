from odoo import api, fields, models


class CrmHiddenMixin(models.AbstractModel):
    """A record whose number and address are hidden while its customer is in a pool.

    What is written to it, in whatever way, ends up where the pool says.
    """

    _name = "crm.hidden.mixin"
    _description = "Record whose values a pool may hide"

    # Writing one of these may bring a value into sight, or out of it.
    _hidden_triggers = frozenset()

    hidden_phone = fields.Char(
        string="Phone (Hidden)",
        compute="_compute_hidden_values",
        help="Part of the number: the pool hides it until the customer is claimed.",
    )
    hidden_email = fields.Char(
        string="E-mail (Hidden)",
        compute="_compute_hidden_values",
        help="Part of the address: the pool hides it until the customer is claimed.",
    )

    def _compute_hidden_values(self):
        if not self.env["crm.pool"]._hides_anything():
            self.hidden_phone = self.hidden_email = False
            return
        # Superuser: the closed table; what comes out of here is masked.
        masks = self.env["crm.hidden.value"].sudo()._get_masks(self._origin)
        for record in self:
            shown = masks.get(record._origin.id, {})
            record.hidden_phone = shown.get("phone")
            record.hidden_email = shown.get("email")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self.env["crm.pool"]._hides_anything():
            records._hide_new()
        return records

    def write(self, vals):
        result = super().write(vals)
        if self.env["crm.pool"]._hides_anything() and self._may_bring_into_sight(vals):
            self._hide_new()
        return result

    @api.model
    def _may_bring_into_sight(self, vals):
        """Return whether a column is written by which something comes into sight: one
        that the model names, or that somebody has added to it."""
        if not self._hidden_triggers.isdisjoint(vals):
            return True
        copies = self.env["crm.hidden.value"]._get_copies()
        added = (copy for copy in copies if copy.model == self._name and copy.plain)
        return any(name in vals for copy in added for name in copy.columns)

    def _hide_new(self):
        """Hide what these records have got, where their customer is hidden."""
        # Superuser: whose they are, whoever writes.
        customers = self.sudo()._get_hidden_partners().commercial_partner_id
        customers._lock_against_hiding()
        # Superuser: the closed table.
        hidden = self.env["crm.hidden.value"].sudo()
        hidden._hide_records(self, customers.filtered("pool_id"))

    def _get_hidden_partners(self):
        """Return whose values these records carry."""
        [name] = {
            copy.partner
            for copy in self.env["crm.hidden.value"]._get_copies()
            if copy.model == self._name and not copy.part
        }
        return self if name == "id" else self[name]
