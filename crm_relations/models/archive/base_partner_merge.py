from odoo import models
from odoo.models import MAGIC_COLUMNS


class MergePartnerWizard(models.TransientModel):
    """Merging customers loses nothing of ours.

    Odoo deletes *all* rows of a table whose unique key clashes while it moves them
    to the surviving partner; a room with such a table names it here.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        for model, key in self._get_unique_on_partner().items():
            self._move_unique_rows(
                self.env[model].sudo(), key, src_partners, dst_partner
            )
        self.env.flush_all()
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self._recompute_survivor(dst_partner)
        return result

    def _recompute_survivor(self, partner):
        """What depends on rows that have been moved by SQL is computed anew."""
        self.env.invalidate_all()
        for name in self._get_fields_of_moved_rows():
            self.env.add_to_compute(partner._fields[name], partner)
        partner._refresh_sales_figures(partner.ids)

    def _get_fields_of_moved_rows(self):
        """Return the stored computed fields that read rows of other tables."""
        return ["archive_rate"]

    def _get_unique_on_partner(self):
        """Return ``{model: names of the other fields of its unique key}``."""
        return {"crm.person.profile": []}

    def _move_unique_rows(self, model, key, src_partners, dst_partner):
        """Move rows to the survivor; where it has one of that key, keep both facts:
        fill its empty fields from the other row, then drop that."""
        model = model.with_context(active_test=False)
        kept = {
            tuple(row[name] for name in key): row
            for row in model.search([("partner_id", "=", dst_partner.id)])
        }
        for row in model.search([("partner_id", "in", src_partners.ids)], order="id"):
            twin = kept.setdefault(tuple(row[name] for name in key), row)
            if twin == row:
                row.partner_id = dst_partner
            else:
                self._fill_from_twin(twin, row)
                row.unlink()

    def _fill_from_twin(self, kept, lost):
        for name, field in kept._fields.items():
            if not field.store or field.compute or name in MAGIC_COLUMNS:
                continue
            if not lost[name]:
                continue
            if field.type == "one2many":
                if field.inverse_name in self.env[field.comodel_name]._fields:
                    lost[name][field.inverse_name] = kept
            elif not kept[name] and field.type != "many2many":
                kept[name] = lost[name]
