from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class ResPartner(models.Model):
    """What Odoo and the suite need to know of a number that nobody may see."""

    _inherit = "res.partner"

    has_phone = fields.Boolean(compute="_compute_has_values")
    has_email = fields.Boolean(compute="_compute_has_values")

    @api.depends("phone_sanitized", "email_normalized")
    def _compute_has_values(self):
        kept = self._origin._get_partner_kept()
        for partner in self:
            hidden = kept.get(partner._origin.id, {})
            phone = hidden.get("phone") or {}
            email = hidden.get("email") or {}
            partner.has_phone = bool(
                partner.phone_sanitized or phone.get("phone_sanitized")
            )
            partner.has_email = bool(
                partner.email_normalized or email.get("email_normalized")
            )

    def _get_known_values(self):
        """Return ``{id: {"phone", "phone_sanitized", "email", "email_normalized"}}``,
        hidden or not: for sending and dialling only, never to be shown or stored."""
        names = ("phone", "phone_sanitized", "email", "email_normalized")
        kept = self._origin._get_partner_kept()
        known = {}
        for partner in self._origin:
            hidden = kept.get(partner.id, {})
            hidden = {**(hidden.get("phone") or {}), **(hidden.get("email") or {})}
            known[partner.id] = {
                name: partner[name] or hidden.get(name) or False for name in names
            }
        return known

    @api.model
    def _get_known_sql(self, alias, name):
        """Return the SQL of a value of the partner ``alias``, hidden or not."""
        return self.env["crm.hidden.value"]._get_known_sql("res.partner", alias, name)

    @api.model
    def _find_by_number(self, number, is_placed, company):
        """A hidden number is found by the whole of it only."""
        found, certain = super()._find_by_number(number, is_placed, company)
        placed, digits = self._get_equals(number, is_placed)
        # Superuser: the closed table; the answer is a customer, never a number.
        hidden = self.env["crm.hidden.value"].sudo()
        kept = hidden._find_partners("phone", [*placed, *digits])
        ids = [partner_id for some in kept.values() for partner_id in some]
        if not ids:
            return found, certain
        theirs = self._search_partners_sql(SQL("partner.id = ANY(%s)", ids))
        return (found | theirs if certain else theirs), True

    def action_call(self):
        if not self.phone and self.hidden_phone:
            raise UserError(
                self.env._(
                    "%(customer)s is in the public pool: claim it to see its number.",
                    customer=self.display_name,
                )
            )
        return super().action_call()

    def _get_own_value(self, kind):
        """Return the number, or the address, that a person may see in spite of all: the
        own one, and those of addresses of one's own; else ""."""
        own = self.env.user.partner_id
        if not self or own not in (self, self.parent_id):
            return ""
        return self._get_known_values()[self.id][kind] or ""

    def _log_shown(self, kind, reason):
        """Log that the user sees the number, or address, of those that are hidden;
        once an hour for each of them is enough."""
        kept = self._get_partner_kept()
        hidden = self.filtered(lambda partner: kept.get(partner.id, {}).get(kind))
        if hidden:
            # Superuser: nobody writes the log.
            self.env["crm.hidden.showing"].sudo()._log_once(hidden, kind, reason)

    def _check_typed_over(self, vals):
        """Refuse to type over what one does not see.

        :raise UserError: a number or an address of these is hidden from the user
        """
        kinds = [kind for kind in ("phone", "email") if vals.get(kind)]
        if not kinds:
            return
        kept = self._get_partner_kept()
        for partner in self:
            if any(kept.get(partner.id, {}).get(kind) for kind in kinds):
                raise UserError(
                    self.env._(
                        "The number and the address of %(customer)s are hidden until "
                        "claimed: claim it before you change them.",
                        customer=partner.display_name,
                    )
                )
