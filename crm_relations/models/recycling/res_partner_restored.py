from odoo import fields, models


class ResPartner(models.Model):
    """A customer that comes back from the archive has its full time, if somebody says
    so who could give it: to archive and restore an own customer is no follow-up."""

    _inherit = "res.partner"

    def _before_write(self, vals):
        memory = super()._before_write(vals)
        if vals.get("active"):
            # Superuser: the clock starts, and whose customer it is decides whether.
            memory["restored"] = self.sudo().filtered(
                lambda partner: (
                    not partner.active
                    and partner.is_managed_customer
                    and partner.user_id
                    and (self.env.su or partner._may_restart_clock(self.env.user))
                )
            )
        return memory

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if restored := memory.get("restored"):
            restored.owner_since = fields.Datetime.now()
        return result

    def _may_restart_clock(self, user):
        """Return whether ``user`` may give this customer its full time again."""
        return self._decides_for_all() or (
            self.user_id != user and self._is_led_by(user)
        )
