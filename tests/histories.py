"""Random customers with random orders, written by SQL."""

from datetime import datetime, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from odoo.tests import TransactionCase

AMOUNTS = st.one_of(
    st.just(Decimal(0)),
    st.decimals(min_value=-50, max_value=1000, places=2),
    st.sampled_from([Decimal("10"), Decimal("10.01"), Decimal("99.99")]),
)
ORDERS = st.lists(st.tuples(AMOUNTS, st.integers(0, 120)), max_size=4)
HISTORIES = st.lists(ORDERS, min_size=1, max_size=8)


class HistoriesCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.tier.scheme"].search([]).active = False
        cls.tiers = cls.env["crm.tier"].create(
            [{"name": f"T{n}", "sequence": n} for n in range(4)]
        )
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"C{n}", "is_managed_customer": True} for n in range(8)]
        )
        company = cls.env["res.company"]._get_relations_default()
        cls.today = company._get_relations_today()
        pattern = cls.env["res.partner"].create({"name": "Pattern of all orders"})
        cls.order = cls.env["sale.order"].create({"partner_id": pattern.id})
        cls.order.action_confirm()
        cls.env.flush_all()

    def _count_window_days(self, scheme):
        start = self.today - relativedelta(months=scheme.window_months)
        return (self.today - start).days

    def _write_orders(self, partners, histories):
        """Copy the confirmed order by SQL: thousands of orders, not thousands of
        confirmations."""
        self.env.cr.execute("DELETE FROM sale_order WHERE id <> %s", [self.order.id])
        noon = datetime.combine(self.today, datetime.min.time()) + timedelta(hours=12)
        for partner, orders in zip(partners, histories, strict=True):
            for amount, age in orders:
                self.env.cr.execute(
                    "INSERT INTO sale_order (name, state, partner_id, company_id, "
                    "partner_invoice_id, partner_shipping_id, currency_rate, "
                    "date_order, amount_untaxed) "
                    "SELECT 'R', 'sale', %s, company_id, %s, %s, 1, %s, %s "
                    "FROM sale_order WHERE id = %s",
                    [
                        *[partner.id] * 3,
                        noon - timedelta(days=age),
                        amount,
                        self.order.id,
                    ],
                )
        self.env.invalidate_all()
