from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestSegmentEdges(RelationsCommon):
    """What happens to a tier where nobody thought of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_relations_today()
        cls.customer = cls._create_customer(user_id=cls.sally.id)

    def _set_by_hand(self, customer=None, tier=None):
        customer = customer or self.customer
        customer.with_user(self.max).set_tier(
            (tier or self.tier_a).id, self.today + timedelta(days=9), "Tender"
        )

    def _expire(self, customer=None):
        customer = customer or self.customer
        customer.tier_override_until = self.today - timedelta(days=1)

    def _decide(self, customers=None):
        ids = (customers or self.customer).ids
        self.env["crm.segmentation"]._decide(ids)
        self.env.invalidate_all()

    def test_newcomer_loses_a_tier_of_its_own_when_it_expires(self):
        self._create_scheme(domain=self._only(self.customer), newcomer_days=90)
        self._set_by_hand()
        self._expire()
        self._decide()
        self.assertFalse(self.customer.tier_override_id)
        self.assertFalse(self.customer.tier_id)
        self.assertIn("ended on", self.customer.tier_reason["sentence"])

    def test_without_a_scheme_an_expired_tier_ends_as_well(self):
        self._set_by_hand()
        self._expire()
        self._decide()
        self.assertFalse(self.customer.tier_override_id)
        self.assertFalse(self.customer.tier_id)
        before = len(self.customer.tier_change_ids)
        self._decide()
        self.assertEqual(len(self.customer.tier_change_ids), before)

    def test_tier_in_use_is_not_archived(self):
        self._create_scheme()
        with self.assertRefused("Scheme"):
            self.tier_b.active = False

    def test_tier_of_the_past_is_not_deleted(self):
        tier = self.env["crm.tier"].create({"name": "Gone"})
        self.env["crm.tier.change"].create(
            {"partner_id": self.customer.id, "new_tier_id": tier.id}
        )
        with self.assertRefused("Archive it instead", UserError):
            tier.unlink()

    def test_scheme_with_an_archived_tier_is_refused(self):
        self.tier_b.active = False
        with self.assertRefused("B is archived"):
            self._create_scheme()

    def test_archived_tier_is_not_set_by_hand(self):
        self.tier_b.active = False
        with self.assertRefused("does not exist"):
            self._set_by_hand(tier=self.tier_b)

    def test_band_is_exact_to_the_cent(self):
        for band in (7, 14, 35, 41, 47):
            scheme = self._create_scheme(
                domain=self._only(self.customer),
                method="threshold",
                border_band_percent=band,
                cut_ids=[
                    fields.Command.create({"tier_id": self.tier_a.id, "at_least": 100}),
                    fields.Command.create({"tier_id": self.tier_b.id, "at_least": 0}),
                ],
            )
            self.customer.tier_id = self.tier_a
            self._create_order(self.customer, 100 - band)
            scheme.run()
            self.assertEqual(self.customer.tier_id, self.tier_a, band)
            scheme.active = False
            self.customer.sale_order_ids._action_cancel()
            self.env["res.partner"]._follow_purchases()

    def test_forecast_counts_only_customers_that_the_caller_may_see(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self._create_customer("Foreign", company_id=other.id)
        scheme = self._create_scheme(domain=self._only(self.customer | foreign))
        rita = scheme.with_user(self.rita)
        rita.action_compare()
        lines = self.env["crm.tier.forecast"].with_user(self.rita).search([])
        self.assertEqual(sum(lines.mapped("now_count")), 1)
        self.assertEqual(sum(lines.mapped("then_count")), 1)

    def test_forecast_preview_and_run_agree_whatever_the_method(self):
        customers = self.customer | self._create_buyers(8)
        for method in ("share", "threshold", "rfm", "score"):
            with self.subTest(method):
                scheme = self._create_method_scheme(customers, method)
                scheme.action_compare()
                forecast = self.env["crm.tier.forecast"]
                forecast = forecast.search([("scheme_id", "=", scheme.id)])
                expected = forecast.filtered("then_count")
                announced = scheme.preview()["count"]
                self.assertEqual(scheme.run(), announced)
                self.assertEqual(
                    {line.tier_id: line.then_count for line in expected},
                    {
                        tier: len(found)
                        for tier, found in customers.grouped("tier_id").items()
                    },
                )
                self.assertEqual(scheme.run(), 0)
                self.assertEqual(scheme.preview()["count"], 0)
                scheme.active = False

    def _create_buyers(self, number):
        buyers = self.env["res.partner"]
        for place in range(number):
            buyer = self._create_customer(growth_potential=str(place % 5 + 1))
            self._create_orders([(buyer, 10 * place, 10 * place)] * (place % 3))
            buyers |= buyer
        return buyers

    def _create_method_scheme(self, customers, method):
        weights = {"revenue": 33.33, "orders": 33.33, "growth_potential": 33.34}
        return self._create_scheme(
            domain=self._only(customers),
            method=method,
            cut_ids=[
                fields.Command.create(
                    {"tier_id": tier.id, "share": up, "at_least": low, "points_from": n}
                )
                for tier, up, low, n in (
                    (self.tier_a, 50, 100, 12),
                    (self.tier_b, 80, 10, 6),
                    (self.tier_c, 100, 0, 0),
                )
            ],
            criterion_ids=[
                fields.Command.create({"kind": kind, "weight": weight})
                for kind, weight in weights.items()
                if method == "score"
            ],
        )

    def test_merge_leaves_no_ghosts_in_the_migration_report(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        stays = self._create_customer("Stays", user_id=self.sally.id)
        month = self.today.replace(day=1)
        earlier, later = (fields.Date.subtract(month, months=n) for n in (2, 1))
        self._enter(self.customer, self.tier_a, earlier)
        self._enter(stays, self.tier_a, earlier)
        self._enter(twin, self.tier_c, later)
        self._merge_into_customer(twin)
        rows = self.env["crm.tier.migration"]._read_group(
            [("month", "=", later), ("owner_id", "=", self.sally.id)],
            ["from_tier_id", "to_tier_id"],
            ["customer_count:sum"],
        )
        counts = {(old.name, new.name): count for old, new, count in rows}
        self.assertEqual(counts, {("A", "A"): 1, ("A", "C"): 1})

    def test_merge_with_a_tier_by_hand_ends_the_ledger_with_it(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        self._set_by_hand()
        self._enter(twin, self.tier_c, fields.Datetime.now())
        self._merge_into_customer(twin)
        self.assertEqual(self.customer.tier_id, self.tier_a)
        last = self.customer._get_latest_changes("crm.tier.change")[self.customer.id]
        self.assertEqual(last.new_tier_id, self.tier_a)

    def test_merge_takes_over_a_tier_by_hand(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        self._set_by_hand(twin)
        self.customer.tier_id = self.tier_c
        self._merge_into_customer(twin)
        self.assertEqual(self.customer.tier_override_id, self.tier_a)
        self.assertEqual(self.customer.tier_id, self.tier_a)

    def _enter(self, customer, tier, day):
        self.env["crm.tier.change"].create(
            {"partner_id": customer.id, "decided_at": day, "new_tier_id": tier.id}
        )
        customer.tier_id = tier

    def _merge_into_customer(self, twin):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | twin).ids, self.customer, extra_checks=False
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def test_decided_fields_come_in_by_no_door(self):
        partners = self.env["res.partner"].with_user(self.adam)
        with self.assertRaises(AccessError):
            partners.create({"name": "Typed", "tier_id": self.tier_a.id})
        named = {"default_tier_id": self.tier_a.id, "default_lifecycle": "loyal"}
        made = partners.with_context(**named).create({"name": "By default"})
        self.assertFalse(made.tier_id or made.lifecycle)
        self.assertFalse(partners.load(["name", "lifecycle"], [["Y", "loyal"]])["ids"])
        columns = [".id", "tier_id/.id"]
        row = [str(self.customer.id), str(self.tier_a.id)]
        self.assertFalse(partners.load(columns, [row])["ids"])
        self.customer.write({"tier_id": self.tier_a.id, "lifecycle": "loyal"})
        twin = self.customer.with_user(self.adam).copy()
        self.assertFalse(twin.tier_id or twin.lifecycle)

    def test_methods_of_others_tell_nothing_to_outsiders(self):
        for group in ("portal", "user"):
            user = new_test_user(self.env, group, groups=f"base.group_{group}")
            theirs = self.customer.with_user(user)
            for number, call in enumerate(
                (
                    lambda them=theirs: them.set_tier(
                        self.tier_a.id, "2998-01-01", "x"
                    ),
                    lambda them=theirs: them.action_refresh_segments(),
                    lambda them=theirs: them.read(["tier_reason"]),
                    lambda them=theirs: them.read(["relationship_reason"]),
                    lambda them=theirs: them.read(["playbook_guide"]),
                    lambda them=theirs: them.search([("overdue_factor", ">", 1)]),
                )
            ):
                with self.subTest((group, number)), self.assertRaises(AccessError):
                    call()
            self.assertFalse(self.customer.lost_customer_ids)

    def test_next_layer_follows_the_present_rhythm(self):
        rules = self.env["crm.lifecycle.rule"]
        rules.search([]).active = False
        common = {"start_date": self.today, "domain": self._only(self.customer)}
        dormant = {"name": "Dormant", "layer": "dormant", "silent_factor": 2}
        new = {"name": "New", "layer": "new", "orders_from": 1, "sequence": 20}
        rules.create([common | dormant, common | new])
        self._create_orders([(self.customer, 10, days) for days in (120, 80, 40, 0)])
        self._decide()
        self._create_orders([(self.customer, 10, days) for days in (30, 20, 10)])
        self._decide()
        self.assertEqual(self.customer.order_interval_days, 10)
        change = self.customer._get_latest_changes("crm.lifecycle.change")
        layer, day = self.customer._get_next_layer(change[self.customer.id])
        self.assertEqual(layer, "dormant")
        self.assertEqual(day, self.customer.last_order_on + timedelta(days=20))

    def test_new_company_is_known_at_once(self):
        companies = self.env["res.company"]
        known = companies._get_all_for_relations()
        other = companies.create({"name": "Other"})
        self.assertEqual(companies._get_all_for_relations() - known, other)
        other.active = False
        self.assertEqual(companies._get_all_for_relations(), known)
