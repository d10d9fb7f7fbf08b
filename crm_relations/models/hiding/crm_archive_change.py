from odoo import api, models

from ...tools.masking import MASKS


class CrmArchiveChange(models.Model):
    """What a number or an address was before and after goes out of sight with it."""

    _name = "crm.archive.change"
    _inherit = ["crm.archive.change", "crm.hidden.mixin"]

    @api.model
    def _get_kept_text(self, record, field):
        text = super()._get_kept_text(record, field)
        if text or record._name != "res.partner" or field.name not in MASKS:
            return text
        # Superuser: the closed table. What comes out of here goes there again, with
        # the line that is about to be written.
        hidden = self.env["crm.hidden.value"].sudo()._get_firsts(record)
        return hidden.get(record.id, {}).get(field.name) or ""

    def _hide_new(self):
        # A customer is not locked for what tells no number.
        about = self.filtered(lambda change: change.field_key in MASKS)
        return super(CrmArchiveChange, about)._hide_new() if about else None

    def _compute_texts(self):
        result = super()._compute_texts()
        about = self.filtered(lambda change: change.field_key in MASKS)
        # Superuser: the closed table; what comes out of here is masked.
        kept = self.env["crm.hidden.value"].sudo()._get_of_records(about)
        for change in about:
            values = kept.get(change.id, {}).get(change.field_key)
            if values:
                mask = MASKS[change.field_key]
                change.old_text = mask(values.get("old_value")) or ""
                change.new_text = mask(values.get("new_value")) or ""
        return result
