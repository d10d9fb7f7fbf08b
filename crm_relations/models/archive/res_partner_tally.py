from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    """Counts on the buttons of a customer: told together, by one statement."""

    _inherit = "res.partner"

    def _get_tallies(self):
        """Hook: return ``{field: Tally}`` (``tools/tally.py``) of the counts on
        buttons. ``_compute_tallies`` computes them; a contact has its customer's."""
        return {}

    @api.depends(lambda self: self._get_tally_triggers())
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_tallies(self):
        """As far as the caller may read the lines; one query for all buttons."""
        names = self._get_tallies()
        counts = {
            (name, number): count
            for name, number, count in self.env.execute_query(self._get_tallies_sql())
        }
        for partner in self:
            number = partner.commercial_partner_id._origin.id
            for name in names:
                partner[name] = counts.get((name, number), 0)

    @api.model
    def _get_tally_triggers(self):
        tallies = self._get_tallies().values()
        return ["commercial_partner_id", *(one.lines for one in tallies if one.lines)]

    def _get_tallies_sql(self):
        """Return a SELECT of (name of the field, customer, count)."""
        customers = self.commercial_partner_id._origin.ids
        parts = [SQL("SELECT ''::text, 0, 0::bigint WHERE FALSE")]
        for name, tally in self._get_tallies().items():
            lines = self.env[tally.model]
            if not lines.has_access("read"):
                continue
            found = lines._search(Domain(tally.column, "in", customers) & tally.domain)
            parts.append(
                SQL(
                    "SELECT %(name)s, %(column)s, count(*) FROM %(table)s"
                    " WHERE id IN %(found)s GROUP BY %(column)s",
                    name=name,
                    column=SQL.identifier(tally.column),
                    table=SQL.identifier(lines._table),
                    found=found.subselect(),
                )
            )
        return SQL(" UNION ALL ").join(parts)
