from odoo import fields
from odoo.tests import tagged

from .common.lost import LostCommon


@tagged("post_install", "-at_install")
class TestSearchedNumbers(LostCommon):
    """What is not stored is found by a custom filter as any number is: the first thing
    that one offers is "is equal to"."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new = cls._create_customer("Never Ordered")
        cls.both = cls.customer | cls.new
        today = cls.company._get_relations_today()
        cls.customer.write(
            {
                "last_order_on": fields.Date.subtract(today, days=20),
                "next_order_expected_on": fields.Date.subtract(today, days=10),
            }
        )
        cls.env["crm.customer.value"]._refresh(cls.customer.ids)
        cls.env["crm.customer.value"]._find_of(cls.customer.ids)[cls.customer.id].write(
            {"value_12_months": 120, "lifetime_value": 500}
        )
        cls.env.flush_all()

    def test_by_equal_unequal_set_and_not_set(self):
        for name, number in (
            ("overdue_factor", 2),
            ("value_12_months", 120),
            ("lifetime_value", 500),
        ):
            for operator, value, found in (
                ("=", number, self.customer),
                ("=", number + 1, self.both.browse()),
                ("!=", number, self.new),
                ("!=", number + 1, self.both),
                ("=", False, self.new),
                ("!=", False, self.customer),
                ("=", 0, self.new),
                ("in", [number, number + 1], self.customer),
                ("not in", [number], self.new),
                ("in", [0, number], self.both),
                (">=", number, self.customer),
                (">", number, self.both.browse()),
            ):
                domain = [("id", "in", self.both.ids), (name, operator, value)]
                with self.subTest(name=name, operator=operator, value=value):
                    self.assertEqual(self.env["res.partner"].search(domain), found)
