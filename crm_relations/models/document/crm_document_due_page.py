from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# Of how many customers a line is looked for: nearly each lacks something, or few do.
CUSTOMERS_EACH = (1, 8)


class CrmDocumentDue(models.Model):
    """The first page of what all customers lack looks at the first customers only."""

    _inherit = "crm.document.due"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        # Without an order they are counted up to a limit.
        is_ours = limit and order in (None, self._order)
        if is_ours and self._get_readable_sql() is None:
            domain = self._narrow(Domain(domain), offset + limit, options)
        return super()._search(domain, offset, limit, order, **options)

    @api.model
    def _narrow(self, domain, wanted, options):
        """Return a domain of the same first lines in our order, that reads no more
        customers than it has to; as it is where the first ones lack too little."""
        for each in CUSTOMERS_EACH:
            name = self._get_name_at(each * wanted)
            if name is None:
                break
            # What expires stands before all that is missing, which is sorted by name.
            # By their ids, of which PostgreSQL knows how many they are.
            first = Domain("customer_id", "in", self._get_first_ids(name))
            narrowed = domain & (Domain("state", "!=", "missing") | first)
            found = super()._search(narrowed, 0, wanted, **options)
            if len(found) == wanted:
                return narrowed
        return domain

    @api.model
    def _get_name_at(self, number):
        """Return the name of the customer of this number by name; None if there are
        not so many."""
        partners = self.env["res.partner"]
        partners.flush_model(["complete_name", "is_managed_customer", "active"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT complete_name FROM res_partner
                 WHERE is_managed_customer AND active AND complete_name IS NOT NULL
              ORDER BY complete_name OFFSET %s LIMIT 1
                """,
                number,
            )
        )
        return rows[0][0] if rows else None

    @api.model
    def _get_first_ids(self, name):
        """Return the ids of the customers up to this name, with all that have it."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM res_partner
                 WHERE is_managed_customer AND active AND complete_name <= %s
                """,
                name,
            )
        )
        return [number for (number,) in rows]
