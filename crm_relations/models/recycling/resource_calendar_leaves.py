from odoo import models

JUDGED = frozenset(("date_from", "date_to", "resource_id", "time_type"))


class ResourceCalendarLeaves(models.Model):
    """Leave of a salesperson moves the release dates of the own customers, where a rule
    does not count it."""

    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "crm.pool.judged.mixin"]

    _judged_fields = JUDGED

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
