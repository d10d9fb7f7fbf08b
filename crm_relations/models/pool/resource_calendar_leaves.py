from odoo import api, models

JUDGED = frozenset(("date_from", "date_to", "resource_id", "time_type"))


class ResourceCalendarLeaves(models.Model):
    """Leave of a salesperson moves the release dates of the own customers, where a rule
    does not count it."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._get_judged_customers()._release_date_changed()
        return leaves

    def write(self, vals):
        if JUDGED.isdisjoint(vals):
            return super().write(vals)
        customers = self._get_judged_customers()
        result = super().write(vals)
        (customers | self._get_judged_customers())._release_date_changed()
        return result

    def unlink(self):
        customers = self._get_judged_customers()
        result = super().unlink()
        customers._release_date_changed()
        return result

    def _get_judged_customers(self):
        # Superuser: whoever may enter leave moves the dates of all customers of the
        # person.
        leaves = self.sudo()
        users = leaves.resource_id.user_id
        partners = leaves.env["res.partner"]
        if not users or not leaves.env["crm.pool.rule"]._depends_on("leave"):
            return partners
        return partners.search(
            [("is_managed_customer", "=", True), ("user_id", "in", users.ids)]
        )
