from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolRuleDate(RelationsCommon):
    """PO-2: a date that the company keeps is a clock as well, here the expected closing
    of leads; the latest one of the customer and its contacts counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Dated", user_id=cls.sally.id)
        cls.bare = cls._create_customer("Bare", user_id=cls.sally.id)
        cls._age_ownership(cls.customer | cls.bare, 100)
        cls.today = cls.company._get_relations_today()
        cls.person = cls._create_person(cls.customer)
        cls._create_dated(cls.customer, -40)
        cls._create_dated(cls.person, -20)

    @classmethod
    def _create_dated(cls, partner, days, **values):
        return cls.env["crm.lead"].create(
            {
                "name": "Contract",
                "type": "lead",
                "partner_id": partner.id,
                "date_deadline": cls.today + timedelta(days=days),
                **values,
            }
        )

    def _start(self, field="date_deadline", model="crm.lead", **values):
        names = self.env["ir.model.fields"]._get_ids(model)
        rule = self._create_pool_rule(
            clock="date",
            model_id=self.env["ir.model"]._get_id(model),
            field_id=names.get(field),
            domain=self._only(self.customer | self.bare),
            **values,
        )
        self._decide()
        return rule

    def _decide(self):
        partners = self.customer | self.bare
        partners._refresh_release_dates(partners.ids)

    def assertReleased(self, days):
        date = days is not None and self.today + timedelta(days=days)
        self.assertEqual(self.customer.pool_release_date, date)

    def test_the_latest_date_of_the_customer_and_its_contacts_counts(self):
        self._start()
        self.assertReleased(10)
        self._create_dated(self.customer, 5)
        self._decide()
        self.assertReleased(35)

    def test_who_has_no_such_date_is_not_judged(self):
        rule = self._start()
        self.assertFalse(self.bare.pool_release_date)
        judgements = self.env["crm.pool.judgement"].with_user(self.rita)
        judgements._open_for_customers(self.bare.with_user(self.rita))
        line = judgements.search([("partner_id", "=", self.bare.id)])
        self.assertEqual((line.rule_id, line.state), (rule, "exempt"))
        self.assertIn("no such date", line.why)

    def test_only_records_that_meet_the_conditions_count(self):
        self._start(source_domain=f"[('partner_id', '=', {self.customer.id})]")
        self.assertReleased(-10)

    def test_whoever_took_over_later_has_the_full_time(self):
        self._start()
        self._age_ownership(self.customer, 5)
        self._decide()
        self.assertReleased(25)
        sentence = self.customer.pool_reason["sentence"]
        self.assertIn("after its latest date", sentence)

    def test_a_moment_counts_as_the_local_day(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self._start("date_open")
        late = self.today - timedelta(days=20)
        self.env["crm.lead"].search(
            [("partner_id", "in", (self.customer | self.person).ids)]
        ).date_open = f"{late} 17:30:00"
        self.env.flush_all()
        self._decide()
        local = late + timedelta(days=1)
        self.assertEqual(self.customer.pool_release_date, local + timedelta(days=30))

    def test_a_date_of_the_customer_itself_counts(self):
        self._start("owner_since", "res.partner")
        self.assertReleased(-70)

    def test_rule_reason_and_preview_say_which_date(self):
        rule = self._start()
        self.assertIn("Expected Closing", rule.sentence)
        self.assertNotIn("partner_id", rule.sentence)
        self.assertIn("Expected Closing", self.customer.pool_reason_text)
        rule.days = 10
        preview = rule.with_user(self.rita).preview()
        self.assertEqual([row["id"] for row in preview["rows"]], self.customer.ids)
        self.assertIn("Expected Closing", preview["rows"][0]["reason"])

    def test_the_night_releases_by_it_and_the_ledger_says_why(self):
        self._start(days=10)
        self.env["crm.pool.rule"]._release_due()
        self.env.invalidate_all()
        self.assertEqual(self.customer.pool_id, self.pool)
        change = self.env["crm.ownership.change"].search(
            [("partner_id", "=", self.customer.id)], limit=1
        )
        self.assertIn("Expected Closing", change.reason)
        self.assertLess(len(self.customer.pool_reason_text), 40)
        self.assertEqual(self.bare.user_id, self.sally)

    def test_what_leads_to_nobody_or_is_no_date_is_refused(self):
        for model, field in (
            ("res.country", "create_date"),
            ("crm.lead", "name"),
            ("crm.lead", False),
        ):
            with self.subTest(model=model, field=field):
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    self._start(field, model)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._start(source_domain="[('nowhere', '=', 1)]")

    def test_a_rule_whose_field_is_gone_stops_no_other(self):
        rule = self._start()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_pool_rule SET field_id = NULL WHERE id = %s", [rule.id]
        )
        self.env.invalidate_all()
        other = self._create_pool_rule(clock="held", days=200)
        self._decide()
        self.assertEqual(self.customer.pool_rule_id, other)
        self.assertReleased(100)
