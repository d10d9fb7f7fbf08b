from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mail import parse_contact_from_email


class ResPartner(models.Model):
    """Who writes to us is known, hidden or not: no second contact is made."""

    _inherit = "res.partner"

    @api.model
    def _find_hidden_by_address(self, emails):
        """Return ``{email: partners}`` of those found by the whole address, as far as
        the user sees them: Odoo's own search goes no further."""
        keys = {email: parse_contact_from_email(email or "")[1] for email in emails}
        # Superuser: the closed table; the answer is a customer, never an address.
        hidden = self.env["crm.hidden.value"].sudo()
        found = hidden._find_partners("email", set(keys.values()))
        return {
            email: self.browse(found[key])._filtered_access("read")
            for email, key in keys.items()
            if key in found
        }

    @api.model
    def _find_or_create_from_emails(self, emails, **options):
        hidden = self._find_hidden_by_address(emails)
        if not hidden:
            return super()._find_or_create_from_emails(emails, **options)
        seen = super()._find_or_create_from_emails(
            emails, **{**options, "no_create": True}
        )
        found = [
            partner or self._choose_hidden(hidden.get(email, self), email, **options)
            for email, partner in zip(emails, seen, strict=True)
        ]
        if options.get("no_create"):
            return found
        others = [
            email for email, partner in zip(emails, found, strict=True) if not partner
        ]
        made = iter(super()._find_or_create_from_emails(others, **options))
        return [partner or next(made) for partner in found]

    @api.model
    def _choose_hidden(
        self, partners, email, filter_found=None, ban_emails=None, **_options
    ):
        if parse_contact_from_email(email or "")[1] in (ban_emails or ()):
            return self.browse()
        return partners.filtered(filter_found or (lambda one: True))[:1]

    @api.model
    def find_or_create(self, email, assert_valid_email=False):
        is_text = isinstance(email, str)
        if is_text and (hidden := self._find_hidden_by_address([email]).get(email)):
            key = parse_contact_from_email(email)[1]
            if not self.search_count([("email_normalized", "=", key)], limit=1):
                return hidden[:1]
        return super().find_or_create(email, assert_valid_email=assert_valid_email)

    def _check_may_be_written_to(self):
        """Refuse what a person writes to whom is hidden from him.

        :raise UserError: names one of these
        """
        if self.env.user._is_superuser():
            return
        if hidden := self._filter_hidden_from(self.env.user):
            raise UserError(
                self.env._(
                    "%(customer)s is in the public pool, its number and address are "
                    "hidden until claimed: claim it before you write to it.",
                    customer=hidden[0].display_name,
                )
            )
