from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# Of how many customers a line is looked for: nearly each lacks something, or few do.
CUSTOMERS_EACH = 4


class CrmDocumentDue(models.Model):
    """The first page of what all customers lack looks at the first customers only."""

    _inherit = "crm.document.due"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        if limit and order == self._order and self._get_readable_sql() is None:
            domain = self._narrow(Domain(domain), offset + limit, options)
        return super()._search(domain, offset, limit, order, **options)

    @api.model
    def _narrow(self, domain, wanted, options):
        """Return a domain of the same first lines in our order, that reads no more
        customers than it has to; as it is where the first ones lack too little."""
        name = self._get_name_at(CUSTOMERS_EACH * wanted)
        if name is None:
            return domain
        # What expires stands before all that is missing, which is sorted by name.
        first = Domain("state", "!=", "missing") | Domain("customer_name", "<=", name)
        narrowed = domain & first
        found = super()._search(narrowed, 0, wanted, **options)
        return narrowed if len(found) == wanted else domain

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
