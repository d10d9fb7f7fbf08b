from odoo import models


class ResPartner(models.Model):
    """Odoo keeps the addresses of a company, its contacts and its subsidiaries alike,
    past ``write``: not where the other one is somebody else's customer."""

    _inherit = "res.partner"

    def _update_address(self, vals):
        return super(ResPartner, self._filter_changeable())._update_address(vals)

    def _fields_sync(self, values):
        if self.parent_id and not self.parent_id._filter_changeable():
            address = set(self._address_fields())
            own = {name: values[name] for name in values if name not in address}
            result = super()._fields_sync(own)
            self._children_sync(values)
            return result
        return super()._fields_sync(values)

    def _filter_changeable(self):
        """Return those whose archive the caller may change."""
        if self.env.su or self._is_outsider():
            return self
        # Superuser: whose customer it is decides.
        guarded = self.sudo().commercial_partner_id._filter_guarded()
        closed = guarded.filtered(
            lambda customer: "archive" not in customer._get_rights()
        )
        return self.filtered(
            lambda partner: partner.sudo().commercial_partner_id not in closed
        )
