from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolJudgement(RelationsCommon):
    """PO-2: which rules fit, which decides, and why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.customer.tier_id = cls.tier_a
        cls._age_ownership(cls.customer, 10)
        cls.today = cls.company._get_relations_today()
        cls.general = cls._create_pool_rule(30, name="General")
        cls.special = cls._create_pool_rule(90, name="Special", tier_ids=cls.tier_a.ids)

    def _judge(self, user=None):
        partner = self.customer.with_user(user or self.sally)
        partner.action_view_recycling_rules()
        lines = self.env["crm.pool.judgement"].with_user(user or self.sally)
        lines = lines.search([("create_uid", "=", lines.env.uid)])
        return {line.rule_id: line for line in lines}

    def test_the_more_specific_one_decides_and_the_other_says_why_not(self):
        lines = self._judge()
        self.assertEqual(lines[self.special].state, "decides")
        self.assertEqual(
            lines[self.special].release_date, self.today + timedelta(days=80)
        )
        self.assertEqual(lines[self.general].state, "behind")
        self.assertEqual(
            lines[self.general].release_date, self.today + timedelta(days=20)
        )
        self.assertEqual(
            lines[self.general].why,
            "“Special” comes before “General”: it is more specific (conditions "
            "on the audience: 1 against 0).",
        )
        self.assertIn("Allowed are 30 days", lines[self.general].reason)

    def test_each_rule_has_one_line(self):
        self._create_pool_rule(60, name="Third", start_date=False)
        self._judge()
        lines = self.env["crm.pool.judgement"].search(
            [("create_uid", "=", self.sally.id)]
        )
        self.assertEqual(len(lines), len(lines.rule_id))
        self.assertEqual(len(lines), 3)

    def test_what_decides_is_what_is_stored(self):
        line = self._judge()[self.special]
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertEqual(line.release_date, self.customer.pool_release_date)
        self.assertEqual(self.customer.pool_rule_id, self.special)

    def test_exceptions_are_named(self):
        self.special.write({"exempt_ordered": True, "exempt_opportunity": True})
        self.special.exempt_domain = "[('name', '=', 'Customer')]"
        self._create_order(self.customer, 10)
        self.env["crm.lead"].create(
            {"name": "O", "type": "opportunity", "partner_id": self.customer.id}
        )
        lines = self._judge()
        self.assertEqual(lines[self.general].state, "decides")
        self.assertEqual(lines[self.special].state, "exempt")
        for words in ("has ordered", "opportunity is open", "under Exceptions"):
            self.assertIn(words, lines[self.special].why)

    def test_a_lead_keeps_nobody(self):
        self.special.exempt_opportunity = True
        self.env["crm.lead"].create(
            {"name": "L", "type": "lead", "partner_id": self.customer.id}
        )
        self.assertEqual(self._judge()[self.special].state, "decides")

    def test_a_rule_that_starts_later_waits(self):
        self.special.start_date = self.today + timedelta(days=60)
        line = self._judge()[self.special]
        self.assertEqual(line.state, "later")
        self.assertIn("until then the rules of today decide", line.why)

    def test_a_clock_that_stands_still(self):
        self.special.write({"clock": "opportunity", "start_date": False})
        self.env["crm.lead"].create(
            {"name": "O", "type": "opportunity", "partner_id": self.customer.id}
        )
        line = self._judge()[self.special]
        self.assertEqual(line.state, "decides")
        self.assertFalse(line.release_date)
        self.assertIn("stands still", line.why)

    def test_sequence_and_age_decide_among_equals(self):
        self.special.active = False
        twin = self._create_pool_rule(40, name="Twin")
        self.assertIn("the older one", self._judge()[twin].why)
        twin.sequence = 1
        self.assertIn("higher in the list", self._judge()[self.general].why)

    def test_from_a_rule_only_customers_with_several(self):
        only = self._only(self.customer)
        (self.general | self.special).domain = only
        (self.general | self.special).start_date = False
        self.general.with_user(self.rita).action_view_conflicts()
        lines = self.env["crm.pool.judgement"].search(
            [("create_uid", "=", self.rita.id)]
        )
        self.assertEqual(lines.partner_id, self.customer)
        self.assertEqual(lines.rule_id, self.general | self.special)
        self.special.active = False
        self.general.with_user(self.rita).action_view_conflicts()
        lines = lines.search([("create_uid", "=", self.rita.id)])
        self.assertFalse(lines)

    def test_one_person_does_not_see_what_another_asked(self):
        self._judge()
        lines = self.env["crm.pool.judgement"].with_user(self.sam)
        self.assertFalse(lines.search([]))

    def test_the_form_says_on_a_click_how_many_would_leave_now(self):
        """At a million customers, deciding all dates would take as long as the night
        does: not to open a form."""
        self._age_ownership(self.customer, 100)
        (self.general | self.special).write(
            {"domain": self._only(self.customer), "start_date": False}
        )
        self.assertEqual(self.special.preview()["count"], 1)
        self.assertEqual(self.general.preview()["count"], 0)
        form = self.special.get_view(view_type="form")
        spec = {name: {} for name in form["models"]["crm.pool.rule"]}
        runs = "odoo.addons.crm_relations.models.rule.crm_rule_mixin_runs"
        with (
            patch(f"{runs}.MOST_AT_ONCE", -1),
            patch.object(
                type(self.special), "_get_dates_sql", side_effect=AssertionError
            ),
        ):
            self.special.web_read(spec)
