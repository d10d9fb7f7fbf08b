"""SA-4, SA-5: figures in SQL against a plain Python model, on answers by chance."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.crm_relations_survey.tests.common.answers import AnswersCommon
from odoo.addons.crm_relations_survey.tools.metrics import (
    csat_interval,
    mean_figure,
    net_promoter_error,
    net_promoter_score,
    weighted_index,
)

POINTS = st.none() | st.integers(0, 100)
ANSWERS = st.lists(
    st.fixed_dictionaries(
        {
            "user": st.sampled_from(["sally", "sam", "max"]),
            "reception": POINTS,
            "delivery": POINTS,
            "seen": POINTS,
            "nps": st.none() | st.integers(0, 10),
            "csat": st.none() | st.integers(1, 5),
        }
    ),
    max_size=8,
)
# Of what weighs nothing there is a mean: chance seldom comes to it.
UNWEIGHTED = [
    {
        **{"user": "sally", "reception": 30, "delivery": None, "seen": seen},
        **{"nps": None, "csat": None},
    }
    for seen in (10, 20)
]
WEIGHTS = st.lists(st.sampled_from([0, 0.5, 1, 33, 99]), min_size=2, max_size=2)
MEASURES = (
    *("answer_count:sum", "index:avg", "index_error:avg", "nps:avg", "nps_error:avg"),
    *("csat_low:avg", "csat_high:avg"),
)


def deviate(values):
    """Return the standard deviation of a sample; None of fewer than two."""
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    square = sum((value - mean) ** 2 for value in values)
    return (square / (len(values) - 1)) ** 0.5


@tagged("post_install", "-at_install")
class TestSatisfactionModel(AnswersCommon):
    """``seen`` is shown, but weighs nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seen = cls._create_factor("Seen", weight=0)

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(answers=ANSWERS, weights=WEIGHTS)
    @example(answers=UNWEIGHTED, weights=[0, 0])
    def test_sql_and_python_agree(self, answers, weights):
        with self.env.cr.savepoint() as savepoint:
            self.reception.weight, self.delivery.weight = weights
            for answer in answers:
                self._give(answer)
            self._check_answers(answers)
            self._check_scores(answers)
            savepoint.rollback()
        self.env.invalidate_all()

    def _get_scores(self, answer):
        return {
            getattr(self, name): answer[name]
            for name in ("reception", "delivery", "seen")
            if answer[name] is not None
        }

    def _give(self, answer):
        nps, csat = answer["nps"], answer["csat"]
        self._answer(
            user=getattr(self, answer["user"]),
            scores=self._get_scores(answer),
            nps=nps or 0,
            has_nps=nps is not None,
            csat=25 * ((csat or 1) - 1),
            has_csat=csat is not None,
        )

    def _check_answers(self, answers):
        found = {
            user.login: row
            for user, *row in self.env["crm.satisfaction.report"]._read_group(
                [("study_id", "=", self.study.id)], ["user_id"], MEASURES
            )
        }
        self.assertEqual(set(found), {answer["user"] for answer in answers})
        for login, row in found.items():
            mine = [answer for answer in answers if answer["user"] == login]
            self.assertClose(row, self._expect(mine))

    def _expect(self, answers):
        indices = [self._expect_index(answer) for answer in answers]
        indices = [10 * one for one in indices if one is not None]
        mean = sum(indices) / len(indices) if indices else None
        scores = [answer["nps"] for answer in answers]
        low, high = csat_interval([one["csat"] for one in answers]) or (None, None)
        return [
            len(answers),
            mean,
            mean_figure(mean, deviate(indices), len(indices)).error,
            net_promoter_score(scores),
            net_promoter_error(scores),
            low,
            high,
        ]

    def _expect_index(self, answer):
        scores = self._get_scores(answer)
        return weighted_index(scores, {one: one.weight for one in scores})

    def _check_scores(self, answers):
        """Points of several factors are ``weighted_index`` of all scores; of those
        without weight their mean."""
        given = [scores for one in answers if (scores := self._get_scores(one))]
        pairs = [pair for scores in given for pair in scores.items()]
        report = self.env["crm.satisfaction.score.report"]
        [[found, count, answered]] = report._read_group(
            [("study_id", "=", self.study.id)],
            aggregates=["points:avg", "score_count:sum", "answer_count:count_distinct"],
        )
        self.assertClose([found], [self._expect_points(pairs)])
        self.assertEqual((count or 0, answered), (len(pairs), len(given)))

    def _expect_points(self, pairs):
        points = [value for _factor, value in pairs]
        index = weighted_index(points, [factor.weight for factor, _value in pairs])
        if index is None and points:
            return sum(points) / len(points)
        return index

    def assertClose(self, found, expected):
        for value, other in zip(found, expected, strict=True):
            if other is None:
                # So Odoo says that there is nothing to take the mean of.
                self.assertIs(value, False, expected)
            else:
                self.assertAlmostEqual(value, other, 4)
