from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common.answers import AnswersCommon


@tagged("post_install", "-at_install")
class TestFiguresWave(AnswersCommon):
    """An institute published two waves: one with an index, and after a series break
    one of factors only. Sally has 40 answers of our own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.company._get_relations_today()
        cls.first = cls._publish(
            today.replace(day=1) - timedelta(days=100),
            (None, 700, 0),
            (cls.reception, 600, 0),
        )
        cls.last = cls._publish(
            today,
            (cls.reception, 600, 3),
            (cls.delivery, 800, 1),
            name="Autumn",
            is_series_break=True,
            break_reason="New questions",
        )
        for number in range(40):
            cls._answer(
                scores={cls.reception: 80 + number % 5, cls.delivery: 79 + number % 3}
            )
        cls.report = cls.env["crm.satisfaction.report"]
        cls.scores = cls.env["crm.satisfaction.score.report"]

    @classmethod
    def _publish(cls, day, *scores, **values):
        return cls.env["crm.satisfaction.wave"].create(
            {
                "name": "Spring",
                "study_id": cls.study.id,
                "source": "Institute",
                "date_from": day - timedelta(days=30),
                "date_to": day,
                "score_ids": [
                    Command.create(
                        {
                            "factor_id": factor and factor.id,
                            "value": value,
                            "base": 50,
                            "weight": weight,
                            "peer_average": 77,
                        }
                    )
                    for factor, value, weight in scores
                ],
                **values,
            }
        )

    def _read(self, wave, *measures):
        [row] = self.report._read_group(
            [("wave_id", "=", wave.id)], aggregates=measures
        )
        return row

    def _get_board(self, user=None):
        board = self.env["crm.satisfaction.board"].with_user(user or self.spec)
        return board.get_board(self.study.id, "month")

    def test_a_wave_has_its_index_or_the_weighted_mean_of_its_factors(self):
        measures = ("index:avg", "answer_count:sum", "__count")
        self.assertEqual(self._read(self.first, *measures), (700, 50, 1))
        index, *counts = self._read(self.last, *measures)
        self.assertAlmostEqual(index, (3 * 600 + 800) / 4)
        self.assertEqual(counts, [50, 1])

    def test_published_points_weigh_as_many_answers_as_there_were(self):
        self.last.score_ids.filtered(
            lambda one: one.factor_id == self.delivery
        ).base = 0
        rows = self.scores._read_group(
            [("wave_id", "in", (self.first | self.last).ids)],
            ["factor_id"],
            ["points:avg", "peer_average:avg", "score_count:sum"],
        )
        found = {factor: row for factor, *row in rows}
        self.assertEqual(found[self.reception], [60, 77, 100])
        self.assertEqual(found[self.delivery], [80, 77, 0])

    def test_waves_are_in_no_figure_of_our_own(self):
        board = self._get_board()
        counts = {tile["key"]: tile["count"] for tile in board["tiles"]}
        self.assertEqual(counts["answers"], 40)
        self.assertEqual([line["count"] for line in board["factors"]], [40, 40])

    def test_a_line_of_a_wave_opens_the_wave(self):
        line = self.scores.search([("wave_id", "=", self.last.id)], limit=1)
        action = line.action_open_source()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (self.last._name, self.last.id)
        )

    def test_the_last_wave_stands_beside_our_own_answers(self):
        shown = self._get_board()["external"]
        self.assertIn("Institute Autumn", shown["title"])
        self.assertEqual(shown["break"], "Series break: New questions")
        reception, delivery = sorted(
            shown["lines"], key=lambda line: line["name"], reverse=True
        )
        self.assertEqual((reception["own"], reception["other"]), ("82.0", "60.0"))
        self.assertEqual((reception["gap"], reception["tone"]), ("+22.0", "success"))
        # 79.975 against 80: none.
        self.assertEqual((delivery["gap"], delivery["tone"]), ("0.0", "muted"))
        opened = self.scores.with_user(self.spec).search_count(shown["domain"])
        self.assertEqual(opened, len(shown["lines"]))

    def test_a_series_break_begins_a_new_line(self):
        before, after = self._get_board()["trend_lines"]
        self.assertEqual([one for one in before["data"] if one is not None], [700])
        self.assertEqual(after["data"][-1], 650)
        self.assertEqual(after["label"], "Institute, from Autumn on")

    def test_salespeople_see_their_own_figures_without_waves(self):
        board = self._get_board(self.sally)
        self.assertNotIn("external", board)
        self.assertNotIn("trend_lines", board)
        lines = self.report.with_user(self.sally).search([])
        self.assertFalse(lines.filtered(lambda line: line.source == "external"))
