import random
from collections import Counter, namedtuple
from datetime import date, datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common.work_report import WorkReportCommon

Made = namedtuple("Made", "user kind moment customer minutes is_verified")

EIGHT = timedelta(hours=8)  # Shanghai, without daylight saving


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestWorkReportFigures(WorkReportCommon):
    """FU-10: one way of counting; each figure opens what it counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.env.ref("crm_relations.crm_followup_kind_visit")
        cls.kinds = cls.visit | cls.call | cls.note
        cls.customers = cls.env["res.partner"]
        for user in (cls.sally, cls.sam):
            cls.customers |= cls._create_customers(3, user_id=user.id)

    def _get_figures(self, user, first, last):
        self.env.flush_all()
        return self.reports.with_user(user).get_figures(user.id, first, last)

    def _log(self, moment, customer=None, **values):
        moment = datetime.fromisoformat(moment) - EIGHT
        return self._create_followup(customer or self.customer, date=moment, **values)

    def test_a_day_is_that_of_shanghai(self):
        for moment in ("2026-03-02 23:59", "2026-03-03 00:00", "2026-03-03 23:59"):
            self._log(moment)
        work = self._get_figures(self.sally, "2026-03-03", "2026-03-03")["work"]
        self.assertEqual(work["followup_count"], 2)

    def test_a_week_over_the_end_of_a_month(self):
        for moment in ("2026-02-22 12:00", "2026-02-23 00:00", "2026-03-01 23:00"):
            self._log(moment)
        self._log("2026-03-02 00:00")
        work = self._get_figures(self.sally, "2026-02-23", "2026-03-01")["work"]
        self.assertEqual((work["followup_count"], work["contacted_customers"]), (2, 1))

    def _make_at_random(self, dice):
        made = []
        for _number in range(60):
            user = dice.choice((self.sally, self.sam))
            kind = dice.choice(self.kinds)
            moment = datetime(2026, 3, 1) + timedelta(minutes=dice.randrange(5 * 1440))
            moment = min(moment, datetime(2026, 3, 4, 9))
            customer = dice.choice(self.customers)
            minutes = dice.randrange(60)
            verified = kind == self.visit and dice.random() < 0.5
            followup = self._create_followup(
                customer,
                kind_id=kind.id,
                date=moment,
                user_id=user.id,
                duration_minutes=minutes,
            )
            if verified:
                followup.visit_result = "verified"
            made.append(Made(user, kind, moment + EIGHT, customer, minutes, verified))
        return made

    def _count_plainly(self, made, user, first, last):
        mine = [line for line in made if self._is_counted(line, user, first, last)]
        visits = [line for line in mine if line.kind.channel == "visit"]
        return (
            len(mine),
            len({line.customer for line in mine}),
            len(visits),
            sum(line.is_verified for line in visits),
            sum(line.minutes for line in mine),
            dict(Counter(str(line.kind.id) for line in mine)),
        )

    def _is_counted(self, line, user, first, last):
        is_within = first <= line.moment.date() <= last
        return line.user == user and line.kind.counts_as_followup and is_within

    def test_figures_are_those_of_a_plain_model(self):
        dice = random.Random(12)
        made = self._make_at_random(dice)
        for _number in range(12):
            first = date(2026, 3, 1) + timedelta(days=dice.randrange(4))
            last = first + timedelta(days=dice.randrange(4))
            user = dice.choice((self.sally, self.sam))
            found = self._get_figures(user, first, last)
            work = found["work"]
            with self.subTest(user=user.login, first=first, last=last):
                self.assertEqual(
                    (
                        *(work["followup_count"], work["contacted_customers"]),
                        *(work["visit_count"], work["verified_visit_count"]),
                        *(work["minutes"], found["kinds"]),
                    ),
                    self._count_plainly(made, user, first, last),
                )

    def test_sales_new_and_lost_customers_are_those_of_the_workload_report(self):
        self._create_order(self.customer, 100, user_id=self.sally.id, days_ago=0)
        self._create_order(self.customer, 40, confirm=False, user_id=self.sally.id)
        self.env.flush_all()
        # Made by the database's clock: the real day.
        today = self.env.cr.now().date()
        days = (today - timedelta(days=1), today + timedelta(days=1))
        work = self._get_figures(self.sally, date(2026, 3, 3), date(2026, 3, 5))["work"]
        self.assertEqual((work["order_count"], work["order_amount"]), (1, 100.0))
        lines = self.env["crm.workload.report"].with_user(self.sally)
        work = self._get_figures(self.sally, *days)["work"]
        for name in ("quotation_count", "new_count", "received_count", "lost_count"):
            domain = self.reports._get_work_domain(self.sally.ids, self.company, *days)
            ((total,),) = lines._read_group(domain, [], [f"{name}:sum"])
            self.assertEqual(work[name], total or 0, name)

    def test_targets_are_those_of_the_targets(self):
        target = self.env["crm.followup.target"].create(
            {
                "name": "Two a day",
                "goal": 2,
                "team_id": self.north.id,
                "start_date": "2026-03-02",
            }
        )
        days = ("2026-03-02", "2026-03-03", "2026-03-03")
        for day, customer in zip(days, self.customers[:3], strict=True):
            self._log(f"{day} 09:00", customer, user_id=self.sally.id)
        found = self._get_figures(self.sally, "2026-03-02", "2026-03-03")
        self.assertEqual(found["targets"], {str(target.id): [3, 4, 1, 2]})

    def test_what_is_open_is_what_my_day_counts(self):
        self.customers[:2].contact_due_date = "2026-03-04"
        self.env.flush_all()
        figures = self._get_figures(self.sally, "2026-03-04", "2026-03-04")
        day = self.env["crm.my.day"].with_user(self.sally).get_day()
        cards = {
            card["key"]: card["count"]
            for column in day["columns"]
            for card in column["cards"]
        }
        for key, number in figures["open"].items():
            self.assertEqual(number, cards[key], key)
        self.assertGreaterEqual(figures["open"]["contact_due"], 2)

    def test_each_figure_opens_what_it_counts(self):
        dice = random.Random(7)
        self._make_at_random(dice)
        self.customers[:2].contact_due_date = "2026-03-04"
        report = self._create_report(kind="weekly", period_start="2026-03-04")
        self.env.flush_all()
        keys = {
            line["key"]: line["value"]
            for section in report.shown_figures
            for line in section["lines"]
        }
        for key, value in keys.items():
            action = report.open_figure(key)
            records = self.env[action["res_model"]].with_user(self.sally)
            found = records.search(action["domain"])
            told = value.split(" ")[0] if key == "verified_visit_count" else value
            with self.subTest(key):
                if told.isdecimal():
                    self.assertEqual(self._count_opened(key, found), int(told))
        for key in ("contacted_customers", "minutes", "verified_visit_count"):
            self.assertTrue(keys[key][0].isdecimal(), key)

    def _count_opened(self, key, found):
        if key == "contacted_customers":
            return len(found.customer_id)
        return sum(found.mapped("minutes")) if key == "minutes" else len(found)

    def test_the_leader_opens_what_the_report_counts_and_others_nothing(self):
        self._create_followup(self.customer)
        report = self._create_report(period_start="2026-03-04")
        self._hand_in(report)
        action = report.with_user(self.max).open_figure("followup_count")
        lines = self.env[action["res_model"]]
        found = {
            user.login: lines.with_user(user).search_count(action["domain"])
            for user in (self.sally, self.max, self.rita, self.sam)
        }
        self.assertEqual(found, {"sally": 1, "max": 1, "rita": 1, "sam": 0})

    def test_each_company_counts_its_own_customers_and_shared_ones(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.company_ids += other
        theirs = self._create_customer(company_id=other.id, user_id=self.sally.id)
        self._create_followup(theirs)
        self._create_followup(self.customer)
        days = ("2026-03-03", "2026-03-05")
        room = self.reports.with_user(self.sally)
        self.env.flush_all()
        here, there = (
            room.with_company(company).get_figures(self.sally.id, *days)
            for company in (self.company, other)
        )
        self.assertEqual(here["work"]["followup_count"], 1)
        self.assertEqual(there["work"]["followup_count"], 2)
        before = here["open"]["contact_due"]
        theirs.contact_due_date = "2026-03-04"
        self.env.flush_all()
        here = room.with_company(self.company).get_figures(self.sally.id, *days)
        self.assertEqual(here["open"]["contact_due"], before)

    def test_a_key_that_is_none_is_refused(self):
        report = self._create_report()
        for key in ("", "kind:", "kind:x", "open:what_next", "id", "__class__"):
            with self.subTest(key), self.assertRaises(UserError):
                report.open_figure(key)

    def test_a_number_of_any_length_opens_nothing(self):
        report = self._create_report()
        for kind in ("kind", "target"):
            for number in ("0", "9" * 10, "9" * 5000, "\u0663" * 5000):
                action = report.open_figure(f"{kind}:{number}")
                found = self.env[action["res_model"]].search_count(action["domain"])
                self.assertFalse(found, f"{kind}:{number[:12]}")

    def test_days_that_are_none_are_refused(self):
        for days in (
            (None, "2026-03-04"),
            ("2026-03-04", "2026-03-03"),
            ("2020-01-01", "2026-03-03"),
        ):
            with self.subTest(days), self.assertRaises(UserError):
                self._get_figures(self.sally, *days)

    def test_a_team_of_fifty_costs_as_many_statements_as_one(self):
        self.env["crm.followup.target"].create(
            {"name": "Two", "goal": 2, "start_date": "2026-03-02"}
        )
        people = self._create_users(
            {"tz": "Asia/Shanghai"},
            **{f"fifty{n}": "group_sales_user" for n in range(50)},
        )
        self.north.member_ids += people
        days = (date(2026, 3, 2), date(2026, 3, 8))

        def count(users):
            self.env.flush_all()
            self.env.invalidate_all()
            return self._count_statements(
                lambda: self.reports._count(users, self.company, *days)
            )

        count(people)
        one, fifty = count(people[:1]), count(people)
        self.assertEqual(fifty, one)
        self.assertLess(one, 40)

    def test_many_reports_are_shown_and_printed_at_once(self):
        people = self._create_users(**{f"p{n}": "group_sales_user" for n in range(8)})
        reports = self.reports.union(
            *(self._create_report(user, kind="weekly") for user in people)
        ).sudo()
        self.env.flush_all()

        def count(some):
            self.env.invalidate_all()
            return self._count_statements(
                lambda: (some.mapped("shown_figures"), some.mapped("previous_plan"))
            )

        count(reports)
        self.assertEqual(count(reports), count(reports[:2]))
