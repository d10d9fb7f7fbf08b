from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common.act import ActCommon


class ActTourCase(ActCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.due = cls._create_customer("Tour Due", user_id=cls.sally.id)
        cls.steps = cls._create_customer("Tour Steps", user_id=cls.sally.id)
        cls.cared = cls._create_customer("Tour Care", user_id=cls.sally.id)
        cls.leaving = cls._create_customer("Tour Leaving", user_id=cls.sally.id)
        cls.due.tier_id = cls.tier_a
        cls._age_ownership(cls.due | cls.leaving, 25)
        cls._create_pool_rule(30, domain=cls._only(cls.leaving))
        cls.env["res.partner"]._refresh_release_dates(cls.leaving.ids)
        cls.env["res.partner"]._refresh_contact_dates(cls.due.ids)
        # Only those of the tour: a card shows three lines.
        cls.customer.user_id = False

    def _prepare_morning(self):
        step = self._plan(record=self.steps)
        rule = self.env["crm.care.rule"].create(
            {"name": "Birthday", "start_date": "2020-01-01"}
        )
        task = self.env["crm.care.task"].create(
            {
                "rule_id": rule.id,
                "partner_id": self.cared.id,
                "occasion": "1",
                "occasion_date": self.today,
                "due_at": fields.Datetime.now() - timedelta(hours=1),
                "user_id": self.sally.id,
            }
        )
        self.env["crm.care.dispatch"]._dispatch_batch()
        return step, task

    def _check_morning(self):
        step, task = self._prepare_morning()
        self.start_tour("/odoo/my-day", "crm_relations_morning", login="sally")
        self.assertEqual(step.date_deadline, self.today + timedelta(days=1))
        self.assertEqual(self.due.followup_ids.purpose, "Asked about the delivery")
        self.assertEqual((task.state, task.result), ("done", "They were glad"))
        self.assertEqual(len(self.cared.followup_ids), 1)
        self.assertEqual(self.leaving.stay_ids.state, "requested")

    def _check_approvals(self, login):
        self.leaving.with_user(self.sally).pool_extend("The tender is decided")
        self.start_tour("/odoo/my-day", "crm_relations_leader_decides", login=login)
        self.assertRecordValues(
            self.leaving.stay_ids,
            [
                {
                    "state": "refused",
                    "refusal_reason": "Nobody has called them for a year",
                }
            ],
        )

    def _check_proposals(self):
        proposals = self.env["crm.archive.proposal"].with_user(self.sam)
        taken, refused = proposals.create(
            [
                {"partner_id": one.id, "field_name": "city", "new_value": "Nanjing"}
                for one in (self.due, self.steps)
            ]
        )
        self.start_tour("/odoo/my-day", "crm_relations_custodian_decides", login="carl")
        self.assertEqual((self.due.city, self.steps.city), ("Nanjing", False))
        self.assertEqual((taken.state, refused.state), ("approved", "refused"))


@tagged("post_install", "-at_install")
class TestActTour(ActTourCase):
    def test_the_morning_of_a_salesperson(self):
        self._check_morning()

    def test_the_leader_decides(self):
        self._check_approvals("max")

    def test_the_custodian_decides(self):
        self._check_proposals()


@tagged("post_install", "-at_install")
class TestActTourPhone(ActTourCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_the_morning_on_a_phone(self):
        self._check_morning()

    def test_the_leader_decides_on_a_phone(self):
        self._check_approvals("max")

    def test_the_relations_manager_decides_on_a_phone(self):
        """Whom no leader answers for."""
        self.north.user_id = False
        self._check_approvals("rita")

    def test_the_custodian_decides_on_a_phone(self):
        self._check_proposals()

    def test_who_is_about_to_leave_on_a_phone(self):
        self.start_tour(
            "/odoo/about-to-leave", "crm_relations_phone_lists", login="sally"
        )
        self.assertEqual(self.leaving.followup_ids.purpose, "They stay")
