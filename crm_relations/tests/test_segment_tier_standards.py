import re
from datetime import timedelta
from pathlib import Path

from lxml import etree

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

ROOT = Path(__file__).parents[2]


@tagged("post_install", "-at_install")
class TestTierStandards(RelationsCommon):
    """SE-1: a standard that is shown does something."""

    def _get_standards(self):
        """Return the fields of a tier that say what it may expect."""
        fields_ = self.env["crm.tier"]._fields
        return [
            name
            for name, field in fields_.items()
            if field.store and field.type in ("integer", "monetary", "float")
            if name not in ("id", "sequence", "color")
        ]

    def _is_read(self, name):
        return any(
            re.search(rf"\b{name}\b", path.read_text())
            for path in ROOT.glob("crm_relations*/**/*.py")
            if path.name != "crm_tier.py" and not {"tests"} & set(path.parts)
        )

    def test_each_standard_that_is_shown_is_read_by_something(self):
        tiers = self.env["crm.tier"]
        views = self.env["ir.ui.view"].search([("model", "=", "crm.tier")])
        shown = set()
        for view in views.filtered(lambda view: not view.inherit_id):
            arch = tiers.get_view(view.id, view.type)["arch"]
            shown |= {node.get("name") for node in etree.fromstring(arch).iter("field")}
        standards = self._get_standards()
        self.assertIn("contact_interval_days", standards)
        for name in standards:
            with self.subTest(name):
                self.assertEqual(name in shown, self._is_read(name))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestVisitDue(RelationsCommon):
    """SE-1, FU-6: by when a customer is to be visited."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.tier_a.visit_interval_days = 30
        cls.visit = cls.env["crm.followup.kind"]._get_for_channel("visit")
        cls.customer = cls._create_customer(user_id=cls.sally.id, tier_id=cls.tier_a.id)
        cls._age_ownership(cls.customer, 60)

    def _get_due(self):
        return fields.Date.to_string(self.customer.visit_due_date)

    def test_last_visit_plus_the_interval_of_the_tier(self):
        self.assertEqual(self._get_due(), "2026-02-02")
        self._create_followup(self.customer, days_ago=1)
        self.assertEqual(self._get_due(), "2026-02-02")
        self._create_followup(self.customer, kind_id=self.visit.id)
        self.assertEqual(self._get_due(), "2026-04-03")
        self.customer.tier_id = self.tier_b
        self.tier_b.visit_interval_days = 0
        self.customer._refresh_contact_dates(self.customer.ids)
        self.assertFalse(self.customer.visit_due_date)

    def test_the_clock_starts_with_the_owner(self):
        self.customer.user_id = self.sam
        self.assertEqual(self._get_due(), "2026-04-03")

    def test_the_salesperson_is_reminded(self):
        day = self.env["crm.my.day"].with_user(self.sally).get_day()
        cards = {
            card["key"]: card for column in day["columns"] for card in column["cards"]
        }
        [line] = cards["visit_due"]["lines"]
        self.assertEqual((line["res_id"], line["days_left"]), (self.customer.id, -30))
        found = self.env["crm.my.day"].with_user(self.sally).open_card("visit_due")
        due = self.env["res.partner"].search(found["domain"])
        self.assertEqual(due, self.customer)

    def test_a_changed_interval_counts_soon(self):
        job = self.env.ref("crm_relations.ir_cron_contact_dates")
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([("cron_id", "=", job.id)])
        self.tier_a.visit_interval_days = 14
        after = triggers.search_count([("cron_id", "=", job.id)])
        self.assertEqual(after, before + 1)
        self.env["res.partner"]._refresh_contact_dates(self.customer.ids)
        since = self.customer.owner_since.date()
        self.assertEqual(self.customer.visit_due_date, since + timedelta(days=14))
