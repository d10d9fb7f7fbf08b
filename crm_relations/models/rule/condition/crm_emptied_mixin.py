from odoo import api, models
from odoo.fields import Domain
from odoo.tools import ormcache

from ....tools.suite import is_ours


class CrmEmptiedMixin(models.AbstractModel):
    """What customers name, and the database takes away from them as it is deleted.

    The ORM hears nothing of that: what is stored and goes by such a link would be wrong
    until the night.
    """

    _name = "crm.emptied.mixin"
    _description = "Named by customers"

    def unlink(self):
        paths = self._get_paths_of_customers()
        customers = self._find_customers_that_name_them(paths)
        result = super().unlink()
        customers._links_emptied(paths)
        return result

    def _find_customers_that_name_them(self, paths):
        """Return the customers that name one of these, or what goes with them."""
        # Superuser: the database empties what the caller does not see.
        going = self.sudo().with_context(active_test=False)
        if self._parent_store:
            going = going.search([("id", "child_of", self.ids)])
        customers = self.env["res.partner"].sudo().with_context(active_test=False)
        naming = Domain.OR(Domain(path, "in", going.ids) for path in paths)
        managed = Domain("is_managed_customer", "=", True)
        return customers.search(managed & naming, order="id")

    @api.model
    @ormcache(cache="stable")
    def _get_paths_of_customers(self):
        """Return the paths from a customer to a link that a deletion of these empties,
        by which something goes that the suite stores of the customer."""
        return frozenset(
            path
            for field in self.env["res.partner"]._fields.values()
            if field.compute and field.store and is_ours(field)
            for path in self.env.registry.field_depends[field]
            if self._empties(path)
        )

    @api.model
    def _empties(self, path):
        *way, last = path.split(".")
        model = self.env["res.partner"]
        for name in way:
            model = self.env[model._fields[name].comodel_name]
        field = model._fields[last]
        is_link = field.type in ("many2one", "many2many") and field.store
        return is_link and field.comodel_name == self._name
