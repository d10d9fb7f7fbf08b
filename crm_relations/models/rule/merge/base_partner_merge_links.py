from odoo import models
from odoo.tools import SQL


class Merged(tuple):
    """Ids of the partners that go. A type of its own: no client can send one."""

    __slots__ = ()


class MergePartnerWizard(models.TransientModel):
    """Merging asks each table that points to contacts twice whether it has to do with
    these. The suite has many of them: so one statement asks them all, Odoo's as well,
    and only those that do are visited."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys_generic(self, model, src_records, dst_record):
        wizard = self
        if model == "res.partner":
            # By the context, as Odoo hands on nothing else to ``_get_fk_on``.
            wizard = self.with_context(crm_merged=Merged(src_records.ids))
        return super(MergePartnerWizard, wizard)._update_foreign_keys_generic(
            model, src_records, dst_record
        )

    def _get_fk_on(self, table):
        links = super()._get_fk_on(table)
        merged = self.env.context.get("crm_merged")
        if table == "res_partner" and isinstance(merged, Merged) and merged and links:
            return self._get_links_in_use(links, merged)
        return links

    def _get_links_in_use(self, links, ids):
        """Return those (table, column) that hold one of these ids; one query."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    "SELECT %s, %s WHERE EXISTS (SELECT FROM %s WHERE %s IN %s)",
                    table,
                    column,
                    SQL.identifier(table),
                    SQL.identifier(column),
                    tuple(ids),
                )
                for table, column in links
            )
        )
        return [link for link in links if link in set(rows)]
