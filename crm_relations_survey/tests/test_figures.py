from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools.metrics import (
    csat_interval,
    net_promoter_error,
    net_promoter_score,
    weighted_index,
)
from .common.answers import AnswersCommon

LOW = [40, 45, 50, 35, 55]
HIGH = [90, 95, 85, 100, 80]


@tagged("post_install", "-at_install")
class TestFigures(AnswersCommon):
    """Sally has 30 answers, Sam 29."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study.write({"target": 900})
        cls.reception.target = 90
        cls.polite = cls._create_factor("Polite", parent_id=cls.reception.id, weight=1)
        cls.quick = cls._create_factor("Quick", parent_id=cls.reception.id, weight=3)
        cls.greeted = cls._create_factor("Greeted", is_standard=True)
        today = cls.company._get_relations_today()
        cls.before = today.replace(day=1) - timedelta(days=80)
        for number in range(30):
            points = HIGH[number % 5]
            cls._answer(
                scores=cls._scores(points), points=points, **cls._opinions(number)
            )
        for number in range(29):
            cls._answer(
                user=cls.sam,
                scores=cls._scores(LOW[number % 5]),
                is_low=True,
                **cls._opinions(number),
            )
        cls.board = cls.env["crm.satisfaction.board"].with_user(cls.spec)
        cls.shown = cls.board.get_board(cls.study.id)

    @classmethod
    def _scores(cls, points):
        return {
            cls.delivery: points,
            cls.polite: points,
            cls.quick: points / 2,
            cls.greeted: 100 * (points > 60),
        }

    @staticmethod
    def _opinions(number):
        return {
            "nps": number % 11,
            "has_nps": True,
            "csat": 25 * (number % 5),
            "has_csat": number % 3 > 0,
        }

    def _read(self, *measures, user=None, model="crm.satisfaction.report"):
        domain = [("study_id", "=", self.study.id)]
        domain += [("user_id", "=", user.id)] if user else []
        [row] = self.env[model]._read_group(domain, aggregates=measures)
        return row

    def _tile(self, key, shown=None):
        tiles = (shown or self.shown)["tiles"]
        return next(tile for tile in tiles if tile["key"] == key)

    def test_nps_and_its_error_are_those_of_the_metrics(self):
        scores = [number % 11 for number in range(30)]
        nps, error, count = self._read(
            "nps:avg", "nps_error:avg", "nps_count:sum", user=self.sally
        )
        self.assertEqual(count, 30)
        self.assertAlmostEqual(nps, net_promoter_score(scores), 6)
        self.assertAlmostEqual(error, net_promoter_error(scores), 6)

    def test_promoters_alone_leave_the_score_an_error(self):
        [(error, count)] = self.env["crm.satisfaction.report"]._read_group(
            [("study_id", "=", self.study.id), ("nps", "=", 100)],
            aggregates=("nps_error:avg", "nps_count:sum"),
        )
        self.assertGreater(count, 5)
        self.assertAlmostEqual(error, net_promoter_error([10] * count), 6)
        self.assertGreater(error, 1)

    def test_csat_has_the_interval_of_wilson_and_only_answers_in_its_base(self):
        boxes = [number % 5 + 1 for number in range(30) if number % 3]
        csat, count, low, high = self._read(
            *("csat:avg", "csat_count:sum", "csat_low:avg", "csat_high:avg"),
            user=self.sally,
        )
        self.assertEqual(count, len(boxes))
        self.assertAlmostEqual(
            csat, 100 * sum(one > 3 for one in boxes) / len(boxes), 6
        )
        for found, expected in zip((low, high), csat_interval(boxes), strict=True):
            self.assertAlmostEqual(found, expected, 6)

    def test_the_index_is_on_the_scale_of_its_study(self):
        self.assertAlmostEqual(self._read("index:avg", user=self.sally)[0], 900, 4)

    def test_without_answers_there_are_no_figures(self):
        row = self._read(
            *("index:avg", "nps:avg", "nps_error:avg", "csat_low:avg", "csat_high:avg"),
            user=self.rita,
        )
        self.assertEqual(set(row), {False})
        new = self.env["crm.satisfaction.study"].create({"name": "New"})
        empty = self.board.get_board(new.id)
        self.assertEqual(self._tile("index", empty)["value"], "–")
        self.assertEqual(self._tile("index", empty)["few"], "No answers")
        self.assertFalse(empty["factors"])

    def test_29_answers_are_few_and_30_are_not(self):
        lines = {line["name"]: line for line in self.shown["ranking"]}
        sally, sam = lines[self.sally.name], lines[self.sam.name]
        self.assertEqual((sally["answers"], sally["few"]), (30, ""))
        self.assertEqual((sam["answers"], sam["few"]), (29, "Few answers: 29 of 30"))
        self.assertEqual((sally["place"], sam["place"]), (1, ""))
        self.assertEqual(sam["tone"], "muted")

    def test_a_difference_within_the_margin_has_no_color(self):
        self._answer(35, user=self.max, scores={self.delivery: 77}, day=self.before)
        for shown, nps_tone in ((self.board.get_board(self.study.id), "muted"),):
            self.assertEqual(self._tile("nps", shown)["tone"], nps_tone)
            index = self._tile("index", shown)
            self.assertEqual(index["tone"], "danger")
            self.assertEqual(index["target_tone"], "danger")
            self.assertIn("770.0 (answers: 35)", index["before"])

    def test_factors_are_sorted_by_their_gap_and_rolled_up(self):
        names = [(line["name"], line["level"]) for line in self.shown["factors"]]
        self.assertEqual(
            names, [("Reception", 0), ("Quick", 1), ("Polite", 1), ("Delivery", 0)]
        )
        reception, quick, polite, delivery = self.shown["factors"]
        self.assertAlmostEqual(
            reception["points"],
            weighted_index([polite["points"], quick["points"]], [1, 3]),
        )
        self.assertAlmostEqual(reception["gap"], reception["points"] - 90)
        self.assertEqual(reception["tone"], "danger")
        self.assertEqual(delivery["tone"], "muted")
        [greeted] = self.shown["standards"]
        self.assertAlmostEqual(greeted["points"], 100 * 30 / 59)

    def test_every_figure_opens_as_many_as_it_counts(self):
        lines = [(tile, tile["count"]) for tile in self.shown["tiles"]]
        lines += [(line, line["count"]) for line in self.shown["factors"]]
        lines += [(line, line["count"]) for line in self.shown["standards"]]
        lines += [(line, line["answers"]) for line in self.shown["ranking"]]
        for line, count in lines:
            opened = self.env[line["model"]].with_user(self.spec)
            self.assertEqual(opened.search_count(line["domain"]), count, line)
        for line in self.shown["ranking"]:
            opened = self.env[line["model"]].with_user(self.spec)
            self.assertEqual(opened.search_count(line["low_domain"]), line["low"])

    def test_the_trend_has_a_point_for_each_month_and_says_where_answers_are_few(self):
        trend = self.shown["trend"]
        self.assertEqual(len(trend), 12)
        self.assertEqual((trend[-1]["count"], trend[-1]["few"]), (59, ""))
        self.assertEqual((trend[0]["index"], trend[0]["few"]), (None, "No answers"))

    def test_people_stand_beside_their_team_and_the_best(self):
        compared = self.board.get_comparison(self.study.id)
        self.assertEqual(
            [axis["name"] for axis in compared["axes"]], ["Reception", "Delivery"]
        )
        sally, sam = compared["units"]
        own, team, best = sally["series"]
        self.assertEqual(team["label"], self.north.name)
        self.assertEqual(own["points"], team["points"])
        # Sam has too few answers to be the best of anything.
        self.assertEqual(best["points"], own["points"])
        self.assertTrue(sam["few"])
        self.assertFalse(sally["few"])
        chosen = self.board.get_comparison(
            self.study.id, unit_ids=[self.sam.id, "x", None]
        )
        self.assertEqual([unit["id"] for unit in chosen["units"]], [self.sam.id])
        gone = self.board.get_comparison(self.study.id, unit_ids=[self.carl.id])
        self.assertEqual(gone["units"], compared["units"])

    def test_everybody_sees_what_he_or_she_may_read(self):
        counts = {}
        for user in (self.spec, self.rita, self.sally, self.max, self.sam, self.carl):
            board = self.env["crm.satisfaction.board"].with_user(user)
            counts[user.login] = self._tile("answers", board.get_board(self.study.id))
        self.assertEqual(
            {login: tile["count"] for login, tile in counts.items()},
            {"spec": 59, "rita": 59, "sally": 30, "max": 30, "sam": 29, "carl": 0},
        )
        nobody = self.env["res.users"].create({"name": "N", "login": "nobody"})
        with self.assertRaises(AccessError):
            self.env["crm.satisfaction.board"].with_user(nobody).get_board()

    def test_scores_open_the_answer_they_come_from(self):
        line = self.env["crm.satisfaction.score.report"].search(
            [("study_id", "=", self.study.id)], limit=1
        )
        action = line.action_open_source()
        self.assertEqual(action["res_id"], line.response_id.id)

    def test_as_many_statements_for_many_as_for_few(self):
        def count():
            self.board.get_board(self.study.id)
            self.board.get_comparison(self.study.id)
            self.env.invalidate_all()
            return self._count_statements(
                lambda: (
                    self.board.get_board(self.study.id),
                    self.board.get_comparison(self.study.id),
                )
            )

        few = count()
        for user in (self.max, self.rita, self.anna):
            self._answer(20, user=user, scores=self._scores(70))
        self.assertLessEqual(count(), few)
