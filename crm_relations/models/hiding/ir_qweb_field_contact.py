from odoo import api, models


class IrQwebFieldContact(models.AbstractModel):
    """An address block leaves out what a pool hides."""

    _inherit = "ir.qweb.field.contact"

    @api.model
    def value_to_html(self, value, options):
        hidden = value._get_masked().get(value.id) if value else None
        if hidden:
            shown = options.get("fields") or ["name", "address", "phone", "email"]
            options = {
                **options,
                "fields": [name for name in shown if name not in hidden],
            }
        return super().value_to_html(value, options)
