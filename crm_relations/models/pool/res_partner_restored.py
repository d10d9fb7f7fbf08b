from odoo import fields, models


class ResPartner(models.Model):
    """A customer that comes back from the archive has its full time."""

    _inherit = "res.partner"

    def write(self, vals):
        if not vals.get("active"):
            return super().write(vals)
        # Superuser: the clock starts whoever restores, also without a role with us.
        restored = self.sudo().filtered(
            lambda partner: (
                not partner.active and partner.is_managed_customer and partner.user_id
            )
        )
        result = super().write(vals)
        if restored:
            restored.owner_since = fields.Datetime.now()
        return result
