"""CO-11: figures by complaint and by clock, compared with plain Python."""

import random
from collections import defaultdict
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.effects import EffectsCommon

OPEN = ("new", "handling", "solved")


@tagged("post_install", "-at_install")
class TestFigures(EffectsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.complaint.policy"].search([]).active = False
        cls.chance = random.Random(13)
        cls.now = fields.Datetime.now().replace(microsecond=0)
        cls.causes = cls.env["crm.complaint.cause"].search([], limit=4)
        cls.categories = cls.env["crm.complaint.category"].search([], limit=11)
        cls.kinds = cls.env["crm.complaint.clock.kind"].search([], limit=3)
        cls.complaints = cls.env["crm.complaint"].union(
            *(cls._make_complaint() for _number in range(60))
        )
        cls.env.flush_all()

    @classmethod
    def _make_complaint(cls):
        """A complaint with a random life, written as the methods would leave it."""
        chance = cls.chance
        state = chance.choice((*OPEN, "closed", "closed", "withdrawn", "merged"))
        registered = cls.now - timedelta(minutes=chance.randrange(200 * 24 * 60))
        complaint = cls._register(category_id=chance.choice(cls.categories).id)
        complaint.write(
            {
                "registered_at": registered,
                "state": state,
                "closed_at": state in ("closed", "withdrawn")
                and registered + timedelta(hours=chance.randrange(1, 99)),
                "round": chance.choice((1, 1, 1, 2)),
                "is_repeat": chance.random() < 0.3,
                "user_id": chance.choice((cls.olga.id, cls.oscar.id, False)),
                "cause_ids": chance.sample(cls.causes.ids, chance.randrange(4)),
            }
        )
        cls._make_clocks(complaint)
        return complaint

    @classmethod
    def _make_clocks(cls, complaint):
        chance = cls.chance
        for kind in chance.sample(list(cls.kinds), chance.randrange(3)):
            result = chance.choice(("met", "late", "running", "paused", "cancelled"))
            ended = result in ("met", "late", "cancelled")
            started = complaint.registered_at
            hours = chance.randrange(-90, 9000) / 10
            cls.env["crm.complaint.clock"].create(
                {
                    "complaint_id": complaint.id,
                    "company_id": complaint.company_id.id,
                    "kind_id": kind.id,
                    "user_id": complaint.user_id.id,
                    "round": 1,
                    "started_at": started,
                    "deadline_at": result != "paused"
                    and started + timedelta(hours=hours),
                    "stopped_at": ended and started + timedelta(hours=5),
                    "result": result,
                    "minutes_over": chance.randrange(1, 900) if result == "late" else 0,
                }
            )

    def _is_judged(self, clock):
        return clock.result in ("met", "late") or self._is_overdue(clock)

    def _is_overdue(self, clock):
        return clock.result == "running" and clock.deadline_at < self.now

    def _read_figures(self, groupby, *names, model="crm.complaint.report"):
        report = self.env[model].with_user(self.olga)
        domain = [("complaint_id", "in", self.complaints.ids)]
        return {
            line[0]: list(line[1:])
            for line in report._read_group(domain, [groupby], list(names))
        }

    def test_a_line_a_complaint_but_for_those_merged(self):
        lines = self.env["crm.complaint.report"].search(
            [("complaint_id", "in", self.complaints.ids)]
        )
        alive = self.complaints.filtered(lambda one: one.state != "merged")
        self.assertEqual(set(lines.ids), set(alive.ids))
        for line in lines:
            complaint = line.complaint_id
            judged = complaint.clock_ids.filtered(self._is_judged)
            end = complaint.closed_at or self.now
            expected = (end - complaint.registered_at) / timedelta(days=1)
            self.assertAlmostEqual(line.days_open, expected, 2)
            self.assertEqual(line.open_count, complaint.state in OPEN)
            self.assertEqual(line.reopened_count, complaint.round > 1)
            self.assertEqual(line.repeat_count, complaint.is_repeat)
            late = any(map(self._is_overdue, complaint.clock_ids))
            self.assertEqual(line.late_count, late and complaint.state in OPEN)
            if judged:
                met = all(clock.result == "met" for clock in judged)
                self.assertEqual(line.on_time_rate, 100 * met)
            self.assertEqual(line.cause_ids, complaint.cause_ids)
            root = int(complaint.category_id.parent_path.split("/")[0])
            self.assertEqual(line.root_category_id.id, root)

    def test_sums_and_averages_are_those_of_plain_python(self):
        found = self._read_figures(
            "user_id", "complaint_count:sum", "repeat_rate:avg", "on_time_rate:avg"
        )
        alive = self.complaints.filtered(lambda one: one.state != "merged")
        for user, some in alive.grouped("user_id").items():
            count, repeated, on_time = found[user]
            self.assertEqual(count, len(some))
            self.assertAlmostEqual(
                repeated, 100 * sum(some.mapped("is_repeat")) / len(some), 4
            )
            judged = [one.clock_ids.filtered(self._is_judged) for one in some]
            shares = [
                all(clock.result == "met" for clock in clocks)
                for clocks in judged
                if clocks
            ]
            self.assertAlmostEqual(on_time, 100 * sum(shares) / len(shares), 4)

    def test_of_several_causes_each_counts_once_and_the_total_once(self):
        found = self._read_figures("cause_ids", "__count")
        expected = defaultdict(int)
        for complaint in self.complaints.filtered(lambda one: one.state != "merged"):
            for cause in complaint.cause_ids or [self.causes.browse()]:
                expected[cause] += 1
        self.assertEqual({key: count for key, [count] in found.items()}, expected)

    def test_clocks_are_judged_as_in_plain_python(self):
        found = self._read_figures(
            "kind_id",
            *("clock_count:sum", "judged_count:sum", "late_count:sum"),
            *("on_time_rate:avg", "minutes_over:avg"),
            model="crm.complaint.clock.report",
        )
        for kind, clocks in self.complaints.clock_ids.grouped("kind_id").items():
            judged = clocks.filtered(self._is_judged)
            late = judged.filtered(lambda clock: clock.result != "met")
            over = clocks.filtered(lambda clock: clock.result == "late")
            count, of, missed, share, minutes = found[kind]
            self.assertEqual((count, of, missed), (len(clocks), len(judged), len(late)))
            self.assertAlmostEqual(share, 100 * (of - missed) / of, 4)
            average = sum(over.mapped("minutes_over")) / len(over)
            self.assertAlmostEqual(minutes, average, 4)

    def test_every_number_of_the_board_opens_what_it_counts(self):
        board = self.env["crm.complaint.board"].with_user(self.olga)
        for period in ("month", "quarter", "year"):
            shown = board.get_board(period, "category_id")
            tiles = {tile["key"]: tile for tile in shown["tiles"]}
            for tile in tiles.values():
                self.assertTileOpens(tile)
            self.assertIn("next_deadline_at", str(tiles["late"]["domain"]))
            names = {person["name"] for person in shown["people"]}
            self.assertLessEqual({"Olga", "Oscar", "Nobody"}, names)
            for person in shown["people"]:
                self.assertPersonOpens(person)

    def _count(self, model, domain):
        return self.env[model].with_user(self.olga).search_count(domain)

    def assertTileOpens(self, tile):
        count = self._count(tile["model"], tile["domain"])
        if tile["key"] in ("open", "late", "registered", "reopened"):
            self.assertEqual(str(count), tile["value"], tile["key"])
        if tile["key"] == "repeat":
            self.assertEqual(str(count), tile["note"])
        if tile["key"] == "on_time":
            self.assertIn(f"of {count};", tile["note"])

    def assertPersonOpens(self, person):
        for key in ("open", "late"):
            count = self._count("crm.complaint.report", person[f"{key}_domain"])
            self.assertEqual(count, person[key], key)
        count = self._count("crm.complaint.clock.report", person["judged_domain"])
        self.assertEqual(count, person["judged"])

    def test_bars_of_each_dimension_sum_to_all_and_open_what_they_count(self):
        board = self.env["crm.complaint.board"].with_user(self.olga)
        lines = self.env["crm.complaint.report"].with_user(self.olga)
        dimensions = board.get_board("year")["dimensions"]
        for dimension in dimensions:
            bars = board.get_board("year", dimension["key"])["bars"]
            with self.subTest(dimension["key"]):
                self.assertEqual(round(10 * sum(bar["share"] for bar in bars)), 1000)
                self.assertEqual(bars[-1]["running"], 100)
                for bar in bars[:-1] if bars[-1]["is_other"] else bars:
                    self.assertTrue(bar["label"])
                    found = lines.search_count(bar["domain"])
                    self.assertEqual(found, bar["count"], bar["label"])
        bars = board.get_board("year", "category_id")["bars"]
        self.assertTrue(bars[-1]["is_other"])
        self.assertEqual(lines.search_count(bars[-1]["domain"]), bars[-1]["count"])

    def test_the_board_is_for_who_reads_figures(self):
        for user in (self.olga, self.mona, self.rita):
            self.assertTrue(self.env["crm.complaint.board"].with_user(user).get_board())
        for user in (self.desk, self.sally, self.alma):
            with self.assertRaises(AccessError):
                self.env["crm.complaint.board"].with_user(user).get_board()

    def test_as_many_statements_for_many_as_for_few(self):
        board = self.env["crm.complaint.board"].with_user(self.olga)

        def count():
            board.get_board("year")
            self.env.invalidate_all()
            return self._count_statements(lambda: board.get_board("year"))

        few = count()
        for _number in range(20):
            self._make_complaint()
        self.assertLessEqual(count(), few)

    def test_work_on_complaints_counts_as_work(self):
        complaint = self._register()
        complaint.with_user(self.desk).hand_over(self.olga.id)
        complaint.with_user(self.olga).accept()
        complaint.with_user(self.olga).record_contact("Hello")
        self.env.flush_all()
        report = self.env["crm.workload.report"]
        [[taken, contacts]] = report._read_group(
            [("user_id", "=", self.olga.id), ("customer_id", "=", self.customer.id)],
            aggregates=["complaint_accepted_count:sum", "complaint_contact_count:sum"],
        )
        self.assertEqual((taken, contacts), (1, 1))
        line = report.search([("complaint_contact_count", "=", 1)], limit=1)
        self.assertEqual(line.action_open_source()["res_model"], "crm.complaint")
