from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestFollowupEdges(RelationsCommon):
    """FU-1, FU-2, FU-4, FU-5: what clients send, and what nobody would type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.customer = cls._create_customer("Mine", user_id=cls.sally.id)
        cls.other = cls._create_customer("Other", user_id=cls.sam.id)

    def _log_call(self, number="+8613800138000", user=None, **values):
        values = {
            "direction": "in",
            "started_at": "2026-03-02T09:30:00Z",
            "duration_seconds": 61,
        } | values
        followups = self.env["crm.followup"].with_user(user or self.sally)
        return followups.browse(followups.log_call(number, **values))

    def _check_in(self, user=None, **values):
        values = {"latitude": 31.0, "longitude": 121.0, "accuracy_m": 5} | values
        values.setdefault("partner_id", self.customer.id)
        visits = self.env["crm.followup"].with_user(user or self.sally)
        return visits.browse(visits.check_in(**values))

    def _create(self, **values):
        followups = self.env["crm.followup"].with_user(self.sally)
        return followups.create(
            {"partner_id": self.customer.id, "purpose": "Talk"} | values
        )

    def test_an_empty_id_of_a_call_is_none(self):
        """FU-4"""
        for call_id in ("", "   ", None, False):
            with self.subTest(call_id):
                first = self._log_call(call_id=call_id)
                self.assertNotEqual(first, self._log_call(call_id=call_id))
        self.assertEqual(self._log_call(call_id=0), self._log_call(call_id=0))

    def test_what_no_database_can_keep_is_refused(self):
        """FU-4"""
        for values in (
            {"call_id": "a\0b"},
            {"call_id": "x" * 201},
            {"call_id": ["a"]},
            {"user_login": "a\0"},
            {"recording_url": "https://example.com/\0"},
            {"started_at": "0001-01-01"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._log_call(**values)

    def test_an_extension_belongs_to_no_number(self):
        """FU-4"""
        for number in (
            *("010-88889999转801", "+86 10 8888 9999 ext. 12", "01088889999,,12"),
            *("010 8888 9999 x5", "010-88889999#12", "010-88889999 分机 12"),
        ):
            with self.subTest(number):
                self.assertEqual(self._log_call(number).call_number, "+861088889999")
        self.assertEqual(self._log_call("8001").call_number, "8001")

    def test_the_companies_a_client_names_are_asked_for(self):
        """FU-4: a caller of one company reaches no customer of another."""
        other = self.env["res.company"].create({"name": "Other"})
        self._create_customer("There", phone="13800138000", company_id=other.id)
        calls = self.env["crm.followup"].with_user(self.sally)
        with self.assertRaises(AccessError):
            calls.with_context(allowed_company_ids=other.ids).log_call(
                "13800138000", "in", "2026-03-02T09:30:00Z", 60
            )

    def test_evidence_is_deleted_by_managers_only(self):
        """FU-2"""
        for measured in (self._log_call(), self._check_in()):
            with self.assertRefused("evidence", UserError):
                measured.unlink()
            measured.with_user(self.max).unlink()
            self.assertFalse(measured.exists())
        self._create().unlink()

    def test_whose_it_is_follows_and_is_not_written(self):
        """FU-1"""
        followup = self._create()
        for name in ("customer_id", "company_id"):
            with self.subTest(name), self.assertRaises(AccessError):
                followup.write({name: self.other.id})

    def test_a_deal_of_another_customer_is_refused(self):
        """FU-1"""
        deal = self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "partner_id": self.other.id}
        )
        with self.assertRefused("another customer"):
            self._create(opportunity_id=deal.id)
        followup = self._create(partner_id=self.other.id, opportunity_id=deal.id)
        followup.partner_id = self.customer
        self.assertFalse(followup.opportunity_id)

    def test_done_by_a_colleague(self):
        """FU-1"""
        portal = new_test_user(self.env, "portal4", groups="base.group_portal")
        with self.assertRefused("by a colleague"):
            self._create(user_id=portal.id)

    def test_minutes_and_moments_have_bounds(self):
        """FU-1: one of two thousand million minutes would break all sums."""
        with self.assertRefused("minutes at most"):
            self._create(duration_minutes=2**31 - 1)
        with self.assertRefused("year 1900"):
            self._create(date=datetime(1, 1, 1))

    def test_the_next_step_may_be_on_the_same_local_day(self):
        """FU-1: in the evening it is the next day already in UTC."""
        self.sally.tz = "America/Los_Angeles"
        evening = datetime(2026, 3, 2, 2)  # six in the evening of the first
        followup = self._create(date=evening, next_step="Call", next_date="2026-03-01")
        self.assertEqual(followup.activity_id.date_deadline.day, 1)
        self.sally.tz = "Asia/Shanghai"
        with self.assertRefused("before the contact"):
            self._create(date=evening, next_step="Call", next_date="2026-03-01")

    def test_weights_are_numbers(self):
        """FU-2"""
        for weight in (float("nan"), float("inf"), -1, 1001):
            with (
                self.subTest(weight),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.call.weight = weight
                self.env.flush_all()

    def test_an_interval_ends_before_the_calendar_does(self):
        """FU-6"""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.tier_a.contact_interval_days = 2**31 - 1
            self.env.flush_all()

    def test_anything_may_come_from_a_device(self):
        """FU-5"""
        for partner_id in ("7", "x", [1, 2], True, None, {}):
            with self.subTest(partner_id), self.assertRaises(UserError):
                self._check_in(partner_id=partner_id)
        mine = self.customer.with_user(self.sally)
        for position in (None, {}, [], "here", {"latitude": 1}):
            with self.subTest(position), self.assertRaises(ValidationError):
                mine.check_in_here(position)
            with self.subTest(position), self.assertRaises(ValidationError):
                self.env["crm.visit.nearby"].with_user(self.sally).open_here(position)
        extra = {"latitude": 31.0, "longitude": 121.0, "accuracy_m": 5, "altitude": 9}
        self.assertTrue(mine.check_in_here(extra)["res_id"])

    def test_a_reason_is_text(self):
        """FU-5"""
        self.customer.write({"partner_latitude": 40.0, "partner_longitude": 116.0})
        visit = self._check_in(reason=5)
        self.assertEqual(visit.out_of_range_reason, "5")

    def test_who_ends_the_visit_of_a_colleague_was_not_there(self):
        """FU-5"""
        self.customer.write({"partner_latitude": 31.0, "partner_longitude": 121.0})
        visit = self._check_in()
        self.assertEqual(visit.visit_result, "verified")
        visit.with_user(self.max).check_out(31.0, 121.0, 5)
        self.assertEqual(visit.visit_result, "incomplete")
        self.assertFalse(visit.is_check_out_located)
