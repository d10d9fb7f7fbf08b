from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolRuleClock(RelationsCommon):
    """PO-2, PO-3: what each clock waits for, and that its date follows at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls._age_ownership(cls.customer, 100)
        cls.today = cls.company._get_relations_today()

    def _start(self, clock, days=30, **values):
        rule = self._create_pool_rule(days, clock=clock, **values)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        return rule

    def _in_days(self, days):
        return self.today + timedelta(days=days)

    def _create_opportunity(self, **values):
        values = {
            "name": "O",
            "type": "opportunity",
            "partner_id": self.customer.id,
        } | values
        return self.env["crm.lead"].create(values)

    def assertReleased(self, days):
        date = days is not None and self._in_days(days)
        self.assertEqual(self.customer.pool_release_date, date)

    def test_an_open_opportunity_stops_the_clock_and_a_lost_one_restarts_it(self):
        self._start("opportunity")
        self.assertReleased(-70)
        opportunity = self._create_opportunity()
        self.assertReleased(None)
        opportunity.action_set_lost()
        self.assertReleased(30)
        opportunity.unlink()
        self.assertReleased(-70)

    def test_of_several_opportunities_the_one_that_moved_last_counts(self):
        self._start("opportunity")
        days = {"early": (90, 40), "late": (80, 10), "brief": (20, 15)}
        for name, (opened, closed) in days.items():
            opportunity = self._create_opportunity(name=name)
            opportunity.action_set_lost()
            opportunity.date_closed = fields.Datetime.now() - timedelta(days=closed)
            self._set_create_date(opportunity, opened)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertReleased(20)

    def test_an_opportunity_that_was_never_closed_counts_from_its_opening(self):
        self._start("opportunity")
        opportunity = self._create_opportunity()
        opportunity.action_archive()
        opportunity.date_closed = False
        self._set_create_date(opportunity, 10)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertReleased(20)

    def _set_create_date(self, lead, days_ago):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(days=days_ago), lead.id],
        )
        self.env.invalidate_all()

    def test_an_opportunity_counts_where_it_moves(self):
        self._start("opportunity")
        other = self._create_customer("Other", user_id=self.sally.id)
        person = self._create_person(other)
        opportunity = self._create_opportunity()
        opportunity.partner_id = person
        self.assertReleased(-70)
        self.assertFalse(other.pool_release_date)
        opportunity.partner_id = self.customer
        self.assertReleased(None)
        self.assertEqual(other.pool_release_date, self._in_days(30))

    def test_a_lead_is_no_opportunity(self):
        self._start("opportunity")
        lead = self._create_opportunity(type="lead")
        self.assertReleased(-70)
        lead.type = "opportunity"
        self.assertReleased(None)

    def test_an_order_confirmed_moved_and_cancelled(self):
        self._start("order")
        order = self._create_order(self.customer, 10, days_ago=4, confirm=False)
        self.assertReleased(-70)
        order.action_confirm()
        self.env["res.partner"]._follow_purchases()
        self.assertReleased(30)
        order.date_order = fields.Datetime.now() - timedelta(days=10)
        self.env["res.partner"]._follow_purchases()
        self.assertReleased(20)
        other = self._create_customer("Other", user_id=self.sally.id)
        order.partner_id = other
        self.env["res.partner"]._follow_purchases()
        self.assertReleased(-70)
        order.partner_id = self.customer
        order._action_cancel()
        self.env["res.partner"]._follow_purchases()
        self.assertReleased(-70)

    def test_repurchase_judges_only_who_has_ordered(self):
        self._start("repurchase", 20)
        self.assertReleased(None)
        order = self._create_order(self.customer, 10, days_ago=5)
        self.assertReleased(15)
        self._age_ownership(self.customer, 2)
        self.assertReleased(18)
        order._action_cancel()
        self.env["res.partner"]._follow_purchases()
        self.assertReleased(None)

    def test_nothing_but_a_new_owner_moves_the_longest_holding(self):
        self._start("held", 120)
        self._create_followup(self.customer)
        self._create_order(self.customer, 10)
        self.assertReleased(20)
        self.customer.user_id = self.sam
        self.assertReleased(120)

    def test_back_from_the_archive_it_has_its_full_time(self):
        self._start("followup")
        self.customer.active = False
        self.customer.active = True
        self.assertReleased(30)
        self._age_ownership(self.customer, 100)
        self.customer.active = True  # was not away
        self.assertReleased(-70)

    def test_a_new_team_of_the_owner_brings_its_rule(self):
        rule = self._start("followup", team_ids=self.south.ids)
        self.assertFalse(self.customer.pool_rule_id)
        self.north.member_ids -= self.sally
        self.south.member_ids |= self.sally
        self.assertEqual(self.customer.pool_rule_id, rule)

    def test_a_merged_customer_brings_its_opportunity(self):
        self._start("opportunity")
        other = self._create_customer("Other")
        self._create_opportunity(partner_id=other.id)
        self.assertReleased(-70)
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            [self.customer.id, other.id], self.customer
        )
        self.assertReleased(None)

    def test_each_reason_names_its_clock(self):
        self._create_order(self.customer, 10, days_ago=5)
        for clock, words in [
            ("opportunity", "has had no opportunity since taking over"),
            ("order", "The last order was on"),
            ("repurchase", "has not ordered again since"),
            ("held", "has had the customer since"),
        ]:
            rule = self._start(clock, day_kind="working")
            sentence = self.customer.pool_reason["sentence"]
            self.assertIn(words, sentence)
            self.assertIn("Allowed are 30 working days", sentence)
            rule.unlink()
            self.customer.invalidate_recordset(["pool_reason"])

    def test_the_ledger_names_the_clock_as_well(self):
        self._start("held")
        self.env["crm.pool.rule"]._release_due()
        self.assertIn("Held since", self.customer.pool_reason_text)

    def test_many_confirmed_orders_cost_one_query_on_dates(self):
        """PO-3: no cost for each customer of an import."""
        self._start("order")
        customers = self._create_many(30)
        orders = self.env["sale.order"].create(
            [{"partner_id": customer.id} for customer in customers]
        )
        few, many = orders[:2], orders[2:]
        few.partner_id._refresh_purchases()  # warm
        one, more = (
            self._count_statements(some.partner_id._refresh_purchases, unread=True)
            for some in (few, many)
        )
        self.assertEqual(more, one)

    def test_without_a_rule_on_orders_a_confirmation_decides_no_date(self):
        """Odoo's confirmation pays for what is used only."""
        self._start("followup")
        order = self._create_order(self.customer, 10, confirm=False)
        order.partner_id._refresh_purchases()
        without = self._count_statements(order.partner_id._refresh_purchases)
        self._start("order")
        order.partner_id._refresh_purchases()
        within = self._count_statements(order.partner_id._refresh_purchases)
        self.assertGreater(within, without)

    def _create_many(self, count):
        return self._create_customers(count, user_id=self.sally.id)

    def test_many_opportunities_lost_cost_as_much_as_few(self):
        self._start("opportunity")
        leads = self.env["crm.lead"].create(
            [
                {"name": "O", "type": "opportunity", "partner_id": customer.id}
                for customer in self._create_many(20)
            ]
        )
        self.env.flush_all()
        dates = self._count_dates(lambda: leads[:2].write({"active": False}))
        self.assertEqual(dates, 1)
        dates = self._count_dates(lambda: leads[2:].write({"active": False}))
        self.assertEqual(dates, 1)

    def _count_dates(self, function):
        """Return how often release dates are decided."""
        calls = []
        rules = type(self.env["crm.pool.rule"])
        decide = rules._get_release_dates
        self.patch(
            rules,
            "_get_release_dates",
            lambda rule, ids: calls.append(ids) or decide(rule, ids),
        )
        function()
        self.env.flush_all()
        return len(calls)

    def test_a_changed_rule_starts_tomorrow_unless_told_otherwise(self):
        rule = self._start("followup")
        rule.days = 20
        self.assertEqual(rule.start_date, fields.Date.today() + timedelta(days=1))
        rule.write({"days": 10, "start_date": self.today})
        self.assertEqual(rule.start_date, self.today)
        rule.name = "Other name"
        self.assertEqual(rule.start_date, self.today)

    def test_the_sentence_follows_the_form(self):
        rule = self._start("repurchase", 12, day_kind="working", skip_leave=True)
        rule.exempt_opportunity = rule.block_quotation = True
        self.assertIn("who have ordered and not again", rule.sentence)
        self.assertIn("12 working days (leave not counted)", rule.sentence)
        self.assertIn("Left alone: customers with an open opp", rule.sentence)
        self.assertIn("Kept longer by an open quotation", rule.sentence)
