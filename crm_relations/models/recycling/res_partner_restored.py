from odoo import fields, models


class ResPartner(models.Model):
    """A customer that comes back from the archive has its full time, if somebody says
    so who could give it: to archive and restore an own customer is no follow-up."""

    _inherit = "res.partner"

    def write(self, vals):
        if not vals.get("active"):
            return super().write(vals)
        # Superuser: the clock starts, and whose customer it is decides whether it does.
        restored = self.sudo().filtered(
            lambda partner: (
                not partner.active
                and partner.is_managed_customer
                and partner.user_id
                and (self.env.su or partner._may_restart_clock(self.env.user))
            )
        )
        result = super().write(vals)
        if restored:
            restored.owner_since = fields.Datetime.now()
        return result

    def _may_restart_clock(self, user):
        """Return whether ``user`` may give this customer its full time again."""
        manages_all = user.has_group("crm_relations.group_relations_manager")
        return manages_all or (self.user_id != user and self._is_led_by(user))

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.pool.notice"}
