from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from .common.care import CareCommon

# Two in the night of May 7 in Shanghai, and still May 6 for the company.
NIGHT = "2026-05-06 18:00:00"
THERE = date(2026, 5, 7)


@tagged("post_install", "-at_install")
@freeze_time(NIGHT)
class TestLocalDays(CareCommon):
    """An activity is due on a day of whoever does it, not of server or company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.sally + cls.max).tz = "Asia/Shanghai"

    def test_care_a_day_after_an_event_is_due_on_the_day_it_comes_up(self):
        for values in (
            {},
            {"limit_number": 1, "limit_unit": "hours", "limit_working": False},
        ):
            with self.subTest(values):
                task = self._open(**values)
                self.assertEqual(task.activity_id.date_deadline, THERE)
                self.assertEqual(task.activity_id.with_user(self.sally).state, "today")

    def test_care_without_a_limit_is_late_when_the_day_is_over_there(self):
        self.assertEqual(self._open().deadline_at, datetime(2026, 5, 7, 16))

    def test_the_warning_of_late_care_is_due_on_the_day_of_the_supervisor(self):
        limit = {"limit_number": 1, "limit_unit": "hours", "limit_working": False}
        task = self._open(supervisor_activity=True, **limit)
        with freeze_time("2026-05-06 19:00:00"):
            self._dispatch()
        self.assertEqual(task.warning_id.user_id, self.max)
        self.assertEqual(task.warning_id.date_deadline, THERE)

    def test_care_that_is_put_off_is_due_on_that_day_there(self):
        task = self._open()
        task._postpone(datetime(2026, 5, 8, 17))
        self.assertEqual(task.activity_id.date_deadline, date(2026, 5, 9))

    def test_the_first_contact_after_a_claim_counts_from_the_day_of_the_claimer(self):
        self.pool.contact_days = 3
        customer = self._create_customer("Free", user_id=self.sam.id)
        customer.with_user(self.sam).pool_release("Free again")
        [answer] = customer.with_user(self.sally).pool_claim()
        self.assertTrue(answer["ok"], answer)
        self.assertEqual(customer.activity_ids.date_deadline, date(2026, 5, 10))

    def test_my_day_is_the_day_of_who_looks_at_it(self):
        customer = self._create_reachable("Due")
        customer.activity_schedule(
            "mail.mail_activity_data_todo", THERE, user_id=self.sally.id
        )
        day = self.env["crm.my.day"].with_user(self.sally).get_day()
        cards = {card["key"] for column in day["columns"] for card in column["cards"]}
        self.assertIn("planned", cards)

    def _open(self, **values):
        task = self._create_task(self._create_rule(**values), due_at=NIGHT)
        self._dispatch()
        return task
