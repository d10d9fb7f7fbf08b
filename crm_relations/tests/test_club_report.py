from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .common.club import ClubCommon

TODAY = "2026-06-10"


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 04:00:00")
class TestClubReport(ClubCommon):
    """CL-7: what is outstanding in points, and who the members are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club.write({"expiry": "months", "expiry_months": 12, "point_worth": 0.01})
        cls.member = cls._join(cls.person)
        cls.card = cls.member.card_id

    def _read(self, model, groups, measures, user=None, club=None):
        report = self.env[model].with_user(user) if user else self.env[model]
        return report._read_group(
            [("club_id", "=", (club or self.club).id)], groups, measures
        )

    def _get_owed(self):
        """Spend what is not there, as an order of a till does."""
        self.card.points -= 40

    def test_what_is_outstanding_stands_by_month_of_expiry_and_status(self):
        self.card._earn(30, "hand", "First")
        waiting = self.card._earn(20, "hand", "Later")
        waiting.write(
            {
                "is_pending": True,
                "pending_until": fields.Date.add(fields.Date.today(), days=3),
            }
        )
        self.card._put_ledger_points()
        self._get_owed()
        rows = self._read(
            "crm.club.point.report",
            ["status", "expires_on:month"],
            ["points:sum", "worth:sum"],
        )
        found = {
            status: (month and month.month, *sums) for status, month, *sums in rows
        }
        self.assertEqual(
            found, {"pending": (6, 20.0, 0.2), "owed": (False, -10.0, -0.1)}
        )
        self.assertEqual(self.card.points, -10)

    def test_usable_less_owed_is_what_the_cards_say(self):
        others = self._join(self._create_customer("B") | self._create_customer("C"))
        self.card._earn(30, "hand", "First")
        others.card_id._earn(70, "hand", "Both")
        others.card_id[:1]._spend(25, "Some")
        rows = self._read("crm.club.point.report", ["level_id"], ["points:sum"])
        cards = (self.member | others).card_id
        self.assertEqual(rows, [(self.basic, sum(cards.mapped("points")))])

    def test_a_line_opens_its_member(self):
        self.card._earn(30, "hand", "First")
        line = self.env["crm.club.point.report"].search(
            [("club_id", "=", self.club.id)]
        )
        self.assertEqual(line.membership_id, self.member)
        self.assertEqual(line.action_open_member()["res_id"], self.member.id)
        stray = self.env["loyalty.card"].create(
            {"program_id": self.club.program_id.id, "points": 5}
        )
        line = line.search(
            [("membership_id", "=", False), ("club_id", "=", self.club.id)]
        )
        self.assertEqual(line.points, stray.points)
        self.assertEqual(
            line.action_open_member()["type"], "ir.actions.act_window_close"
        )

    def test_members_stand_by_level_activity_and_value(self):
        twin = self._join(self._create_person(self.customer, "Bob"))
        self.customer._write_ours({"sales_12_months": 500})
        self._qualify(self.member, 120, day="2026-06-01")
        self.club._run_queue()
        self.card._spend(20, "Some")
        rows = self._read(
            "crm.club.member.report",
            ["level_id", "activity"],
            [
                *("member_count:sum", "points:sum", "earned:sum", "spent:sum"),
                "sales_12_months:sum",
            ],
        )
        self.assertEqual(
            rows,
            [
                (self.basic, "5", 1, 0, 0, 0, 0),
                (self.silver, "1", 1, 100, 120, 20, 500),
            ],
        )
        self.assertEqual(twin.level_id, self.basic)

    def test_what_lapses_is_no_activity(self):
        self._qualify(self.member, 50, day="2024-01-01")
        self.env.cr.execute(
            "UPDATE loyalty_history SET expires_on = '2025-01-01' WHERE card_id = %s",
            [self.card.id],
        )
        self.env["loyalty.history"].invalidate_model()
        self.card._bring_up_to_date()
        self.assertEqual(self.card.points, 0)
        [row] = self._read("crm.club.member.report", ["activity"], ["spent:sum"])
        self.assertEqual(row, ("4", 0))

    def test_reports_keep_to_the_companies_of_the_reader(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_club("Theirs", company_id=other.id)
        [member] = self._join(self._create_customer("Far"), club=theirs)
        member.card_id._earn(30, "hand", "First")
        leader = new_test_user(
            self.env, "club_leader", groups="crm_relations.group_sales_manager"
        )
        for model in ("crm.club.point.report", "crm.club.member.report"):
            count = "points:sum"
            self.assertTrue(self._read(model, ["club_id"], [count], club=theirs))
            self.assertFalse(self._read(model, ["club_id"], [count], leader, theirs))
            with self.assertRaises(AccessError):
                self._read(model, ["club_id"], [count], self.sally)

    def test_the_club_tells_its_figures_in_as_many_statements_for_many_clubs(self):
        more = [self._create_club(f"Club {number}") for number in range(5)]
        self._join(self._create_customer("D"), club=more[0]).card_id._earn(
            7, "hand", "Seven"
        )
        self.club._take_in(self._create_customer("Guest"), "invited", self.env.uid)
        self.card._earn(30, "hand", "First")
        names = ["usable_points", "expiring_points", "invited_count", "joined_count"]
        names += ["outstanding_worth", "difference_count", "member_count"]
        clubs = self.club.browse(club.id for club in (self.club, *more))
        clubs.read(names)
        counts = []
        for some in (self.club, clubs):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("name")
            before = self.env.cr.sql_log_count
            some.read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        row = self.club.read(names)[0]
        self.assertEqual([row[name] for name in names], [30, 0, 1, 1, 0.3, 0, 1])
        self.assertEqual(more[0].usable_points, 7)


@tagged("post_install", "-at_install")
class TestClubPointCheck(ClubCommon):
    """CL-2: each night cards are compared with their ledgers, and who answers for the
    club is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "club_manager", groups="crm_relations.group_relations_manager"
        )
        cls.cards = cls._join(cls.person | cls._create_customer("B")).card_id
        cls.cards._earn(50, "hand", "First")

    def _break(self, cards, points):
        """Change points past the ledger, as a script would."""
        cards.flush_recordset()
        self.env.cr.execute(
            "UPDATE loyalty_card SET points = %s WHERE id = ANY(%s)",
            [points, cards.ids],
        )
        cards.invalidate_recordset()

    def _check(self):
        differences = self.env["crm.club.point.difference"]
        differences._cron_check()
        return differences.search([("club_id", "=", self.club.id)])

    def _get_card(self, user):
        columns = self.env["crm.my.day"].with_user(user).get_day()["columns"]
        cards = [card for column in columns for card in column["cards"]]
        return [card for card in cards if card["key"] == "club_points"]

    def test_what_differs_is_told_once_and_settles_by_itself(self):
        self.assertFalse(self._check())
        self._break(self.cards, 60)
        found = self._check()
        self.assertEqual(found.card_id, self.cards)
        self.assertEqual(
            [(one.points, one.ledger_points) for one in found], [(60, 50)] * 2
        )
        self._break(self.cards[0], 70)
        self.assertEqual(self._check(), found)
        self.assertEqual(sorted(found.mapped("points")), [60, 70])
        self._break(self.cards, 50)
        self.assertTrue(all(self._check().mapped("closed_at")))

    def test_the_responsible_finds_it_in_my_day_and_brings_it_in_line(self):
        self._break(self.cards, 60)
        found = self._check()
        [card] = self._get_card(self.manager)
        self.assertEqual(card["count"], 2)
        self.assertFalse(self._get_card(self.sally))
        self.club.user_id = self.env.ref("base.user_admin")
        self.assertFalse(self._get_card(self.manager))
        self.club.user_id = self.manager
        self.assertTrue(self._get_card(self.manager))
        found.with_user(self.manager).action_bring_in_line()
        self.assertEqual(self.cards.mapped("points"), [50, 50])
        self.assertEqual(found.closed_by_id, self.manager)
        self.assertFalse(self._get_card(self.manager))
        self.assertEqual(self.env["loyalty.card"]._get_off_balance(), [])

    def test_nobody_else_sees_or_mends_it(self):
        self._break(self.cards, 60)
        found = self._check()
        for user in (self.sally, self.manager):
            with self.assertRaises(AccessError):
                found.with_user(user).write({"points": 1})
        with self.assertRaises(AccessError):
            found.with_user(self.sally).action_bring_in_line()
        self.assertEqual(self.cards.mapped("points"), [60, 60])
