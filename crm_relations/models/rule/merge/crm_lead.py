from odoo import models

from ....tools.suite import is_ours


class CrmLead(models.Model):
    """Merged opportunities: what the suite tells of those that go is told of the one
    that stays."""

    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # Superuser: history moves whole, also what the caller may not read.
        merging = self.env["base.partner.merge.automatic.wizard"].sudo()
        merging._follow_leads(dict.fromkeys(opportunities.ids, self.id))
        return result

    def _merge_get_fields(self):
        """The first one of each value of ours that somebody has set counts."""
        return [*super()._merge_get_fields(), *self._get_kept_fields()]

    def _get_kept_fields(self):
        return [
            field.name
            for field in self._fields.values()
            if is_ours(field) and field.store and not field.compute
            if field.column_type and field.name not in models.MAGIC_COLUMNS
        ]
