from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Numbers and addresses of customers in a pool."""

    _name = "res.partner"
    _inherit = ["res.partner", "crm.hidden.mixin"]

    _hidden_triggers = frozenset(("phone", "email"))
    # Masks, which are made to be seen, and whether there is more to be shown.
    _told_to_colleagues = frozenset(("hidden_phone", "hidden_email", "may_show_hidden"))

    def _owner_changed(self, kind):
        result = super()._owner_changed(kind)
        self._settle_hidden(logins=False)
        return result

    def _settle_hidden(self, logins=True):
        """Hide and show what belongs to these customers as their pools say now.

        :param logins: whether one of them may have got a login since
        """
        if self.env["crm.pool"]._hides_anything():
            # Superuser: the closed table.
            hidden = self.env["crm.hidden.value"].sudo()
            hidden._settle(self.ids, logins)
            hidden._sweep_later(self.filtered("pool_id").ids)

    def _lock_against_hiding(self):
        """Keep these customers from being released while something is added to them.

        Who releases does not see what another transaction adds: it would stay in
        sight. If that has happened already, this transaction fails and is repeated.
        """
        customers = self._filter_managed()
        if customers:
            self.env.execute_query(
                SQL(
                    "SELECT id FROM res_partner WHERE id = ANY(%s) FOR SHARE",
                    customers.ids,
                )
            )

    def _values_shown(self):
        """Hook: numbers and addresses of these partners have just come back."""

    def _get_partner_kept(self):
        """Return what is hidden of these partners, for Odoo's own work."""
        # Superuser: the closed table.
        return self.env["crm.hidden.value"].sudo()._get_of_records(self)
