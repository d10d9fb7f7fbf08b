from datetime import timedelta
from functools import partial
from pathlib import Path

from odoo import fields
from odoo.exceptions import UserError
from odoo.modules.module import load_script
from odoo.tests import freeze_time, tagged

from .common.care import NOW, CareCommon

MOMENT = fields.Datetime.to_datetime(NOW)
SECOND = timedelta(seconds=1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCareBoundaries(CareCommon):
    """To the second, by the local day, and for nobody who has left."""

    def _leave(self, user):
        """Let the user be archived, without what else follows from it."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET active = FALSE WHERE id = %s", [user.id]
        )
        self.env.invalidate_all()

    def test_a_silence_has_the_name_of_its_local_day(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        rule = self._create_rule(
            trigger="silence", silence_days=30, domain=self._only(self.customer)
        )
        self._age_ownership(self.customer, 90)
        self._create_followup(self.customer, date="2026-04-04 17:00:00")  # the 5th
        rule._create_tasks()
        task = rule.task_ids
        self.assertEqual(task.occasion, "silence-2026-04-05")
        self.assertEqual(fields.Date.to_string(task.occasion_date), "2026-05-05")

    def test_an_upgrade_names_silences_by_their_local_day(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        rule = self._create_rule(trigger="silence")
        tasks = [
            self._create_task(rule, occasion=name, facts={"since": since})
            for name, since in (
                ("silence-2026-04-04", "2026-04-04T17:00:00"),
                ("silence-2026-04-05", "2026-04-05T01:00:00"),
                ("silence-2026-04-10", "2026-04-10T17:00:00"),
                ("silence-2026-04-20", "2026-04-20T01:00:00"),
            )
        ]
        self.env.flush_all()
        path = Path(__file__).parents[1] / "migrations/19.0.1.2.0/post-silence.py"
        for _time in range(2):
            script = load_script(str(path), "post_silence")
            script.migrate(self.env.cr, "19.0.1.1.0")
            self.env.invalidate_all()
            # The first has a twin of the same local day, which keeps the name.
            self.assertEqual(
                [task.occasion[-2:] for task in tasks], ["04", "05", "11", "20"]
            )

    def test_two_contacts_of_one_local_day_are_one_silence(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        rule = self._create_rule(
            trigger="silence", silence_days=30, domain=self._only(self.customer)
        )
        self._age_ownership(self.customer, 90)
        for moment in ("2026-04-04 23:00:00", "2026-04-05 01:00:00"):
            self._create_followup(self.customer, date=moment)
            rule._create_tasks()
        self.assertEqual(rule.task_ids.mapped("occasion"), ["silence-2026-04-05"])

    def test_care_goes_out_in_the_second_in_which_it_is_due(self):
        task = self._create_task(self._create_rule(), due_at=MOMENT)
        with freeze_time(MOMENT - SECOND):
            self._dispatch()
            self.assertEqual(task.state, "planned")
        self._dispatch()
        self.assertEqual(task.state, "open")

    def test_care_waits_where_who_does_it_has_left(self):
        task = self._create_task(self._create_rule())
        self._leave(self.sally)
        self._dispatch()
        self.assertEqual(task.state, "planned")

    def test_care_is_late_and_missed_in_the_very_second(self):
        rule = self._create_rule(
            limit_number=1,
            limit_unit="hours",
            limit_working=False,
            missed_after_days=1,
        )
        task = self._create_task(rule)
        self._dispatch()
        late, missed = task.deadline_at, task.missed_at
        self.assertEqual(late, MOMENT + timedelta(hours=1))
        self.assertEqual(missed, late + timedelta(days=1))
        for moment, is_late, state in (
            (late - SECOND, False, "open"),
            (late, True, "open"),
            (missed - SECOND, True, "open"),
            (missed, True, "missed"),
        ):
            with self.subTest(moment), freeze_time(moment):
                self._dispatch()
                self.assertEqual(bool(task.escalated_at), is_late)
                self.assertEqual(task.state, state)

    def test_care_is_put_off_to_a_moment_to_come(self):
        task = self._create_task(self._create_rule())
        with self.assertRefused("time in the future", UserError):
            task._postpone(MOMENT)
        task._postpone(MOMENT + SECOND)
        self.assertEqual(task.due_at, MOMENT + SECOND)

    def test_what_is_late_says_so_from_its_deadline_on(self):
        task = self._create_task(self._create_rule())
        task.write({"state": "open", "deadline_at": MOMENT})
        with freeze_time(MOMENT - SECOND):
            self.assertFalse(task.is_late)
        task.invalidate_recordset(["is_late"])
        self.assertTrue(task.is_late)
        task.state = "done"
        self.assertFalse(task.is_late)

    def test_the_care_of_a_leaver_goes_to_nobody_who_has_left(self):
        rule = self._create_rule(user_id=self.max.id)
        task = self._create_task(rule, user_id=self.sally.id)
        self._leave(self.max)
        task._pass_on(self.sally)
        self.assertFalse(task.user_id)
        other = self._create_task(rule, user_id=self.sam.id)
        other._pass_on(self.sam)
        self.assertEqual(other.user_id, self.sally)

    def test_much_care_of_a_leaver_asks_as_little_as_a_little(self):
        rule = self._create_rule()
        counts = []
        for number in (1, 2, 12):  # what is cached is read by the first
            customers = self._create_customers(number, user_id=self.sam.id)
            tasks = self.env["crm.care.task"]
            for customer in customers:
                tasks |= self._create_task(rule, customer, user_id=self.sally.id)
            pass_on = partial(tasks._pass_on, self.sally)
            counts.append(self._count_statements(pass_on))
            self.assertEqual(tasks.user_id, self.sam)
        self.assertEqual(counts[1], counts[2])

    def test_nobody_of_an_archived_person_or_customer_gets_care(self):
        person = self._create_person(
            self.customer, birth_month=5, birth_day=6, birth_year=1980
        )
        rule = self._create_rule(trigger="birthday", domain=self._only(self.customer))
        self.assertEqual(rule.preview()["count"], 1)
        person.active = False
        self.assertEqual(rule.preview()["count"], 0)
        person.active = True
        self.customer.active = False
        self.assertEqual(rule.preview()["count"], 0)

    def test_care_of_one_company_is_for_its_customers(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs, shared = (
            self._create_reachable(name, **values)
            for name, values in (
                ("Theirs", {"company_id": other.id}),
                ("Shared", {"relation_company_id": other.id}),
            )
        )
        customers = self.customer | theirs | shared
        self._age_ownership(customers, 30)
        for company, found in (
            (other, theirs | shared),
            (self.env["res.company"], customers),
        ):
            rule = self._create_rule(
                trigger="silence",
                silence_days=30,
                company_id=company.id,
                domain=self._only(customers),
            )
            rows = rule.preview()["rows"]
            with self.subTest(company.name):
                self.assertEqual({row["id"] for row in rows}, set(found.ids))

    def test_an_event_of_another_company_is_none_of_a_rule_of_this_one(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_order(self.customer, 10, days_ago=0, company_id=other.id)
        own = self._create_rule(
            trigger="order_confirmed",
            company_id=self.company.id,
            domain=self._only(self.customer),
        )
        self.customer.relation_company_id = self.company
        self.assertEqual(own.preview()["count"], 0)
        own.company_id = False
        self.assertEqual(own.preview()["count"], 1)

    def test_a_cancelled_or_foreign_delivery_was_not_the_first(self):
        twin = self._create_reachable("Twin")
        cancelled = self._deliver(self.customer, "2026-05-01 10:00:00")
        cancelled._action_cancel()
        self._deliver(twin, "2026-05-02 10:00:00")
        first = self._deliver(self.customer, "2026-05-05 09:00:00")
        self._deliver(self.customer, "2026-05-05 09:30:00")
        rule = self._create_rule(
            trigger="first_delivery",
            domain=self._only(self.customer),
            offset_number=1,
            offset_unit="days",
            offset_side="after",
        )
        rule._create_tasks()
        self.assertEqual(rule.task_ids.mapped("res_id"), first.ids)

    def _deliver(self, customer, moment):
        order = self._create_order(customer, 10, commitment_date=moment)
        if "effective_date" in order._fields:
            order.effective_date = moment
        return order

    def test_whoever_refuses_by_one_channel_is_asked_by_the_others(self):
        partners = self.env["res.partner"]
        self.customer.care_mail_opt_out = True
        self.env.flush_all()
        for channel, refuses in (
            ("email", True),
            ("sms", False),
            ("callback", False),
            ("activity", False),
        ):
            rows = self.env.execute_query(partners._get_care_refusals_sql(channel))
            with self.subTest(channel):
                self.assertEqual((self.customer.id,) in rows, refuses)

    def test_planned_care_goes_to_the_new_owner_and_that_of_colleagues_stays(self):
        rule = self._create_rule(executor="owner")
        mine, colleagues = (
            self._create_task(rule, user_id=user.id, due_at="2026-06-01 10:00:00")
            for user in (self.sally, self.max)
        )
        self.customer.user_id = self.sam
        self.env.invalidate_all()
        self.assertEqual((mine.user_id, colleagues.user_id), (self.sam, self.max))

    def test_a_silence_comes_to_the_days_of_the_tier_to_the_second(self):
        """A tier without interval asks for no contact: nobody in it is silent."""
        self.env["crm.tier"].search([]).contact_interval_days = 0
        other = self._create_reachable("Other", tier_id=self.tier_b.id)
        self.customer.tier_id = self.tier_a
        both = self.customer | other
        now = MOMENT
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET last_followup_at = %s, owner_since = NULL"
            " WHERE id = ANY(%s)",
            [now - timedelta(days=30), both.ids],
        )
        self.env.invalidate_all()
        nobody = self.env["res.partner"]

        def find(days, first, last):
            rows = self.env.execute_query(nobody._get_silent_sql(days, first, last))
            return both & nobody.browse(row[0] for row in rows)

        self.assertFalse(find(0, None, now))
        self.tier_a.contact_interval_days = 30
        for days, first, last, found in (
            (0, None, now, self.customer),
            (0, None, now - SECOND, nobody),
            (0, now, now, self.customer),
            (0, now + SECOND, now + 2 * SECOND, nobody),
            (30, None, now, both),
            (31, None, now, nobody),
        ):
            with self.subTest(days=days, first=first, last=last):
                self.assertEqual(find(days, first, last), found)

    def test_whose_silence_it_is_depends_on_nobodys_rights(self):
        """Who may read no tier, or not those of a company, previews the same rules."""
        self.tier_a.contact_interval_days = 30
        self.customer.tier_id = self.tier_a
        outsider = self._create_user("outsider", "group_callback_agent")
        outsider.group_ids = self.env.ref("base.group_portal")
        partners = self.env["res.partner"].with_user(outsider)
        self.assertFalse(self.env["crm.tier"].with_user(outsider).has_access("read"))
        rows = self.env.execute_query(partners._get_silent_sql(0, None, MOMENT))
        self.assertEqual(
            rows,
            self.env.execute_query(
                self.env["res.partner"]._get_silent_sql(0, None, MOMENT)
            ),
        )
