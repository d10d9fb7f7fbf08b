from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain

from ...tools.arguments import Day
from ...tools.tact import to_utc


class ResPartner(models.Model):
    """What stands behind the figures of sales: each of them opens what it counts."""

    _inherit = "res.partner"

    def action_view_orders_of_month(self, month: Day):
        """Open the confirmed orders of a month, told by any of its days."""
        self.ensure_one()
        first = (month or self._get_sales_day()).replace(day=1)
        return self._open_orders_of(first, first + relativedelta(months=1))

    def action_view_orders_12_months(self):
        """Open the confirmed orders of the last 12 months."""
        today, day = self._get_sales_day(), timedelta(days=1)
        return self._open_orders_of(today - relativedelta(months=12) + day, today + day)

    def action_view_orders_this_year(self):
        """Open the confirmed orders of this year."""
        today = self._get_sales_day()
        return self._open_orders_of(
            today.replace(month=1, day=1), today + timedelta(days=1)
        )

    def action_view_orders_last_year(self):
        """Open the confirmed orders of last year."""
        start = self._get_sales_day().replace(month=1, day=1)
        return self._open_orders_of(start - relativedelta(years=1), start)

    def _get_sales_day(self):
        """Return the day up to which the figures of sales are told."""
        return self.env["res.company"]._get_relations_default()._get_relations_today()

    def _open_orders_of(self, first, after):
        """Open the confirmed orders from a day until before another one."""
        self.ensure_one()
        zone = self._get_relation_company()._get_relations_tz()
        start, end = (
            to_utc(datetime.combine(day, time.min), zone) for day in (first, after)
        )
        action = self.action_view_orders()
        when = [("date_order", ">=", str(start)), ("date_order", "<", str(end))]
        return {**action, "domain": [*action["domain"], *when]}

    def action_view_receivable(self):
        """Open the lines of which the receivable of this customer is the sum."""
        return self._open_items(self.env._("Receivable"), [])

    def action_view_overdue(self):
        """Open what should be paid by now, less what is paid and not matched yet."""
        today = self._get_relation_company()._get_relations_today()
        due = Domain("due", "<", str(today)) | Domain("due", "=", False)
        due |= Domain("amount", "<", 0)
        return self._open_items(self.env._("Overdue"), list(due))

    def _open_items(self, name, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_open_item_action"
        )
        return {
            **action,
            "name": name,
            "display_name": name,
            "domain": [("partner_id", "=", self.id), *domain],
        }
