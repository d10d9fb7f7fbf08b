from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.callback import CallbackCommon

NOW = fields.Datetime.to_datetime("2026-03-03 10:00:00")
A_YEAR = 24 * 366


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackBounds(CallbackCommon):
    """The last value that is taken, and the first that is refused."""

    def assertBounds(self, create, taken, refused, error=ValidationError):
        for values in taken:
            with self.subTest(values):
                self.assertTrue(create(**values))
        for values in refused:
            with self.subTest(values), mute_logger("odoo.sql_db"):
                with self.assertRaises(error), self.env.cr.savepoint():
                    create(**values)

    def test_the_bounds_of_a_rule(self):
        self.assertBounds(
            self._create_rule,
            [
                {"due_from_hours": 0, "due_until_hours": A_YEAR},
                {"due_from_hours": 47.5, "due_until_hours": 48},
                {"call_from": 0, "call_until": 24},
                {"sample_percent": 0.01},
                {"sample_percent": 100},
                {"attempt_limit": 1},
                {"attempt_limit": 100},
                *({name: 0} for name in self._days()),
                *({name: 3660} for name in self._days()),
            ],
            [
                {"due_until_hours": A_YEAR + 1},
                {"due_from_hours": 48, "due_until_hours": 48},
                {"call_from": -1},
                {"call_until": 24.5},
                {"call_from": 9, "call_until": 9},
                {"sample_percent": 0},
                {"sample_percent": 100.01},
                {"attempt_limit": 0},
                {"attempt_limit": 101},
                *({name: -1} for name in self._days()),
                *({name: 3661} for name in self._days()),
            ],
        )

    def _days(self):
        return ("interval_days", "rest_days", "catch_up_days")

    def test_the_bounds_of_an_outcome(self):
        def create(**values):
            outcomes = self.env["crm.callback.outcome"]
            return outcomes.create({"name": "X", "category": "I", **values})

        self.assertBounds(
            create,
            [
                {"retry_hours": 0, "attempt_limit": 0},
                {"retry_hours": A_YEAR, "attempt_limit": 100},
                *({"is_contact": True, "category": one} for one in ("P", "R", "O")),
            ],
            [
                {"retry_hours": A_YEAR + 1},
                {"attempt_limit": -1},
                {"attempt_limit": 101},
                *({"is_contact": True, "category": one} for one in ("NC", "UH", "UO")),
            ],
        )

    def test_the_bounds_of_the_settings(self):
        def write(**values):
            self.company.write(values)
            self.company.flush_recordset()
            return True

        self.assertBounds(
            write,
            [
                {"callback_reservation_minutes": 2},
                {"callback_reservation_minutes": 480},
                {"care_quiet_from": 0, "care_quiet_until": 23.98},
                {"care_quiet_from": 23.98, "care_quiet_until": 0},
            ],
            [
                {"callback_reservation_minutes": 1},
                {"callback_reservation_minutes": 481},
                *({name: 24} for name in ("care_quiet_from", "care_quiet_until")),
                *({name: -0.1} for name in ("care_quiet_from", "care_quiet_until")),
            ],
            CheckViolation,
        )

    def test_a_call_may_be_late_as_soon_as_it_may_be_made(self):
        self.assertTrue(self._create_call(due_at=NOW, deadline_at=NOW))
        with self.assertRefused("late before"):
            self._create_call(due_at="2026-03-03 10:00:01", deadline_at=NOW)

    def test_a_call_is_to_a_customer_and_to_a_person_there(self):
        other = self._create_customer("Other")
        stranger, person = (
            self._create_person(customer) for customer in (other, self.customer)
        )
        with self.assertRefused("does not belong to"):
            self._create_call(person_id=stranger.id)
        with self.assertRefused("name its contact as the person"):
            self._create_call(person)
        self.assertTrue(self._create_call(person_id=person.id))

    def test_by_hand_nobody_chooses_what_the_machine_says(self):
        rule = self._create_rule()
        values = {
            "rule_id": rule.id,
            "facts": {"code": "callback_lost"},
            "outcome_id": self._get_outcome("busy").id,
            "done_at": NOW,
            "reserved_by_id": self.ben.id,
            "reserved_until": NOW,
            "source": "rule",
            "occurred_at": "2020-01-01 00:00:00",
        }
        calls = self.calls.with_user(self.rita).create(
            [
                {
                    "partner_id": self.customer.id,
                    "purpose": name,
                    "deadline_at": "2026-03-04 10:00:00",
                }
                | values
                for name in ("One", "Two")
            ]
        )
        for call in calls.sudo():
            self.assertEqual((call.source, call.occurred_at), ("hand", NOW))
            self.assertFalse(call.rule_id or call.facts or call.outcome_id)
            self.assertFalse(call.done_at or call.reserved_by_id or call.reserved_until)

    def test_a_call_that_has_ended_is_not_dropped_again(self):
        done, opened = self._create_call(), self._create_call()
        done._end("done")
        (done + opened).with_user(self.rita).action_drop()
        self.assertEqual((done + opened).mapped("state"), ["done", "dropped"])

    def test_the_day_of_the_deadline_is_that_of_the_customers_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        other.resource_calendar_id.tz = "Asia/Shanghai"
        self.company.resource_calendar_id.tz = "America/New_York"
        deadline = "2026-03-04 17:00:00"
        here = self._create_call(deadline_at=deadline)
        self.customer.company_id = other
        there = self._create_call(deadline_at=deadline)
        days = [fields.Date.to_string(call.deadline_on) for call in (here, there)]
        # The first call follows its customer into the other company.
        self.assertEqual(days, ["2026-03-05", "2026-03-05"])
        self.customer.company_id = False
        late = self._create_call(deadline_at="2026-03-05 03:00:00")
        self.assertEqual(fields.Date.to_string(late.deadline_on), "2026-03-04")

    def test_a_rule_that_has_made_no_call_is_deleted(self):
        used, unused = self._create_rule(), self._create_rule(name="Unused")
        self._create_call(rule_id=used.id)
        unused.unlink()
        self.assertFalse(unused.exists())
        with self.assertRefused("has made callbacks already"):
            used.unlink()
