from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mail.tools.discuss import Store

from ...tools.masking import MASKS, mask_email

FIELDS = {
    "phone": "phone",
    "phone_sanitized": "phone",
    "email": "email",
    "email_normalized": "email",
    "email_formatted": "email",
}
# By these a contact would leave the customer that hides it.
WAYS_OUT = ("parent_id", "is_company", "is_managed_customer")


class ResPartner(models.Model):
    """Numbers and addresses of customers in a pool."""

    _name = "res.partner"
    _inherit = ["res.partner", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return FIELDS

    @api.model
    def _get_masked_link(self):
        return None

    @api.model
    def _search_phone_mobile_search(self, operator, value):
        domain = super()._search_phone_mobile_search(operator, value)
        return self._get_unmasked_numbers(domain)

    def _check_write(self, vals):
        result = super()._check_write(vals)
        self._check_ways_out(vals)
        return result

    def _check_ways_out(self, vals):
        """Nobody takes a contact away from a customer in the pool to see its number."""
        names = [name for name in WAYS_OUT if name in vals]
        # Also where Odoo writes as superuser in the user's name.
        if not names or not (masked := self._get_masked()):
            return
        for partner in self.filtered(lambda partner: partner.id in masked):
            for name in names:
                field = self._fields[name]
                if field.convert_to_write(partner[name], partner) != (
                    vals[name] or False
                ):
                    raise UserError(
                        self.env._(
                            "%(customer)s is in the public pool: claim it before you "
                            "change to whom it belongs.",
                            customer=partner.display_name,
                        )
                    )

    def _compute_display_name(self):
        """With ``show_email`` Odoo puts the address into the name."""
        super()._compute_display_name()
        if not self.env.context.get("show_email"):
            return
        masked = self._get_masked()
        for partner in self:
            if partner.email and "email" in masked.get(partner.id, ()):
                email = partner.email
                partner.display_name = partner.display_name.replace(
                    email, mask_email(email)
                )

    def _field_store_repr(self, field_name):
        """The chatter reads followers and recipients as superuser, from whom nothing is
        hidden: mask for the user in whose name it does."""
        if field_name not in FIELDS or not self.env["crm.pool"]._get_masking():
            return super()._field_store_repr(field_name)
        return [
            Store.Attr(
                field_name,
                lambda partner: partner._mask(
                    field_name, partner[field_name], partner._get_masked()
                ),
            )
        ]

    def _build_vcard(self):
        hidden = () if self.env.su else self._get_masked().get(self.id, ())
        if not hidden:
            return super()._build_vcard()
        card = self.new(origin=self)
        card.update({kind: False for kind in hidden if kind in MASKS})
        return super(ResPartner, card)._build_vcard()

    def action_call(self):
        if "phone" in self._get_masked().get(self.id, ()):
            raise UserError(
                self.env._(
                    "%(customer)s is in the public pool: claim it to see its number.",
                    customer=self.display_name,
                )
            )
        return super().action_call()
