from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

NOW = fields.Datetime.to_datetime("2026-03-04 10:00:00")
TODAY = NOW.date()
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSegmentBounds(RelationsCommon):
    """The last day and the last value that count, in tiers, layers and losses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["crm.lifecycle.rule"].search([]).active = False
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.reason = cls.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )

    def assertBounds(self, record, taken, refused):
        for name, value in taken:
            with self.subTest(name, value=value):
                record[name] = value
        for name, value in refused:
            with self.subTest(name, value=value), self.assertRaises(ValidationError):
                record[name] = value

    def test_the_bounds_of_a_scheme(self):
        scheme = self._create_scheme(domain=self._only(self.customer))
        bounds = {
            "window_months": (1, 240),
            "border_band_percent": (0, 50),
            "downgrade_after_months": (0, 240),
            "newcomer_days": (0, 3650),
        }
        self.assertBounds(
            scheme,
            [
                *((name, value) for name, ends in bounds.items() for value in ends),
                ("minimum_population", 0),
            ],
            [
                *((name, low - 1) for name, (low, _high) in bounds.items()),
                *((name, high + 1) for name, (_low, high) in bounds.items()),
                ("minimum_population", -1),
            ],
        )

    def test_the_bounds_of_the_cuts_of_each_method(self):
        def create(method, first, last):
            names = {"share": "share", "threshold": "at_least"}
            name = names.get(method, "points_from")
            weights = [Command.create({"kind": "revenue", "weight": 100})]
            scheme = self._create_scheme(
                domain=self._only(self.customer),
                method=method,
                is_in_force=False,
                criterion_ids=weights if method == "score" else [],
                cut_ids=[
                    Command.create({"tier_id": tier.id, name: border})
                    for tier, border in ((self.tier_a, first), (self.tier_b, last))
                ],
            )
            return scheme

        for method, first, last in (
            ("share", 0.01, 100),
            ("threshold", 1, 0),
            ("rfm", 15, 14),
            ("score", 100, 99),
        ):
            with self.subTest(method, first=first):
                self.assertTrue(create(method, first, last))
        for method, first, last in (
            ("share", 0, 100),
            ("share", 50, 100.01),
            ("share", 50, 50),
            ("threshold", 1, 1),
            ("threshold", 1, -1),
            ("rfm", 16, 14),
            ("score", 101, 99),
        ):
            with self.subTest(method, first=first), self.assertRaises(ValidationError):
                create(method, first, last)

    def test_the_bounds_of_a_layer(self):
        rule = self._create_layer()
        self.assertBounds(
            rule,
            [("silent_days", 36500), ("silent_factor", 1000), ("orders_below", 2)],
            [
                ("silent_days", 36501),
                ("silent_factor", 1000.1),
                *((name, -1) for name in rule._get_conditions()),
            ],
        )

    def _create_layer(self, **values):
        return self.env["crm.lifecycle.rule"].create(
            {
                "name": "Layer",
                "layer": "loyal",
                "start_date": TODAY,
                "domain": self._only(self.customer),
            }
            | values
        )

    def test_each_condition_of_a_layer_is_reached_exactly(self):
        self.customer.write(
            {
                "confirmed_order_count": 5,
                "orders_12_months": 3,
                "last_order_on": TODAY - 30 * DAY,
                "order_interval_days": 10,
            }
        )
        for name, fits, fits_not in (
            ("orders_from", 5, 6),
            ("orders_below", 6, 5),
            ("orders_in_year_from", 3, 4),
            ("silent_days", 30, 31),
            ("silent_factor", 3, 3.1),
        ):
            for value, count in ((fits, 1), (fits_not, 0)):
                rule = self._create_layer(**{name: value})
                with self.subTest(name, value=value):
                    self.assertEqual(rule.preview()["count"], count)
                rule.active = False

    def test_fewer_than_one_order_are_none(self):
        rule = self._create_layer(orders_below=1, domain="[]")
        self.assertTrue(rule.sentence.startswith("Customers with no orders belong"))
        rule.orders_below = 2
        self.assertIn("with fewer than 2 orders", rule.sentence)
        with self.assertRefused("at least 1 order and no orders"):
            rule.write({"orders_from": 1, "orders_below": 1})
        with self.assertRefused("at least 3 orders and fewer than 2 orders"):
            rule.write({"orders_from": 3, "orders_below": 2})

    def test_what_silence_alone_does_not_decide_is_not_foretold(self):
        entered = self._create_layer(sequence=90)
        entered._run_queue()
        self.customer.write(
            {
                "last_order_on": TODAY - 10 * DAY,
                "order_interval_days": 10,
                "confirmed_order_count": 3,
                "relationship_level": "3",
            }
        )
        for values, days in (
            ({"silent_days": 40}, 40),
            ({"silent_factor": 2.5}, 25),
            ({"silent_days": 40, "silent_factor": 5}, 50),
            ({"silent_days": 40, "orders_from": 3, "level_from": "3"}, 40),
            ({"silent_days": 40, "orders_from": 4}, None),
            ({"silent_days": 40, "orders_below": 3}, None),
            ({"silent_days": 40, "orders_below": 4}, 40),
            ({"silent_days": 40, "orders_in_year_from": 1}, None),
            ({"silent_days": 40, "referrals_from": 1}, None),
            ({"silent_days": 40, "level_from": "4"}, None),
            ({"silent_days": 40, "domain": "[('id', '=', 0)]"}, None),
            ({}, None),
        ):
            rule = self._create_layer(layer="dormant", sequence=1, **values)
            change = self.customer.lifecycle_change_ids
            layer, day = self.customer._get_next_layer(change)
            expected = days and self.customer.last_order_on + days * DAY
            with self.subTest(values):
                self.assertEqual((layer, day), (days and "dormant", expected))
            rule.active = False

    def test_of_several_layers_to_come_the_nearest_is_told(self):
        self._create_layer(sequence=90)._run_queue()
        self.customer.write(
            {"last_order_on": TODAY, "order_interval_days": 10, "lifecycle": "loyal"}
        )
        for layer, days in (("lost", 30), ("dormant", 20), ("loyal", 10)):
            self._create_layer(layer=layer, sequence=days, silent_days=days)
        change = self.customer.lifecycle_change_ids
        found = self.customer._get_next_layer(change)
        self.assertEqual(found, ("dormant", TODAY + 20 * DAY))

    def test_sales_before_silence_are_those_of_twelve_months(self):
        for days, amount in ((0, 1), (365, 10), (364, 100)):
            order = self._create_order(self.customer, amount)
            order.date_order = NOW - days * DAY
        self.customer._refresh_sales_figures(self.customer.ids)
        self.assertEqual(
            self.customer._get_sales_before_silence(), {self.customer.id: 101}
        )

    def test_an_order_dated_ahead_wins_back_today(self):
        self.customer.register_lost(self.reason.id)
        lost = self.customer.lost_customer_ids
        order = self._create_order(self.customer, 10)
        order.date_order = NOW + 9 * DAY
        other = self._create_customer("Other")
        records = self.env["crm.lost.customer"]
        self.assertEqual(records._find_won_back(other.ids), 0)
        self.assertEqual(records._find_won_back((self.customer | other).ids), 1)
        self.assertEqual((lost.state, lost.won_back_on), ("won_back", TODAY))

    def test_a_win_back_may_be_due_today_and_one_done_stays(self):
        self.customer.register_lost(self.reason.id)
        lost = self.customer.lost_customer_ids
        with self.assertRefused("today or later"):
            lost.plan_win_back(TODAY - DAY)
        lost.plan_win_back(TODAY)
        done = lost.activity_id
        done.action_feedback()
        lost.action_won_back()
        self.assertTrue(done.exists())
        lost.action_give_up()
        self.assertEqual(lost.state, "won_back")

    def test_a_customer_that_was_archived_is_not_won_back(self):
        self.customer.register_lost(self.reason.id)
        lost = self.customer.lost_customer_ids
        self.customer.active = False
        [answer] = lost.plan_win_back(TODAY)
        self.assertEqual((answer["ok"], answer["code"]), (False, "archived"))
        self.assertFalse(lost.activity_id)
        self.customer.active = True
        self.assertTrue(lost.plan_win_back(TODAY)[0]["ok"])

    def test_values_in_another_currency_are_told_and_not_added_up(self):
        euro = self.env.ref("base.EUR")
        if euro == self.company.currency_id:
            euro = self.env.ref("base.USD")
        euro.active = True
        twins = self.customer
        for name in ("B", "C"):
            twins |= self._create_customer(name)
        records = self.env["crm.lost.customer"]
        for partner, value in zip(twins, (1, 10, 100), strict=True):
            partner.register_lost(self.reason.id, value_lost=value)
            records |= partner.lost_customer_ids
        records[2].currency_id = euro
        records[0]._absorb(records[1:])
        self.assertEqual(records[0].value_lost, 11)
        self.assertEqual(records.exists(), records[0])
        self.assertEqual(len(records[0].note.splitlines()), 2)

    def test_a_setting_is_one_at_least(self):
        partners = self.env["res.partner"]
        for value, read in (("0", 1), ("-5", 1), ("7", 7), ("x", 180)):
            self.env["ir.config_parameter"].set_param(
                "crm_relations.new_customer_days", value
            )
            setting = ("crm_relations.new_customer_days", 180)
            with self.subTest(value):
                self.assertEqual(partners._get_class_setting(setting), read)

    def test_a_tier_of_an_archived_scheme_may_be_archived(self):
        scheme = self._create_scheme()
        with self.assertRefused("leads customers to"):
            self.tier_a.active = False
        scheme.active = False
        self.tier_a.active = False
        self.assertFalse(self.tier_a.active)

    def test_a_tier_counts_customers_in_use(self):
        tier = self.env["crm.tier"].create({"name": "Special"})
        partners = self.customer
        for name in ("Archived", "Supplier"):
            partners |= self._create_customer(name)
        partners.tier_id = tier
        partners[1].active = False
        partners[2].is_managed_customer = False
        self.assertEqual(tier.partner_count, 1)

    def test_by_hand_a_tier_is_set_for_customers_and_through_today(self):
        supplier = self.env["res.partner"].create({"name": "Supplier"})
        both = (self.customer | supplier).with_user(self.max)
        with self.assertRefused("Choose a day to come"):
            both.set_tier(self.tier_a.id, TODAY - DAY, "Tender")
        self.assertEqual(both.set_tier(self.tier_a.id, TODAY, "Tender"), 1)
        self.assertEqual(both.set_tier(self.tier_a.id, TODAY, "Tender"), 0)
        self.assertEqual(self.customer.tier_since, TODAY)
        self.assertFalse(supplier.tier_id or supplier.tier_override_id)

    def test_a_tier_by_hand_of_an_archived_customer_is_left_alone(self):
        gone = self._create_customer("Gone")
        (self.customer | gone).write(
            {
                "tier_id": self.tier_a.id,
                "tier_override_id": self.tier_a.id,
                "tier_override_until": TODAY - DAY,
            }
        )
        gone.active = False
        ended = self.env["res.partner"]._end_expired_tiers((self.customer | gone).ids)
        self.assertEqual(ended, 1)
        self.assertEqual((self.customer.tier_id.id, gone.tier_id), (False, self.tier_a))

    def test_the_plan_of_a_playbook_that_was_archived_starts_nothing(self):
        playbooks = self.env["crm.playbook"]
        playbook = playbooks.search([("layer", "=", "loyal")], limit=1)
        self._create_customer("Older")  # layers were decided before
        change = self.env["crm.lifecycle.change"].create(
            {
                "partner_id": self.customer.id,
                "old_layer": "new",
                "new_layer": "loyal",
                "decided_at": NOW,
            }
        )
        for record in (playbook.plan_id, playbook):
            record.active = False
            self.assertFalse(playbooks._insert_runs(self.customer.ids))
            record.active = True
        self.assertTrue(playbooks._insert_runs(self.customer.ids))
        self.assertEqual(change, self.customer.playbook_run_ids.change_id)

    def test_referrals_in_a_ring_are_cut_when_two_of_it_become_one(self):
        twin, between, other = (
            self._create_customer(name) for name in ("Twin", "Between", "Other")
        )
        between.referred_by_id = self.customer
        twin.referred_by_id = between
        other.referred_by_id = twin
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | twin).ids, self.customer, extra_checks=False
        )
        self.assertFalse(self.customer.referred_by_id)
        self.assertEqual((between | other).referred_by_id, self.customer)
