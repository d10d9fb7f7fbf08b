from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.club import ClubCommon


@tagged("post_install", "-at_install")
class TestEarning(ClubCommon):
    """CL-4: points for more than orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.user_id = cls.sally
        with freeze_time("2026-01-05 10:00:00"):
            cls.member = cls._join(cls.customer)

    def _rule(self, kind, points=100, **values):
        return self.env["crm.earning.rule"].create(
            {
                "name": f"For {kind}",
                "club_id": self.club.id,
                "kind": kind,
                "points": points,
                "start_date": False,
                **values,
            }
        )

    def _earn(self, rule, key, members=None):
        return (members or self.member)._earn_for(rule.kind, key=key)

    def _born(self, month, day, **profile):
        person = self._create_person(
            self.customer, "Born", birth_month=month, birth_day=day, **profile
        )
        with freeze_time("2025-01-05 10:00:00"):
            return self._join(person)

    def _run_night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_earning").method_direct_trigger()
        self.env.invalidate_all()

    def assertPoints(self, points, member=None):
        self.env.flush_all()
        card = (member or self.member).card_id
        card.invalidate_recordset()
        self.assertEqual(card.points, points)

    def test_who_joins_gets_points_once_in_a_lifetime(self):
        rule = self._rule("join", 50, is_qualifying=True)
        member = self._join(self.person)
        self.assertPoints(50, member)
        [line] = member.card_id.history_ids
        self.assertEqual((line.kind, line.qualifying), ("join", 50))
        self.assertEqual(line.description, "For join")
        self.assertIn("Joined the club", line.reason)
        self.assertEqual((rule.given_count, rule.given_points), (1, 50))
        member.action_end()
        self.assertPoints(50, self._join(self.person))

    def test_the_same_is_earned_once_and_by_the_first_rule_that_fits(self):
        self._rule("join", 300, level_ids=self.gold.ids, sequence=1)
        plain = self._rule("join", 100, sequence=2)
        self.assertEqual(self._earn(plain, "a").earning_rule_id, plain)
        self.assertFalse(self._earn(plain, "a"))
        self.member.level_id = self.gold
        self._earn(plain, "b")
        self.assertPoints(400)

    def test_a_rule_holds_between_its_days_in_its_club_for_active_members(self):
        rule = self._rule("join", start_date="2026-03-01", end_date="2026-03-31")
        for day, points in (
            ("2026-02-28", 0),
            ("2026-03-01", 100),
            ("2026-03-31", 200),
            ("2026-04-01", 200),
        ):
            with freeze_time(f"{day} 10:00:00"):
                self._earn(rule, day)
            self.assertPoints(points)
        rule.write({"start_date": False, "end_date": False})
        self.member.action_suspend()
        self.assertFalse(self._earn(rule, "resting"))
        self.member.action_resume()
        rule.active = False
        self.assertFalse(self._earn(rule, "archived"))
        rule.write({"active": True, "club_id": self._create_club("Other").id})
        self.assertFalse(self._earn(rule, "elsewhere"))

    def test_a_limit_counts_in_its_period_and_what_was_taken_back_is_free(self):
        rule = self._rule("join", 10, limit_times=2, limit_period="month")
        with freeze_time("2026-03-30 10:00:00"):
            for key in "abc":
                self._earn(rule, key)
            self.assertPoints(20)
            self.member._take_back_for("join", key="b")
            self._earn(rule, "d")
            self.assertPoints(20)
        with freeze_time("2026-04-01 10:00:00"):
            self._earn(rule, "e")
        self.assertPoints(30)
        rule.limit_period = "ever"
        self.assertFalse(self._earn(rule, "f"))

    def test_what_was_for_nothing_is_taken_back_also_when_it_is_spent(self):
        rule = self._rule("join", 100, is_qualifying=True)
        self._earn(rule, "a")
        self.member.card_id._spend(70, "A cup")
        lines = self.member._take_back_for("join", key="a")
        self.assertEqual((lines.used, lines.qualifying), (100, -100))
        self.assertEqual(lines.earning_rule_id, rule)
        self.assertPoints(-70)
        self.assertFalse(self.member._take_back_for("join", key="a"))
        self.assertEqual(rule.given_count, 0)
        self._earn(rule, "a")
        self.assertPoints(30)

    def test_a_person_earns_on_its_own_card_else_on_its_customers(self):
        rule = self._rule("join", 10)
        orders = self._create_order(self.customer, 5) + self._create_order(
            self.customer, 6
        )
        both = self.customer + self.person
        lines = both._earn_in_clubs(rule.kind, orders)
        self.assertEqual(lines.card_id, self.member.card_id)
        self.assertEqual(lines.mapped("order_id"), orders.ids)
        self._join(self.person)
        line = self.person._earn_in_clubs(rule.kind, orders[0])
        self.assertEqual(line.card_id.partner_id, self.person)
        self.assertFalse(self.person._earn_in_clubs(rule.kind, orders[0]))
        self.assertEqual(len(both._take_back_in_clubs(rule.kind, orders)), 2)
        self.assertEqual(line._get_order_description(), "")
        self.assertFalse(self._create_customer("None")._earn_in_clubs(rule.kind))

    def test_a_birthday_gives_points_on_its_day_by_its_calendar_once_a_year(self):
        self._rule("birthday")
        solar, leap = self._born(5, 5), self._born(2, 29)
        # The 7th of the 9th lunar month is 2026-10-16, and 2027-10-06.
        lunar = self._born(9, 7, birth_calendar="lunar")
        for day, member, points in (
            ("2026-02-27", leap, 0),
            ("2026-02-28", leap, 100),
            ("2026-03-01", leap, 100),
            ("2026-05-04", solar, 0),
            ("2026-05-07", solar, 100),  # after a standstill of two nights
            ("2026-05-08", solar, 100),
            ("2026-10-15", lunar, 0),
            ("2026-10-16", lunar, 100),
            ("2027-05-05", solar, 200),
            ("2027-10-06", lunar, 200),
        ):
            with freeze_time(f"{day} 10:00:00"):
                self._run_night()
                self.assertPoints(points, member)
        with freeze_time("2027-10-20 10:00:00"):
            lunar.partner_id.person_profile_ids.write(
                {"birth_calendar": "solar", "birth_month": 10, "birth_day": 20}
            )
            self._run_night()
            self.assertPoints(200, lunar)

    def test_a_complete_archive_gives_points_once_to_the_customer_itself(self):
        self._rule("profile", archive_rate=self.customer.archive_rate + 1)
        person = self._join(self.person)
        self._run_night()
        self.assertPoints(0)
        self.customer.write(
            {"phone": "+86 10 6552 9988", "street": "1 Road", "city": "Beijing"}
        )
        self._run_night()
        self._run_night()
        self.assertPoints(100)
        self.assertPoints(0, person)

    def test_the_night_needs_the_same_statements_for_many_as_for_few(self):
        self._rule("birthday", limit_times=1)
        counts = []
        for number, day in ((1, 4), (2, 5), (20, 6)):  # what is read once is known
            for index in range(number):
                self._born(5, day, birth_year=1950 + index)
            self.env.flush_all()
            self.env.invalidate_all()
            with freeze_time(f"2026-05-0{day} 10:00:00"):
                rules = self.env["crm.earning.rule"].search([])
                counts.append(
                    self._count_statements(lambda r=rules: r._give_due(r._get_due()))
                )
        self.assertEqual(*counts[1:])

    @freeze_time("2026-02-10 10:00:00")
    def test_a_preview_shows_who_would_get_what_and_writes_nothing(self):
        self._born(5, 5)
        rule = self._rule("birthday", 40, limit_times=1, limit_period="ever")
        preview = rule.with_user(self.rita).preview()
        self.assertEqual((preview["count"], preview["judged"]), (1, 2))
        [row] = preview["rows"]
        self.assertEqual(row["new"], "40 points")
        self.assertIn("once from ", row["reason"])
        self.assertFalse(rule.given_count)
        joined = self._rule("join", 5).with_user(self.rita)
        self.assertEqual(joined.preview()["count"], 1)
        action = joined.action_preview()
        self.assertEqual(action["res_model"], "crm.decision.preview")
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(lines.mapped("new_name"), ["5 points"])
        with self.assertRaises(AccessError):
            rule.with_user(self.sally).preview()

    def test_what_makes_no_sense_is_refused(self):
        for values in (
            {"points": 0},
            {"points": -5},
            {"limit_times": -1},
            {"archive_rate": 0},
            {"start_date": "2026-02-01", "end_date": "2026-01-31"},
        ):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                self._rule("join", **values)
        with self.assertRaises(ValidationError):
            self._rule("join", level_ids=self._create_club("B").level_ids.ids)
        with self.assertRaises(ValidationError):
            self.member.card_id._earn_each(
                [{"card_id": 0, "source_key": "", "issued": -1, "qualifying": 0}]
            )
        rule = self._rule("join")
        rule.kind = "join"
        self.assertTrue(rule.can_preview)

    def test_nobody_helps_himself_to_points(self):
        rule = self._rule("join")
        for user in (self.sally, self.max, self.rita, self.carl, self.anna):
            rules = rule.with_user(user)
            with self.assertRaises(AccessError):
                rules.points = 1000
            with self.assertRaises(AccessError):
                rules.create({"name": "Mine", "club_id": self.club.id})
        history = self.env["loyalty.history"].with_user(self.sally)
        with self.assertRaises(AccessError):
            history.create(
                {
                    "card_id": self.member.card_id.id,
                    "description": "Mine",
                    "issued": 10,
                    "earning_rule_id": rule.id,
                    "source_key": "join-mine",
                }
            )
        line = self._earn(rule, "a").with_user(self.sally)
        for values in ({"earning_rule_id": False}, {"earned_on": "2020-01-01"}):
            with self.assertRaises(AccessError):
                line.write(values)
