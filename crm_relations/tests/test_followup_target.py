from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon
from .common.office_hours import create_calendar


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")  # a Wednesday
class TestFollowupTarget(RelationsCommon):
    """FU-8: targets and what became of them, by day, week and month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.followup.target"].search([]).unlink()
        # As on a fresh installation: the table of days has not been asked for yet.
        cls.env["crm.working.day"].search([]).unlink()
        cls.one, cls.two = (
            cls._create_customer(name, user_id=cls.sally.id) for name in ("One", "Two")
        )

    def _create_target(self, **values):
        return self.env["crm.followup.target"].create(
            {
                "name": "Two customers a day",
                "goal": 2,
                "team_id": self.north.id,
                "start_date": "2026-02-26",
            }
            | values
        )

    def _get_results(self, user=None, reader=None):
        self.env.flush_all()
        self.env.invalidate_all()
        results = self.env["crm.target.result"].with_user(reader or self.rita)
        found = results.search([("user_id", "=", (user or self.sally).id)])
        return {
            line.period_start.isoformat(): (line.achieved, line.state) for line in found
        }

    def _log(self, customer, moment, **values):
        return self._create_followup(
            customer, date=datetime.fromisoformat(moment), **values
        )

    def test_by_day_on_working_days_only(self):
        self._create_target()
        self._log(self.one, "2026-03-03 09:00")
        self._log(self.two, "2026-03-03 10:00")
        self._log(self.one, "2026-03-02 09:00")
        self._log(self.one, "2026-03-02 12:00")  # the same customer again
        self._log(self.one, "2026-03-04 09:00")
        self.assertEqual(
            self._get_results(),
            {
                "2026-02-26": (0, "missed"),
                "2026-02-27": (0, "missed"),
                "2026-03-02": (1, "missed"),
                "2026-03-03": (2, "met"),
                "2026-03-04": (1, "open"),
            },
        )

    def _give_leave(self, user, first, last, **values):
        calendar = self.company.resource_calendar_id
        resource = self.env["resource.resource"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": self.company.id,
                "calendar_id": calendar.id,
            }
            | values
        )
        if first:
            self.env["resource.calendar.leaves"].create(
                {
                    "resource_id": resource.id,
                    "calendar_id": resource.calendar_id.id,
                    "company_id": self.company.id,
                    "date_from": f"{first} 00:00:00",
                    "date_to": f"{last} 23:59:59",
                }
            )

    def test_nothing_is_asked_on_days_of_leave(self):
        self.company.resource_calendar_id.tz = "UTC"
        self._create_target(team_id=False)
        self._give_leave(self.sally, "2026-02-27", "2026-03-03")
        self.assertEqual(set(self._get_results()), {"2026-02-26", "2026-03-04"})
        self.assertEqual(len(self._get_results(self.sam)), 5)
        self.assertEqual(len(self._read_my_day()), 1)

    def test_nobody_is_asked_for_anything_today_who_is_away_today(self):
        self.company.resource_calendar_id.tz = "UTC"
        self._create_target()
        self._give_leave(self.sally, "2026-03-04", "2026-03-04")
        self.assertFalse(self._read_my_day())

    def test_who_works_part_time_is_asked_on_the_own_days(self):
        days = create_calendar(self.env, {0: [(9, 17)], 3: [(9, 17)]})
        self._create_target()
        self._give_leave(self.sally, None, None, calendar_id=days.id)
        self.assertEqual(set(self._get_results()), {"2026-02-26", "2026-03-02"})

    def test_a_week_keeps_its_goal_unless_one_is_away_all_of_it(self):
        self.company.resource_calendar_id.tz = "UTC"
        self._create_target(period="week", start_date="2026-02-16")
        self._give_leave(self.sally, "2026-02-23", "2026-03-02")
        self.assertEqual(set(self._get_results()), {"2026-02-16", "2026-03-02"})

    def test_a_leader_asks_nothing_of_other_teams(self):
        targets = self.env["crm.followup.target"].with_user(self.max)
        values = {"name": "Much", "goal": 9, "team_id": self.north.id}
        with self.assertRefused("no member of North"):
            targets.create(values | {"user_id": self.sam.id})
        targets.create(values | {"user_id": self.sally.id})

    def test_by_week_and_by_month(self):
        self._log(self.one, "2026-02-26 09:00")
        self._log(self.two, "2026-03-01 09:00")
        target = self._create_target(period="week", measure="followups")
        self.assertEqual(
            self._get_results(),
            {"2026-02-23": (2, "met"), "2026-03-02": (0, "open")},
        )
        target.period = "month"
        self.assertEqual(
            self._get_results(),
            {"2026-02-01": (1, "missed"), "2026-03-01": (1, "open")},
        )

    def test_minutes_of_one_kind(self):
        visit = self.env.ref("crm_relations.crm_followup_kind_visit")
        self._create_target(
            measure="minutes", kind_id=visit.id, goal=60, start_date="2026-03-04"
        )
        self._log(self.one, "2026-03-04 08:00", duration_minutes=50)
        self._log(self.one, "2026-03-04 09:00", duration_minutes=45, kind_id=visit.id)
        self.assertEqual(self._get_results(), {"2026-03-04": (45, "open")})

    def test_only_customers_of_these_tags_tiers_and_layers(self):
        intent = self.env["res.partner.category"].create({"name": "Intent"})
        self.one.category_id = intent
        target = self._create_target(category_ids=intent.ids, start_date="2026-03-04")
        for customer in self.one | self.two:
            self._log(customer, "2026-03-04 09:00")
        self.assertEqual(self._get_results(), {"2026-03-04": (1, "open")})
        target.write({"category_ids": False, "tier_ids": self.tier_a.ids})
        self.assertEqual(self._get_results(), {"2026-03-04": (0, "open")})
        self.two.tier_id = self.tier_a
        self.assertEqual(self._get_results(), {"2026-03-04": (1, "open")})
        target.write({"tier_ids": False, "lifecycle": "loyal"})
        self.assertEqual(self._get_results(), {"2026-03-04": (0, "open")})

    def test_the_day_is_that_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self._create_target(start_date="2026-03-03", measure="followups")
        self._log(self.one, "2026-03-03 17:00")  # the 4th in Shanghai
        self.assertEqual(
            self._get_results(),
            {"2026-03-03": (0, "missed"), "2026-03-04": (1, "open")},
        )

    def test_notes_count_for_no_target(self):
        self._create_target(start_date="2026-03-04")
        self._log(self.one, "2026-03-04 09:00", kind_id=self.note.id)
        self.assertEqual(self._get_results(), {"2026-03-04": (0, "open")})

    def test_after_its_end_nothing_is_asked(self):
        self._create_target(end_date="2026-02-26")
        self.assertEqual(self._get_results(), {"2026-02-26": (0, "missed")})
        self.assertFalse(self._read_my_day())

    def test_for_one_person_for_a_team_for_everyone(self):
        target = self._create_target(start_date="2026-03-04")
        self.assertFalse(self._get_results(self.sam))
        target.team_id = False
        self.assertTrue(self._get_results(self.sam))
        target.user_id = self.sam
        self.assertFalse(self._get_results(self.sally))

    def test_a_line_opens_what_was_counted(self):
        self._create_target(start_date="2026-03-03")
        today = self._log(self.one, "2026-03-04 09:00")
        self._log(self.one, "2026-03-03 09:00")
        self._log(self.one, "2026-03-04 08:00", kind_id=self.note.id)
        self.env.flush_all()
        results = self.env["crm.target.result"].with_user(self.sally)
        line = results.search([("period_start", "=", date(2026, 3, 4))])
        action = line.action_open_followups()
        self.assertEqual(self.env["crm.followup"].search(action["domain"]), today)

    def _read_my_day(self, user=None, team_id=False):
        days = self.env["crm.my.day"].with_user(user or self.sally)
        return [
            (target["name"], target["achieved"], target["goal"], target["rate"])
            for target in days.get_day(team_id)["targets"]
        ]

    def test_the_line_of_a_deleted_target_says_so(self):
        target = self._create_target()
        self.env.flush_all()
        line = self.env["crm.target.result"].search(
            [("target_id", "=", target.id)], limit=1
        )
        target.unlink()
        with self.assertRefused("does not exist any more", UserError):
            line.action_open_followups()

    def test_on_top_of_my_day_of_oneself_and_of_the_team(self):
        self.north.member_ids |= self.max
        self._create_target()
        self._log(self.one, "2026-03-04 09:00")
        self._log(self.one, "2026-03-03 09:00")
        name = "Two customers a day"
        self.assertEqual(self._read_my_day(), [(name, 1, 2, 50)])
        self.assertEqual(self._read_my_day(self.max), [(name, 0, 2, 0)])
        self.assertEqual(self._read_my_day(self.max, self.north.id), [(name, 1, 4, 25)])
        self.assertFalse(self._read_my_day(self.sam))

    def test_what_one_achieves_beyond_makes_up_for_nobody_else(self):
        self.north.member_ids |= self.max
        self._create_target(goal=1)
        for customer in self.one | self.two:
            self._log(customer, "2026-03-04 09:00")
        self.assertEqual(
            self._read_my_day(self.max, self.north.id),
            [("Two customers a day", 1, 2, 50)],
        )

    def test_everyone_sees_the_own_achievement_leaders_the_teams(self):
        self._create_target(team_id=False, start_date="2026-03-04")
        results = self.env["crm.target.result"]
        team = self.sally | self.sam
        for reader, seen in (
            (self.sally, self.sally),
            (self.sam, self.sam),
            (self.max, self.sally),
            (self.rita, team),
        ):
            with self.subTest(reader.login):
                found = results.with_user(reader).search([]).user_id
                self.assertEqual(found & team, seen)

    def test_leaders_set_targets_of_their_team_only(self):
        target = self._create_target().with_user(self.max)
        target.goal = 5
        with self.assertRaises(AccessError):
            target.team_id = self.south
            target.flush_recordset()
        self.env.invalidate_all()
        south = self._create_target(team_id=self.south.id).with_user(self.max)
        with self.assertRaises(AccessError):
            south.goal = 9
        with self.assertRaises(AccessError):
            target.with_user(self.sally).goal = 1
        south.with_user(self.rita).goal = 9

    def test_a_leaders_new_target_is_for_the_own_team(self):
        target = self.env["crm.followup.target"].with_user(self.max)
        self.assertEqual(target.new({}).team_id._origin, self.north)

    def test_targets_of_other_companies_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_target(company_id=other.id, start_date="2026-03-04")
        self.assertFalse(self._get_results())
        self.assertFalse(self._read_my_day())

    def test_it_cannot_end_before_it_starts(self):
        with self.assertRefused("ends after its start", ValidationError):
            self._create_target(end_date="2026-02-01")

    def test_as_many_statements_for_many_people_as_for_one(self):
        self._create_target()

        def read(users):
            self.env.invalidate_all()
            return self._count_statements(
                lambda: self.env["crm.my.day"]._read_targets(users)
            )

        read(self.sally)
        self.assertEqual(read(self.sally), read(self.env["res.users"].search([])))
