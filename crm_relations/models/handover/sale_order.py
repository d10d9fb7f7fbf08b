from odoo import api, models
from odoo.tools import SQL

from ...tools.local_moments import local_day


class SaleOrder(models.Model):
    """Quotations move along with their customer."""

    _name = "sale.order"
    _inherit = ["sale.order", "crm.handover.mixin"]

    _handover_kind = "quotation"
    _handover_choice = "take_quotations"
    _handover_sequence = 20

    @api.model
    def _get_handover_label(self):
        return self.env._("Quotation")

    @api.model
    def _get_handover_open_sql(self):
        return SQL("item.state IN ('draft', 'sent')")

    @api.model
    def _get_handover_rows_sql(self):
        return SQL(
            """
            SELECT customer.id AS customer_id, item.id AS res_id, item.name,
                   %(day)s::text AS detail,
                   item.user_id AS from_user_id, item.company_id, item.team_id
              FROM customer
              JOIN res_partner AS contact ON contact.commercial_partner_id = customer.id
              JOIN sale_order AS item ON item.partner_id = contact.id
             WHERE item.user_id = customer.owner_id AND %(open)s
            """,
            day=local_day(SQL("item.date_order"), self.env.user._get_clock_tz()),
            open=self._get_handover_open_sql(),
        )
