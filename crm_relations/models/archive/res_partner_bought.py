from odoo import models
from odoo.tools import OrderedSet

WAITING = "crm_relations.bought"


class ResPartner(models.Model):
    """Figures follow orders at the end of the transaction that changed these: once for
    all of them, and after Odoo has written them in its own time."""

    _inherit = "res.partner"

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if before := memory.get("customers"):
            # Superuser: orders count for the customer of who has ordered, always.
            for partner in self.sudo():
                former, present = before[partner.id], partner.commercial_partner_id
                if former != present:
                    (former | present)._purchases_changed()
        return result

    def _purchases_changed(self):
        """Bring the figures of these customers up to date before the transaction is
        committed. Costs nothing where none is a managed customer."""
        # Superuser: figures of a customer follow from all its orders, whoever sells.
        customers = self.sudo()._filter_managed()
        if not customers:
            return
        precommit = self.env.cr.precommit
        if WAITING not in precommit.data:
            precommit.data[WAITING] = OrderedSet()
            precommit.add(customers.browse()._follow_purchases)
        precommit.data[WAITING].update(customers.ids)

    def _follow_purchases(self):
        """Refresh the customers whose purchases have changed since the transaction
        began, or since this was last done in it."""
        waiting = self.env.cr.precommit.data.get(WAITING)
        if waiting:
            numbers = list(waiting)
            waiting.clear()
            # Superuser: see above.
            self.sudo().browse(numbers)._refresh_purchases()
            self.env.flush_all()

    def _refresh_purchases(self):
        """Hook: write all that follows from the orders of these customers."""
        self._refresh_sales_figures(self.ids)
