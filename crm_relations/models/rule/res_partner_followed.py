from odoo import models
from odoo.tools import SQL

from .res_partner import SUITE

# What tables of the suite keep of a customer and have to follow once it is one.
FOLLOWED = ("company_id", "relation_company_id", "phone_sanitized", "active")


class ResPartner(models.Model):
    """Who has nothing to do with us pays nothing for what hangs on customers.

    Stored fields of the suite that depend on a partner through another table (the
    company of a follow-up, the number of a callback) make the ORM search that table
    whenever any contact is written. The search is left out for contacts that belong to
    no managed customer; what it left out is made good when they become one.
    """

    _inherit = "res.partner"

    def modified(self, fnames, create=False, before=False):
        new = "is_managed_customer" in fnames and not (create or before)
        if new and self._has_lines():
            fnames = [*fnames, *(name for name in FOLLOWED if name not in fnames)]
        return super().modified(fnames, create=create, before=before)

    def _has_lines(self):
        """Return whether any table of ours knows these partners; one query, which
        flushes nothing: what is only being written will follow by itself."""
        # Superuser: whether there is a line, not what it says.
        columns = self.env["crm.partner.link"].sudo()._get_partner_columns()
        ids = [number for number in self._ids if isinstance(number, int)]
        asked = [
            SQL(
                "EXISTS (SELECT FROM %s WHERE %s = ANY(%s))",
                SQL.identifier(self.env[model]._table),
                SQL.identifier(column),
                ids,
            )
            for model, names in columns.items()
            for column in names
        ]
        ((found,),) = self.env.execute_query(
            SQL("SELECT %s", SQL(" OR ").join(asked) or SQL("FALSE"))
        )
        return found

    def _modified_triggers(self, tree, create=False):
        if any(map(_is_ours, tree)) and not self._is_of_customers():
            rest = type(tree)(tree.root)
            rest.update((f, sub) for f, sub in tree.items() if not _is_ours(f))
            tree = rest
        yield from super()._modified_triggers(tree, create)

    def _is_of_customers(self):
        """Return whether one of these partners is or belongs to a managed customer,
        or may be about to: while its place is being decided, nothing is left out."""
        if not all(self._ids):
            return True
        names = ("commercial_partner_id", "is_managed_customer")
        if any(self._is_pending(name) for name in names):
            return True
        customers = self.commercial_partner_id
        return customers._is_pending("is_managed_customer") or any(
            customer.is_managed_customer for customer in customers
        )

    def _is_pending(self, name):
        pending = self.env.transaction.tocompute.get(self._fields[name])
        return bool(pending) and not pending.isdisjoint(self._ids)


def _is_ours(field):
    return bool(field._modules) and SUITE.issuperset(field._modules)
