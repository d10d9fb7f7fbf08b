from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestTierForce(RelationsCommon):
    """One scheme in force for the same customers, the others compared with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers(4)
        for customer, amount in zip(cls.customers, (800, 150, 40, 10), strict=True):
            cls._create_order(customer, amount)
        cls.only = cls._only(cls.customers)
        cls.scheme = cls._create_scheme(domain=cls.only)

    def test_two_schemes_for_the_same_customers_are_refused(self):
        with self.assertRefused("“Scheme” is in force for the same customers"):
            self._create_scheme(domain=self.only, name="Second")
        other = self._create_scheme(domain=self.only, name="Second", is_in_force=False)
        with self.assertRefused("“Scheme” is in force"):
            other.is_in_force = True
        self.scheme.active = False
        other.is_in_force = True

    def test_spelling_of_conditions_does_not_matter(self):
        with self.assertRefused("in force for the same"):
            self._create_scheme(domain=self.only.replace("'id'", '"id"') + " ")

    def test_another_audience_is_another_matter(self):
        north = self._create_scheme(domain=self.only, team_ids=self.north.ids)
        with self.assertRefused("in force for the same"):
            north.team_ids = False
        self._create_scheme(domain="[]")
        self._create_scheme(domain=self.only, company_id=self.company.id)

    def test_a_copy_serves_as_comparison(self):
        copy = self.scheme.copy()
        self.assertFalse(copy.is_in_force)
        with self.assertRefused("serves as comparison"):
            copy.run()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_segments").method_direct_trigger()
        self.assertFalse(copy.change_ids)
        self.assertEqual(len(self.scheme.change_ids), 4)

    def test_a_comparison_is_previewed_as_if_it_were_in_force(self):
        self.scheme.run()
        copy = self.scheme.copy({"sequence": 99})
        copy.cut_ids.filtered(lambda cut: cut.tier_id == self.tier_a).share = 1
        self.assertEqual(copy.preview()["count"], 0)
        copy.cut_ids.filtered(lambda cut: cut.tier_id == self.tier_b).share = 50
        copy.cut_ids.filtered(lambda cut: cut.tier_id == self.tier_a).share = 1
        rows = copy.preview()["rows"]
        self.assertEqual([(row["old"], row["new"]) for row in rows], [("B", "C")])

    def test_put_in_force_changes_places(self):
        copy = self.scheme.copy()
        copy.with_user(self.adam).action_put_in_force()
        self.assertTrue(copy.is_in_force)
        self.assertFalse(self.scheme.is_in_force)
        with self.assertRaises(AccessError):
            self.scheme.with_user(self.rita).action_put_in_force()

    def _forecast(self, user):
        action = self.scheme.with_user(user).action_compare()
        lines = self.env["crm.tier.forecast"].with_user(user).search(action["domain"])
        return [
            (
                line.scheme_id.name,
                line.tier_id.name,
                line.now_count,
                line.entering_count,
                line.leaving_count,
                line.then_count,
            )
            for line in lines
        ]

    def test_the_forecast_counts_who_enters_and_leaves(self):
        self.scheme.run()
        self.customers[0].tier_id = self.tier_c
        self.customers[1].tier_id = False
        self.assertEqual(
            self._forecast(self.rita),
            [
                ("Scheme", "A", 0, 1, 0, 1),
                ("Scheme", "B", 0, 1, 0, 1),
                ("Scheme", "C", 3, 0, 1, 2),
                ("Scheme", False, 1, 0, 1, 0),
            ],
        )
        self.assertEqual(self.customers[0].tier_id, self.tier_c)

    def test_the_forecast_compares_schemes_and_forgets_earlier_ones(self):
        self.scheme.copy({"name": "Other way"})
        self._forecast(self.rita)
        names = [line[0] for line in self._forecast(self.rita)]
        self.assertEqual(names, ["Scheme"] * 4 + ["Other way"] * 4)

    def test_a_line_opens_those_who_come_and_go(self):
        self.scheme.run()
        self.customers[0].tier_id = self.tier_c
        action = self.scheme.with_user(self.rita).action_compare()
        lines = self.env["crm.tier.forecast"].with_user(self.rita)
        line = lines.search([*action["domain"], ("tier_id", "=", self.tier_a.id)])
        opened = line.action_view_decisions()
        self.assertEqual(
            self.env["crm.decision.preview"].search(opened["domain"]).partner_id,
            self.customers[0],
        )

    def test_only_relations_managers_forecast(self):
        with self.assertRaises(AccessError):
            self.scheme.with_user(self.max).action_compare()

    def test_one_customer_is_decided_anew_at_once(self):
        self.scheme.run()
        self._create_order(self.customers[3], 90000, days_ago=0)
        self._create_order(self.customers[2], 90000, days_ago=0)
        self.customers[3].with_user(self.sally).action_refresh_segments()
        self.assertEqual(self.customers[3].tier_id, self.tier_a)
        self.assertEqual(self.customers[3].sales_total, 90010)
        self.assertEqual(self.customers[2].tier_id, self.tier_c, "left to the night")

    def test_a_stranger_does_not_decide_anew(self):
        stranger = self.env["res.users"].create(
            {"name": "Stranger", "login": "stranger"}
        )
        with self.assertRaises(AccessError):
            self.customers.with_user(stranger).action_refresh_segments()
