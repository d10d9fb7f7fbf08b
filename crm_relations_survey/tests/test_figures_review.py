"""Figures read again with fresh eyes: edges of boards, waves and reports."""

from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from ..tools.choice_points import get_choice_points
from .common.answers import AnswersCommon


@tagged("post_install", "-at_install")
class TestFiguresReview(AnswersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_relations_today()
        cls.board = cls.env["crm.satisfaction.board"].with_user(cls.spec)

    @classmethod
    def _publish(cls, day, *scores, **values):
        """Return a wave; scores as dicts of values."""
        return cls.env["crm.satisfaction.wave"].create(
            {
                "name": "Spring",
                "study_id": cls.study.id,
                "source": "Institute",
                "date_to": day,
                "score_ids": [Command.create(score) for score in scores],
                **values,
            }
        )

    def _score(self, value):
        return {"value": value, "factor_id": self.reception.id}

    def _get_board(self):
        return self.board.get_board(self.study.id, "month")

    def test_the_whole_as_published_is_not_mixed_with_its_companies(self):
        self._publish(
            self.today,
            {"value": 800, "base": 1200, "factor_id": self.reception.id},
            {
                **{"value": 600, "base": 600, "factor_id": self.reception.id},
                **{"unit_kind": "company", "company_id": self.company.id},
            },
        )
        shown = self._get_board()
        [line] = shown["external"]["lines"]
        self.assertEqual((line["other"], line["base"]), ("80.0", 1200))
        self.assertEqual(shown["trend_lines"][-1]["data"][-1], 800)

    def test_companies_stand_for_the_whole_that_nobody_published(self):
        self._publish(
            self.today,
            {
                **{"value": 600, "base": 600, "factor_id": self.reception.id},
                **{"unit_kind": "company", "company_id": self.company.id},
            },
        )
        shown = self._get_board()
        [line] = shown["external"]["lines"]
        self.assertEqual((line["other"], line["base"]), ("60.0", 600))
        self.assertEqual(shown["trend_lines"][-1]["data"][-1], 600)

    def test_an_average_that_was_not_published_is_none(self):
        wave = self._publish(
            self.today,
            {"value": 800, "factor_id": self.reception.id, "peer_average": 70},
            {
                **{"value": 700, "factor_id": self.reception.id, "peer_average": 0},
                **{"unit_kind": "company", "company_id": self.company.id},
            },
        )
        [(average,)] = self.env["crm.satisfaction.score.report"]._read_group(
            [("wave_id", "=", wave.id)], aggregates=["peer_average:avg"]
        )
        self.assertEqual(average, 70)

    def test_a_wave_without_days_is_not_the_last_one(self):
        self._publish(self.today, self._score(800), name="Autumn")
        self._publish(False, self._score(500), name="Once")
        self.assertIn("Autumn", self._get_board()["external"]["title"])

    def test_one_answer_has_no_margin(self):
        self._answer(nps=10, has_nps=True)
        [tile] = [one for one in self._get_board()["tiles"] if one["key"] == "nps"]
        self.assertEqual((tile["value"], tile["count"]), ("100.0", 1))
        self.assertEqual(tile["margin"], "")

    def test_the_days_of_a_report_stand_in_their_order(self):
        mailing = self.env["crm.satisfaction.mailing"].create(
            {"study_id": self.study.id, "user_ids": [Command.link(self.spec.id)]}
        )
        edition = mailing.edition_ids.create(
            {
                "mailing_id": mailing.id,
                "study_id": self.study.id,
                "company_id": self.company.id,
                "period": "week",
                "date_from": date(2026, 12, 28),
                "date_to": date(2027, 1, 3),
            }
        )
        self.assertEqual(edition._tell_days(), "12/28/2026 – 01/03/2027")
        edition.date_to = edition.date_from
        self.assertEqual(edition._tell_days(), "12/28/2026")

    def _plan_for(self, factor):
        return self.env["crm.satisfaction.plan"].create(
            {"factor_id": factor.id, "company_id": self.company.id}
        )

    def test_the_answers_behind_a_plan_count_once(self):
        """However many parts of the factor each of them judges."""
        factors = self.env["crm.satisfaction.factor"]
        speed, care = factors.create(
            [
                {
                    "study_id": self.study.id,
                    "parent_id": self.delivery.id,
                    "name": name,
                    "weight": 1,
                }
                for name in ("Speed", "Care")
            ]
        )
        self._answer(10, scores={speed: 60, care: 80})
        self._answer(2, scores={speed: 60})
        plan = self._plan_for(self.delivery)
        self.assertEqual((plan.last_points, plan.last_count), (70, 12))
        self.assertEqual(self._plan_for(care).last_count, 10)
        # A factor with answers of its own is that of these.
        self._answer(3, scores={self.delivery: 90})
        plan = self._plan_for(self.delivery)
        self.assertEqual((plan.last_points, plan.last_count), (90, 3))

    def test_ninety_days_are_ninety_days(self):
        for days, points in ((0, 80), (89, 60), (90, 10)):
            day = self.today - timedelta(days=days)
            self._answer(day=day, scores={self.reception: points})
        plan = self._plan_for(self.reception)
        self.assertEqual((plan.last_points, plan.last_count), (70, 2))

    def test_halves_are_rounded_as_institutes_round_them(self):
        """5 promoters of 8 are 62.5: 63, as spreadsheets and reports have it."""
        board = self.env["crm.satisfaction.board"]
        for value, digits, text in (
            (62.5, 0, "63"),
            (-12.5, 0, "-13"),
            (73.25, 1, "73.3"),
            (-100 / 301, 0, "0"),
            (None, 1, "–"),
        ):
            with self.subTest(value):
                self.assertEqual(board._tell(value, digits), text)
        for value, text in ((0.25, "+0.3"), (-0.25, "-0.3"), (-0.04, "0.0")):
            self.assertEqual(board._tell_change(value), text)

    def test_school_marks_are_worth_what_their_words_say(self):
        """As German and Chinese forms ask: 1 is the best."""
        down, up = [100, 50, 0], [0, 50, 100]
        for names, points in (
            (["1 - Very satisfied", "2 - Neither", "3 - Very dissatisfied"], down),
            (["1 非常满意", "2 一般", "3 非常不满意"], down),
            (["3 Very bad", "2 Neither", "1 Very good"], up),
            (["3 Very good", "2 Neither", "1 Very bad"], down),
            (["1 Very bad", "2 Neither", "3 Very good"], up),
            (["不错", "一般", "差"], down),
        ):
            with self.subTest(names):
                found = [one for one, _counts in get_choice_points(names)]
                self.assertEqual(found, points)
