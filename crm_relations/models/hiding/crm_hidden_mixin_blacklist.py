from odoo import models

LISTS = {
    "email": ("mail.blacklist", "email", "email_normalized"),
    "phone": ("phone.blacklist", "number", "phone_sanitized"),
}


class CrmHiddenMixin(models.AbstractModel):
    """Who has refused mailings has refused them hidden, too."""

    _inherit = "crm.hidden.mixin"

    def _filter_hidden_blacklisted(self, kind):
        """Return those whose hidden address, or number, is on Odoo's blacklist."""
        # Superuser: the closed table; only whether it is listed is told.
        kept = self.env["crm.hidden.value"].sudo()._get_of_records(self._origin)
        if not kept:
            return self.browse()
        model, column, name = LISTS[kind]
        values = {
            number: (hidden[kind] or {}).get(name) for number, hidden in kept.items()
        }
        # Superuser: the blacklist holds for everybody.
        domain = [(column, "in", [value for value in values.values() if value])]
        listed = set(self.env[model].sudo().search(domain).mapped(column))
        return self.filtered(lambda record: values.get(record._origin.id) in listed)
