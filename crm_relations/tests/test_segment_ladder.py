from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.crm_relations.models.segment.relationship import res_partner_evidence

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestLadder(RelationsCommon):
    """SE-9: five levels from evidence that fades."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_relations_today()
        cls.first, cls.repeat, cls.refund, cls.referral, cls.brought = (
            cls.env.ref(f"crm_relations.crm_relationship_evidence_kind_{code}")
            for code in (
                *["first_order", "repeat_order", "refund", "referral"],
                "referral_order",
            )
        )

    def _create_buyer(self, *days_ago, **values):
        customer = self._create_customer("Buyer", **values)
        self._order(customer, *days_ago)
        return customer

    def _order(self, customers, *days_ago):
        """Let each of them have ordered on these days."""
        self._create_orders([(one, 10, days) for one in customers for days in days_ago])
        self.env["res.partner"]._refresh_sales_figures(customers.ids)

    def _run(self, customers):
        return self.env["res.partner"]._refresh_relationship(customers.ids)

    def _get_level(self, customer):
        self._run(customer)
        return customer.relationship_level

    def _get_evidence(self, customer):
        customer.invalidate_recordset(["relationship_evidence_ids"])
        self.env["crm.relationship.evidence"].invalidate_model()
        return customer.relationship_evidence_ids

    def _refer(self, customer, count, **values):
        for number in range(count):
            self._create_customer(
                f"Friend {number}", referred_by_id=customer.id, **values
            )

    def _create_refund(self, order, days_ago=0):
        invoice = order._create_invoices()
        invoice.action_post()
        refund = invoice._reverse_moves(
            [{"invoice_date": self.today - timedelta(days=days_ago)}]
        )
        refund.action_post()
        return refund

    def test_without_evidence_there_is_no_level(self):
        customer = self._create_customer()
        self.assertFalse(self._get_level(customer))
        self.assertEqual(customer.relationship_stars, "0")

    def test_levels_of_the_shipped_ladder(self):
        """Once: not dissatisfied. Twice: satisfied. Every month: loyal. And whoever
        also refers somebody recommends us."""
        once = self._create_buyer(10)
        twice = self._create_buyer(0, 1)
        monthly = self._create_buyer(*range(5, 300, 30))
        fan = self._create_buyer(*range(5, 300, 30))
        self._refer(fan, 1)
        customers = once | twice | monthly | fan
        self._run(customers)
        self.assertEqual(customers.mapped("relationship_level"), ["2", "2", "4", "5"])
        self.repeat.points = 11
        self.assertEqual(self._get_level(twice), "3")

    def test_a_threshold_is_reached_at_least(self):
        customer = self._create_buyer(0, 0)
        for at_least, level in ((10, "3"), (10.01, "2")):
            self.env.ref(
                "crm_relations.crm_relationship_level_satisfied"
            ).at_least = at_least
            with self.subTest(at_least):
                self.assertEqual(self._get_level(customer), level)

    def test_orders_alone_do_not_show_that_a_customer_recommends_us(self):
        customer = self._create_buyer(*range(0, 12))
        self.repeat.points = 1000
        self.repeat.most_points = 0
        self.assertEqual(self._get_level(customer), "4")
        self.assertIn("proves no more", customer.relationship_reason["sentence"])

    def test_a_kind_counts_at_most_so_much(self):
        customer = self._create_buyer(*range(0, 12))
        self._run(customer)
        facts = customer.relationship_change_ids.facts
        self.assertEqual(facts["kinds"][str(self.repeat.id)], [11, 60])
        self.assertAlmostEqual(facts["score"], 69.9, delta=0.01)

    def test_evidence_loses_half_in_its_half_life(self):
        customer = self._create_buyer(0, 365, 730)
        points = self._get_evidence(customer).mapped("points")
        self.assertEqual(points, [10, 5, 5])
        self.first.half_life_days = 0
        self.assertEqual(self._get_evidence(customer)[-1].points, 10)

    def test_a_relationship_fades_by_time_alone(self):
        customer = self._create_buyer(*range(5, 300, 30))
        self.assertEqual(self._get_level(customer), "4")
        for days, level in ((400, "3"), (1500, "2")):
            with freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self.assertEqual(self._get_level(customer), level)
        self.assertEqual(
            customer.relationship_change_ids.sorted("id").mapped("new_level"),
            ["4", "3", "2"],
        )

    def test_the_predicted_day_is_the_day_on_which_the_level_falls(self):
        customer = self._create_buyer(*range(5, 300, 30))
        self._run(customer)
        level, day = customer._get_next_level()
        self.assertEqual(level, "3")
        self.assertIn("Satisfied on", customer.relationship_reason["next"])
        for shift, expected in ((-1, "4"), (0, "3")):
            shifted = timedelta(days=(day - self.today).days + shift)
            with freeze_time(fields.Datetime.now() + shifted):
                self.assertEqual(self._get_level(customer), expected)

    def test_what_does_not_fade_brings_no_change(self):
        customer = self._create_buyer(1)
        self.first.half_life_days = 0
        self._run(customer)
        self.assertEqual(customer._get_next_level(), (None, None))
        self.assertFalse(customer.relationship_reason["next"])

    def test_goods_taken_back_speak_against(self):
        customer = self._create_customer()
        order = self._create_order(customer, 10)
        self.assertEqual(self._get_level(customer), "2")
        self._create_refund(order)
        self.assertEqual(self._get_level(customer), "1")
        self.assertIn("speaks against", customer.relationship_reason["sentence"])

    def test_a_cap_holds_down_while_its_evidence_is_there(self):
        customer = self._create_customer()
        order = self._create_order(customer, 10, days_ago=0)
        self._refer(customer, 4)
        self.assertEqual(self._get_level(customer), "4")
        self._create_refund(order)
        self.refund.write({"points": 0, "cap": "1"})
        self.assertEqual(self._get_level(customer), "1")
        self.assertIn("Goods taken back", customer.relationship_reason["sentence"])
        self.refund.active = False
        self.assertEqual(self._get_level(customer), "4")

    def test_a_referral_counts_more_once_it_has_ordered(self):
        customer = self._create_customer()
        self._refer(customer, 1)
        self.assertEqual(self._get_level(customer), "3")
        friend = customer.referral_ids
        self._create_order(friend, 10)
        friend._refresh_sales_figures(friend.ids)
        self._create_order(customer, 10)
        self.assertEqual(self._get_level(customer), "3")
        self.brought.points = 20
        self.assertEqual(self._get_level(customer), "4")

    def test_another_room_adds_evidence(self):
        """The hook: its kind, its strength, its document."""
        kind = self.env["crm.relationship.evidence.kind"].create(
            {
                "name": "Survey",
                "code": "survey",
                "source_model": "res.partner",
                "points": 30,
                "reach": "5",
            }
        )
        customer = self._create_customer()
        original = res_partner_evidence.ResPartner._get_relationship_evidence

        def with_survey(partners, partner_ids=None):
            return SQL(
                "%s UNION ALL SELECT %s, 'survey', %s::date, -0.5, %s",
                original(partners, partner_ids),
                customer.id,
                self.today,
                customer.id,
            )

        self.patch(
            type(self.env["res.partner"]), "_get_relationship_evidence", with_survey
        )
        self.assertEqual(self._get_level(customer), "1")
        evidence = self._get_evidence(customer)
        self.assertRecordValues(
            evidence,
            [{"kind_id": kind.id, "points": -15, "source": customer.display_name}],
        )

    def test_every_change_is_a_ledger_line_that_agrees_with_the_customer(self):
        customer = self._create_buyer(1)
        self.assertEqual(self._run(customer), 1)
        self.assertEqual(self._run(customer), 0)
        self._refer(customer, 2)
        self.assertEqual(self._run(customer), 1)
        changes = customer.relationship_change_ids.sorted("id")
        self.assertRecordValues(
            changes,
            [
                {"old_level": False, "new_level": "2"},
                {"old_level": "2", "new_level": "4"},
            ],
        )
        self.assertEqual(customer.relationship_level, "4")
        self.assertEqual(customer.relationship_since, self.today)

    def test_evidence_that_disappears_takes_the_level_along(self):
        customer = self._create_buyer(1)
        self._run(customer)
        self.env["sale.order"].search(
            [("partner_id", "=", customer.id)]
        )._action_cancel()
        self.env["res.partner"]._follow_purchases()
        self.assertFalse(self._get_level(customer))
        self.assertIn("no evidence", customer.relationship_reason["sentence"])

    def test_why_shows_each_kind_with_its_points(self):
        customer = self._create_buyer(0, 1)
        self._run(customer)
        why = customer.relationship_reason
        self.assertEqual(
            why["figures"],
            [
                ["First order × 1", "9.99 points"],
                ["Came back to order × 1", "10.00 points"],
            ],
        )
        self.assertIn("19.99 points, at least 0.00", why["sentence"])
        self.assertEqual(why["rule"]["name"], "Not dissatisfied")

    def test_evidence_names_its_document(self):
        customer = self._create_buyer(0)
        order = self.env["sale.order"].search([("partner_id", "=", customer.id)])
        evidence = self._get_evidence(customer).with_user(self.sally)
        self.assertEqual(evidence.source, order.name)
        action = evidence.action_open_source()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("sale.order", order.id)
        )

    def test_orders_of_contacts_count_and_several_a_day_count_once(self):
        customer = self._create_customer()
        person = self._create_person(customer)
        for partner in (customer, person, person):
            self._create_order(partner, 10, days_ago=3)
        self.assertEqual(self._get_evidence(customer).kind_id, self.first)
        self.assertEqual(len(self._get_evidence(customer)), 1)

    def test_nobody_refers_itself_even_by_way_of_others(self):
        one = self._create_customer("One")
        two = self._create_customer("Two", referred_by_id=one.id)
        with self.assertRefused("refers itself"):
            one.referred_by_id = two
        with self.assertRefused("is a contact of"):
            two.referred_by_id = self._create_person(one)
        self.assertEqual(one.referral_count, 1)
        self.assertEqual(
            self.env["res.partner"].search(one.action_view_referrals()["domain"]), two
        )

    def test_thresholds_and_kinds_refuse_what_cannot_be(self):
        loyal = self.env.ref("crm_relations.crm_relationship_level_loyal")
        with self.assertRefused("“Loyal” needs more points than “Satisfied”"):
            loyal.at_least = 20
        with self.assertRefused("negative"):
            self.first.half_life_days = -1

    def test_nobody_types_a_level_and_only_administrators_set_the_weights(self):
        customer = self._create_customer(user_id=self.sally.id)
        with self.assertRaises(AccessError):
            customer.with_user(self.sally).relationship_level = "5"
        with self.assertRaises(AccessError):
            self.first.with_user(self.rita).points = 99
        self.first.with_user(self.adam).points = 99

    def test_changes_and_evidence_of_another_company_stay_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        customer = self._create_buyer(1)
        self._run(customer)
        customer.company_id = other
        customer.relationship_change_ids.company_id = other
        for model in ("crm.relationship.change", "crm.relationship.evidence"):
            found = self.env[model].with_user(self.rita)
            self.assertFalse(found.search([("partner_id", "=", customer.id)]))

    def test_as_many_statements_for_many_as_for_one(self):
        one = self._create_buyer(1)
        many = self._create_customers(40, is_company=True)
        self._order(many, 1)
        self._run(self._create_buyer(1))
        few = self._count_statements(lambda: self._run(one))
        self.assertEqual(self._count_statements(lambda: self._run(many)), few)
        self.assertEqual(set(many.mapped("relationship_level")), {"2"})

    def test_the_night_decides_the_levels(self):
        customer = self._create_buyer(1)
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_segments").method_direct_trigger()
        customer.invalidate_recordset()
        self.assertEqual(customer.relationship_level, "2")

    def test_evidence_of_a_model_that_was_uninstalled_names_no_document(self):
        customer = self._create_buyer(1)
        self._run(customer)
        evidence = self._get_evidence(customer)
        self.assertTrue(evidence.source)
        evidence.source_model = "gone.model"
        evidence.invalidate_recordset(["source"])
        self.assertEqual(evidence.mapped("source"), [""])
