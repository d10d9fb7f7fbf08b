from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 12:00:00")
class TestRecyclingWords(RelationsCommon):
    """PO-2: why a customer leaves, clock by clock, in a sentence and in a few words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls._age_ownership(cls.customer, 20)  # since February 12th
        cls.today = cls.company._get_relations_today()

    def _start(self, clock, days=30, **values):
        self.env["crm.pool.rule"].search([]).active = False
        rule = self._create_pool_rule(
            days, clock=clock, domain=self._only(self.customer), **values
        )
        self._decide()
        return rule

    def _decide(self):
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.env.invalidate_all()

    def assertSaid(self, sentence, brief, released):
        facts = self.customer.pool_release_facts
        self.assertIn(sentence, self.customer.pool_reason["sentence"])
        self.assertEqual(self.customer.pool_reason_text, brief)
        reasons = self.env["crm.reason"]
        past = {**facts, "clock": facts["code"], "code": "pool_released"}
        self.assertIn(released, reasons._get_sentence(past))

    def test_followed_up_by_nobody_before_and_since_the_owner_came(self):
        self._start("followup")
        self.assertSaid(
            "Sally has not followed up since taking over on Feb 12, 2026.",
            "No follow-up since Feb 12, 2026",
            "Sally had not followed up since taking over on Feb 12, 2026; 30 days",
        )
        self._create_followup(self.customer, days_ago=25)
        self._decide()
        self.assertSaid(
            "since Feb 12, 2026, after its last follow-up on Feb 7, 2026.",
            "No follow-up since Feb 12, 2026",
            "Sally had not followed up since taking over on Feb 12, 2026; 30 days",
        )
        self._create_followup(self.customer, days_ago=5)
        self._decide()
        self.assertSaid(
            "The last follow-up was on Feb 27, 2026, Sally is the salesperson.",
            "No follow-up since Feb 27, 2026",
            "Sally had not followed up since Feb 27, 2026; 30 days",
        )

    def test_orders_of_before_and_since_the_owner_came(self):
        self._start("order")
        none = "Sally has had no order since taking over on Feb 12, 2026."
        brief = "No order since Feb 12, 2026"
        past = "Sally had had no order since Feb 12, 2026"
        self.assertSaid(none, brief, past)
        self._create_order(self.customer, 10, days_ago=25)
        self._decide()
        self.assertSaid(none, brief, past)
        self._create_order(self.customer, 10, days_ago=5)
        self._decide()
        self.assertSaid(
            "The last order was on Feb 27, 2026, Sally is the salesperson.",
            "No order since Feb 27, 2026",
            "Sally had had no order since Feb 27, 2026",
        )

    def test_repurchases_of_before_and_since_the_owner_came(self):
        self._create_order(self.customer, 10, days_ago=25)
        self._start("repurchase")
        self.assertSaid(
            "since Feb 12, 2026, after its last order on Feb 7, 2026.",
            "No repurchase since Feb 12, 2026",
            "had not ordered again since Feb 12, 2026",
        )
        self._create_order(self.customer, 10, days_ago=5)
        self._decide()
        self.assertSaid(
            "The customer has not ordered again since Feb 27, 2026, Sally",
            "No repurchase since Feb 27, 2026",
            "had not ordered again since Feb 27, 2026",
        )

    def test_opportunities_of_before_and_since_the_owner_came(self):
        self._start("opportunity")
        none = "Sally has had no opportunity since taking over on Feb 12, 2026."
        self.assertSaid(
            none,
            "No opportunity since Feb 12, 2026",
            "Sally had had no opportunity since Feb 12, 2026",
        )
        values = {"type": "opportunity", "partner_id": self.customer.id}
        lead = self.env["crm.lead"].create({"name": "O", **values})
        lead.action_set_lost()
        self._decide()
        # By the clock of the database.
        day = self.env.user._tell_day(self.customer.pool_release_facts["event"])
        self.assertSaid(
            f"The last opportunity was opened or closed on {day} and none is open, S",
            f"No opportunity since {day}",
            f"Sally had had no opportunity since {day}",
        )
        lead.unlink()
        self._decide()
        self.assertIn(none, self.customer.pool_reason["sentence"])

    def test_the_longest_holding(self):
        self._start("held")
        self._create_followup(self.customer, days_ago=5)
        self.assertSaid(
            "Sally has had the customer since Feb 12, 2026.",
            "Held since Feb 12, 2026",
            "Sally had had the customer since Feb 12, 2026; 30 days",
        )

    def test_until_when_and_what_has_moved_the_day(self):
        self._start("held")
        sentence = self.customer.pool_reason["sentence"]
        self.assertIn("Allowed are 30 days: on Mar 14, 2026", sentence)
        self.assertNotIn("by agreement", sentence)
        self.customer.pool_kept_until = "2026-03-14"
        self._decide()
        self.assertNotIn("by agreement", self.customer.pool_reason["sentence"])
        self.customer.pool_kept_until = "2026-03-15"
        self._decide()
        sentence = self.customer.pool_reason["sentence"]
        self.assertIn("on Mar 15, 2026 the customer goes", sentence)
        self.assertIn("Until Mar 15, 2026 it is kept by agreement.", sentence)

    def test_days_of_leave_are_told_where_there_are_any(self):
        sentence = self.env["crm.reason"]._get_sentence
        facts = {"code": "pool_held", "user": self.sally.id, "owned": "2026-02-12"}
        self.assertIn("leave that do not count: 3", sentence({**facts, "leave": 3}))
        self.assertNotIn("leave", sentence({**facts, "leave": 0}))

    def test_the_figures_name_what_the_clock_waits_for(self):
        self._create_order(self.customer, 10, days_ago=5)
        self._create_followup(self.customer, days_ago=6)
        for clock, label, day in (
            ("followup", "Last follow-up", "Feb 26, 2026"),
            ("order", "Last order", "Feb 27, 2026"),
            ("repurchase", "Last order", "Feb 27, 2026"),
            ("held", "Salesperson since", "Feb 12, 2026"),
        ):
            self._start(clock)
            figures = self.customer.pool_reason["figures"]
            with self.subTest(clock):
                self.assertEqual(figures[0], [label, day])
                self.assertEqual(figures[-1][0], "Release date")

    def test_what_was_released_keeps_the_figures_of_its_clock(self):
        figures = self.env["crm.reason"]._get_figures
        facts = {"code": "pool_released", "event": "2026-02-27", "days": 30}
        for clock, label in (
            ("pool_order", "Last order"),
            ("pool_repurchase", "Last order"),
            ("pool_opportunity", "Last opportunity opened or closed"),
            ("pool_held", "Salesperson since"),
            (None, "Last follow-up"),
        ):
            with self.subTest(clock):
                self.assertEqual(figures({**facts, "clock": clock})[0][0], label)

    def test_the_time_left_counts_nights(self):
        tell = self.env["res.partner"]._tell_days
        self.assertEqual(
            [tell(days) for days in (-1, 0, 1, 2)],
            ["tonight", "tonight", "tomorrow", "in 2 days"],
        )

    def test_without_rule_and_pool_there_is_nothing_to_say(self):
        self.env["crm.pool.rule"].search([]).active = False
        self._decide()
        self.assertFalse(self.customer.pool_reason)
        self.assertFalse(self.customer.pool_reason_text)

    def test_the_sentence_of_a_rule_names_days_and_who_is_left_alone(self):
        rule = self._start("order", 12)
        rule.write(dict.fromkeys(rule._get_block_fields(), False))
        self.assertIn("without an order for 12 days go to", rule.sentence)
        self.assertNotIn("Left alone", rule.sentence)
        self.assertNotIn("Kept longer", rule.sentence)
        rule.skip_leave = True
        self.assertIn("12 days (leave not counted)", rule.sentence)
        rule.write({"skip_leave": False, "day_kind": "working", "clock": "held"})
        self.assertIn("12 working days after they came", rule.sentence)
        rule.clock = "opportunity"
        self.assertIn("without an open or new opportunity for", rule.sentence)
        rule.exempt_tier_ids = self.tier_a
        rule.exempt_ordered = True
        rule.exempt_domain = "[('city', '=', 'Leeds')]"
        for words in (
            f"tier {self.tier_a.name}",
            "customers who have ordered",
            "those under Exceptions",
        ):
            self.assertIn(words, rule.sentence)

    def test_a_tier_that_is_excepted_is_left_alone(self):
        rule = self._start("held", exempt_tier_ids=self.tier_a.ids)
        self.assertEqual(self.customer.pool_rule_id, rule)
        self.customer.tier_id = self.tier_a
        self._decide()
        self.assertFalse(self.customer.pool_rule_id)
        self.customer.with_user(self.sally).action_view_recycling_rules()
        line = self.env["crm.pool.judgement"].search([("rule_id", "=", rule.id)])
        self.assertEqual(line.state, "exempt")
        self.assertIn("its tier is excepted", line.why)

    def test_who_has_never_ordered_is_left_alone_by_a_repurchase(self):
        rule = self._start("repurchase")
        self.customer.with_user(self.sally).action_view_recycling_rules()
        line = self.env["crm.pool.judgement"].search([("rule_id", "=", rule.id)])
        self.assertIn("it has never ordered", line.why)

    def test_a_rule_of_the_own_company_comes_before_a_more_specific_one(self):
        special = self._start("held", exempt_tier_ids=False, tier_ids=self.tier_a.ids)
        self.customer.tier_id = self.tier_a
        self.customer.relation_company_id = self.company
        own = self._create_pool_rule(
            50, company_id=self.company.id, domain="[]", name="Own"
        )
        self._decide()
        self.assertEqual(self.customer.pool_rule_id, own)
        self.customer.with_user(self.sally).action_view_recycling_rules()
        line = self.env["crm.pool.judgement"].search([("rule_id", "=", special.id)])
        self.assertIn("a rule of the customer's own company", line.why)

    def test_days_and_exceptions_are_checked(self):
        rule = self._start("held")
        for values, message in (
            ({"days": 0}, "for one day at least"),
            ({"days": 3651}, "for one day at least"),
            ({"exempt_domain": "[('nothing', '=', 1)]"}, "cannot be read"),
        ):
            with self.subTest(values), self.assertRefused(message, ValidationError):
                rule.write(values)
        rule.days = 3650
        rule.days = 1

    def test_a_rule_and_its_pool_are_of_one_company_and_in_use(self):
        rule = self._start("held")
        east = self.env["res.company"].create({"name": "East"})
        pool = self.env["crm.pool"].create({"name": "East", "company_id": east.id})
        with self.assertRefused("choose the same company", ValidationError):
            rule.pool_id = pool
        rule.write({"pool_id": pool.id, "company_id": east.id})
        with self.assertRefused("archive the rule first", ValidationError):
            pool.active = False
        gone = self.env["crm.pool"].create({"name": "Gone", "active": False})
        with self.assertRefused("is archived", ValidationError):
            rule.pool_id = gone
        rule.active = False
        rule.pool_id = gone
