from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """What becomes of care when a person goes, or a customer becomes a contact."""

    _inherit = "res.partner"

    def _leave_rows(self, rows, column):
        if rows._name == "crm.care.task" and column == "person_id":
            rows = rows._leave_persons()
        return super()._leave_rows(rows, column)

    def _customers_join(self, customer_by_id):
        result = super()._customers_join(customer_by_id)
        # Two customers may have been reached on one day; one is once.
        self.env["crm.care.task"].flush_model(["touch_date"])
        self.env.execute_query(
            SQL(
                "UPDATE crm_care_task SET touch_date = NULL WHERE partner_id = ANY(%s)"
                " RETURNING id",
                self.ids,
            )
        )
        self.env["crm.care.task"].invalidate_model(["touch_date"])
        return result
