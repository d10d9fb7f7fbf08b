from odoo import api, models


class IrQwebField(models.AbstractModel):
    """Printed papers show what the screen shows."""

    _inherit = "ir.qweb.field"

    @api.model
    def record_to_html(self, record, field_name, options):
        hidden = getattr(record, "_get_hidden_fields", dict)()
        if record and field_name in hidden:
            value = record[field_name]
            shown = record._mask(field_name, value, record._get_masked())
            if shown != value:
                return self.value_to_html(shown, options=options)
        return super().record_to_html(record, field_name, options)
