from odoo.tests import tagged

from .common.value import ValueCommon


@tagged("post_install", "-at_install")
class TestReferralValue(ValueCommon):
    """SE-11: derived value, what those are worth whom a customer has brought."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set("referral_value_depth", 3)
        # The customer brought A and B, A brought C, C brought D, D brought E.
        cls.a, cls.b, cls.c, cls.d, cls.e = cls._create_customers(5, is_company=True)
        for brought, by in (
            *((cls.a, cls.customer), (cls.b, cls.customer), (cls.c, cls.a)),
            *((cls.d, cls.c), (cls.e, cls.d)),
        ):
            brought.referred_by_id = by
        orders = [(one, 50, 40) for one in cls._all_brought()]
        cls._create_orders([*orders, *[(one, 50, 10) for one in cls._all_brought()]])
        cls._refresh(cls._all_brought())
        cls._refresh_values()

    @classmethod
    def _all_brought(cls):
        return cls.a | cls.b | cls.c | cls.d | cls.e

    def _sum(self, partners):
        return sum(self._get_value(partner).value_12_months for partner in partners)

    def assertDerived(self, partner, brought):
        partner.invalidate_recordset()
        self.assertEqual(partner.derived_count, len(brought))
        self.assertAlmostEqual(partner.derived_value, self._sum(brought), places=2)

    def test_each_of_the_tree_counts_once_as_deep_as_settings_say(self):
        for depth, brought in [
            (1, self.a | self.b),
            (2, self.a | self.b | self.c),
            (3, self.a | self.b | self.c | self.d),
            (10, self._all_brought()),
            (0, self.a.browse()),
        ]:
            self._set("referral_value_depth", depth)
            with self.subTest(depth=depth):
                self.assertDerived(self.customer, brought)

    def test_a_circle_ends_where_it_closes(self):
        self._set("referral_value_depth", 10)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET referred_by_id = %s WHERE id = %s",
            [self.e.id, self.customer.id],
        )
        self.assertDerived(self.customer, self._all_brought())
        self.assertDerived(self.e, self._all_brought() - self.e | self.customer)

    def test_who_is_archived_or_of_another_company_does_not_count(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.b.active = False
        self.a.company_id = other
        self._refresh_values()
        [(count, _amount)] = [
            self.customer.with_user(self.rita)._get_derived_values()[self.customer.id]
        ]
        self.assertEqual(count, 2)  # C and D, by way of A

    def test_a_value_in_another_currency_is_told_in_that_of_the_referrer(self):
        currency = self.env["res.currency"].create({"name": "XYZ", "symbol": "x"})
        currency.rate_ids.create(
            {"currency_id": currency.id, "rate": 10, "name": "2000-01-01"}
        )
        other = self.env["res.company"].create(
            {"name": "Other", "currency_id": currency.id}
        )
        self._set("referral_value_depth", 1)
        self.b.relation_company_id = other
        self._refresh_values()
        self.env.user.company_ids |= other
        self.customer.invalidate_recordset()
        derived = self.customer.with_context(
            allowed_company_ids=[self.company.id, other.id]
        ).derived_value
        expected = self._sum(self.a) + self._sum(self.b) / 10
        self.assertAlmostEqual(derived, expected, delta=0.05)

    def test_why_tells_of_those_it_has_brought(self):
        figures = dict(self.customer.value_reason["figures"])
        [label] = [name for name in figures if "has brought" in name]
        self.assertIn("4 customers", label)
        self.assertNotIn("has brought", str(self.e.value_reason["figures"]))

    def test_a_page_takes_as_many_statements_as_one(self):
        def read(partners):
            self.env.invalidate_all()
            partners.read(["derived_value"])

        read(self.customer)
        one = self._count_statements(lambda: read(self.customer))
        many = self._count_statements(lambda: read(self._all_brought()))
        self.assertEqual(one, many)

    def test_zero_steps_can_be_set_and_too_many_cannot(self):
        settings = self.env["res.config.settings"]
        settings.create({"relations_referral_value_depth": 0}).execute()
        self.assertEqual(self.env["res.partner"]._get_derived_depth(), 0)
        self.assertEqual(settings.create({}).relations_referral_value_depth, 0)
        with self.assertRefused("0 to 10 steps"):
            settings.create({"relations_referral_value_depth": 11})
        self._set("referral_value_depth", "many")
        self.assertEqual(self.env["res.partner"]._get_derived_depth(), 3)
