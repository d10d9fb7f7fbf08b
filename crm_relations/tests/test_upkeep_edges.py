from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestUpkeepEdges(RelationsCommon):
    """AR-8 on its days, for people and customers who are gone, of two companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.custodian.rule"].search([]).active = False
        cls.tier_a.review_interval_days = 90
        cls.today = cls.company._get_relations_today()
        cls.customer = cls._create_customer(
            "Great Wall", user_id=cls.sally.id, tier_id=cls.tier_a.id
        )
        cls.rule = cls._create_rule(cls.carl, adds_activity=True)
        cls.upkeeps = cls.env["crm.archive.upkeep"]

    @classmethod
    def _create_rule(cls, person, **values):
        return cls.env["crm.custodian.rule"].create(
            {
                **{"name": person.name, "custodian_id": person.id},
                **{"start_date": cls.today, **values},
            }
        )

    def _make(self, days, customer=None):
        """Return the upkeep of a customer that was never verified, its review due in
        so many days."""
        customer = customer or self.customer
        self.upkeeps._refresh(customer.ids)
        upkeep = customer.upkeep_ids
        upkeep.since = self.today + timedelta(days=days - 90)
        self.upkeeps._refresh(customer.ids)
        self.env.invalidate_all()
        self.assertEqual(upkeep.review_due, self.today + timedelta(days=days))
        return upkeep

    def test_a_review_that_is_due_today_is_not_late(self):
        upkeep = self._make(0)
        mine = [("id", "=", upkeep.id)]
        self.assertFalse(upkeep.is_overdue)
        self.assertFalse(self.upkeeps.search([*mine, ("is_overdue", "=", True)]))
        self.assertEqual(
            self.upkeeps.search([*mine, ("is_overdue", "=", False)]), upkeep
        )

    def test_an_activity_is_planned_the_day_after(self):
        upkeep = self._make(0)
        self.assertEqual(upkeep.activity_on, self.today + timedelta(days=1))
        self.upkeeps._plan_batch()
        self.assertFalse(upkeep.activity_id)

    def test_what_is_late_already_is_planned_for_today(self):
        upkeep = self._make(-10)
        self.upkeeps._plan_batch()
        self.assertEqual(upkeep.activity_id.date_deadline, self.today)

    def test_nothing_is_planned_for_a_custodian_who_left(self):
        upkeep = self._make(-10)
        self.carl.active = False
        self.upkeeps._plan_batch()
        self.assertFalse(upkeep.activity_id)

    @freeze_time("2026-03-02 08:00:00")
    def test_the_day_comes_where_the_company_is(self):
        """In Honolulu it is still the day before."""
        west = self.env["res.company"].create({"name": "West"})
        west.resource_calendar_id = west.resource_calendar_id.copy()
        west.resource_calendar_id.tz = "Pacific/Honolulu"
        there = self._create_customer(
            "There", tier_id=self.tier_a.id, company_id=west.id
        )
        upkeep = self._make(-1, there)
        self.assertEqual(upkeep.custodian_id, self.carl)
        self.assertEqual(upkeep.activity_on, self.today)
        self.upkeeps._plan_batch()
        self.assertFalse(upkeep.activity_id)
        with freeze_time("2026-03-02 12:00:00"):
            self.upkeeps._plan_batch()
        self.assertTrue(upkeep.activity_id)

    def test_rules_of_the_company_come_before_those_of_all(self):
        self.rule.sequence = 1
        own = self._create_rule(self.max, sequence=2, company_id=self.company.id)
        self.customer.company_id = self.company
        self.upkeeps._refresh(self.customer.ids)
        self.assertEqual(self.customer.upkeep_ids.rule_id, own)

    def test_an_archived_customer_gets_no_custodian(self):
        gone = self._create_customer("Gone", tier_id=self.tier_a.id, active=False)
        gone.upkeep_ids.unlink()
        self.upkeeps._refresh(gone.ids)
        self.assertFalse(self.upkeeps.search([("partner_id", "=", gone.id)]))

    def test_who_reads_no_changes_counts_none(self):
        upkeep = self._make(5)
        model = self.env["ir.model"]._get_id("crm.archive.change")
        self.assertGreaterEqual(upkeep.with_user(self.carl).change_count, 0)
        self.env["ir.model.access"].search([("model_id", "=", model)]).unlink()
        self.env.invalidate_all()
        self.assertEqual(upkeep.with_user(self.carl).change_count, 0)
