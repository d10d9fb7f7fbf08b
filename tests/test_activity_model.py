"""SE-10: the SQL of the activity model against plain Python, on random histories."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_relations.tools.activity_model import (
    Parameters,
    probability_active,
)

POSITIVE = st.floats(1e-3, 1e3, allow_nan=False)
PARAMETERS = st.builds(Parameters, POSITIVE, POSITIVE, POSITIVE, POSITIVE)
# Ages of the orders in days; negative ones are still to come.
DAYS = st.lists(st.integers(-30, 20000), max_size=60)
HISTORIES = st.lists(DAYS, min_size=1, max_size=8)


def expect(days, parameters, usual):
    """Return (next order in days from today, percent) from the ages of orders."""
    ages = sorted(set(days), reverse=True)
    if not ages:
        return None, None
    gaps = sorted(before - after for before, after in zip(ages, ages[1:], strict=False))
    interval = usual
    if len(gaps) > 1:
        half = len(gaps) // 2
        interval = gaps[half] if len(gaps) % 2 else (gaps[half - 1] + gaps[half]) / 2
    first, last = ages[0], ages[-1]
    share = probability_active(
        parameters, len(ages) - 1, (first - last) / 7, (first - min(last, 0)) / 7
    )
    return interval - last, 100 * share


@tagged("post_install", "-at_install")
class TestActivityModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"C{n}", "is_managed_customer": True} for n in range(8)]
        )
        company = cls.env["res.company"]._get_relations_default()
        cls.env["crm.activity.model"]._create_missing()
        cls.model = cls.env["crm.activity.model"].search(
            [("company_id", "=", company.id)]
        )
        cls.model.usual_interval_days = 33
        cls.today = company._get_relations_today()
        cls.order = cls.env["sale.order"].create({"partner_id": cls.partners[0].id})
        cls.order.action_confirm()
        cls.env.flush_all()

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(histories=HISTORIES, parameters=PARAMETERS)
    def test_sql_computes_as_the_model_does(self, histories, parameters):
        with self.env.cr.savepoint() as savepoint:
            self._compare(histories, parameters)
            savepoint.rollback()
        self.env.invalidate_all()

    def _compare(self, histories, parameters):
        partners = self.partners[: len(histories)]
        self.env.cr.execute("DELETE FROM sale_order WHERE id <> %s", [self.order.id])
        for partner, days in zip(partners, histories, strict=True):
            self._write_orders(partner, days)
        self.env.invalidate_all()
        self.model.write(parameters._asdict())
        partners._refresh_sales_figures(partners.ids)
        partners._refresh_activity(partners.ids)
        for partner, days in zip(partners, histories, strict=True):
            days = days + [0] if partner == self.order.partner_id else days
            wait, percent = expect(days, parameters, 33)
            if wait is None:
                self.assertFalse(partner.activity_model_id)
                self.assertFalse(partner.next_order_expected_on)
                continue
            expected = partner.next_order_expected_on - self.today
            # An interval of n and a half days is rounded either way.
            self.assertLessEqual(abs(expected - timedelta(days=wait)).days, 0)
            self.assertLessEqual(abs(partner.active_probability - percent), 0.5 + 1e-6)

    def _write_orders(self, partner, days):
        """Copy the confirmed order by one statement."""
        if not days:
            return
        self.env.cr.execute(
            "INSERT INTO sale_order (name, state, partner_id, company_id, "
            "partner_invoice_id, partner_shipping_id, currency_rate, date_order) "
            "SELECT 'R', 'sale', %s, company_id, %s, %s, 1, "
            "%s::date + time '12:00' - age * interval '1 day' "
            "FROM sale_order, unnest(%s) AS age WHERE id = %s",
            [*[partner.id] * 3, self.today, days, self.order.id],
        )
