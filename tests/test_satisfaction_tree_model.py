"""SA-1: the index that the response keeps against a plain model, on random trees."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.crm_relations_survey.tests.common.satisfaction import (
    SatisfactionCommon,
)

COUNT = 6
WEIGHTS = st.one_of(st.just(0), st.integers(1, 101))
# For each factor: which one before it it is part of, weight, standard, answer.
TREES = st.tuples(
    *(
        st.tuples(
            st.integers(-1, place - 1),
            WEIGHTS,
            st.sampled_from([False, False, False, True]),
            st.one_of(st.none(), st.integers(0, 10)),
        )
        for place in range(COUNT)
    )
)


def get_mean(parts, tree):
    """Return the weighted mean of the factors that have points, exact."""
    points = [(get_points(part, tree), tree[part][1]) for part in parts]
    points = [(value, weight) for value, weight in points if value is not None]
    total = sum(weight for _value, weight in points)
    if not total:
        return None
    return Fraction(sum(value * weight for value, weight in points), total)


def get_points(place, tree):
    own = tree[place][3]
    return Fraction(own * 10) if own is not None else get_mean(find(place, tree), tree)


def find(parent, tree):
    return [
        place
        for place, (above, _weight, is_standard, _answer) in enumerate(tree)
        if above == parent and not is_standard
    ]


@tagged("post_install", "-at_install")
class TestTreeModel(SatisfactionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study.item_ids.unlink()
        cls.study.factor_ids.unlink()
        cls.asked = [cls._ask(f"Question {n}", "scale") for n in range(COUNT)]
        cls.factors = [cls._create_factor(f"Factor {n}") for n in range(COUNT)]
        cls.items = cls.env["crm.satisfaction.item"].create(
            [
                cls._prepare_item(question, factor_id=factor.id)
                for question, factor in zip(cls.asked, cls.factors, strict=True)
            ]
        )

    @settings(max_examples=40, deadline=None, derandomize=True)
    @given(TREES)
    def test_the_index_is_that_of_the_model(self, tree):
        # A standard has no parts: they move to the top.
        tree = [
            (-1 if above >= 0 and tree[above][2] else above, *rest)
            for above, *rest in tree
        ]
        self._plant(tree)
        answer = self.env["survey.user_input"].create({"survey_id": self.survey.id})
        for question, (*_rest, given_answer) in zip(self.asked, tree, strict=True):
            if given_answer is not None:
                answer._save_lines(question, str(given_answer))
        answer._mark_done()
        response = self.env["crm.satisfaction.response"].search(
            [("user_input_id", "=", answer.id)]
        )
        expected = get_mean(find(-1, tree), tree)
        self.assertEqual(response.has_points, expected is not None)
        # One decimal is kept.
        self.assertAlmostEqual(response.points, float(expected or 0), delta=0.0501)

    def _plant(self, tree):
        """Give the factors these places, weights and kinds."""
        for factor, item in zip(self.factors, self.items, strict=True):
            item.write({"kind": "comment", "factor_id": False})
            factor.write({"parent_id": False, "is_standard": False})
        for place, (above, weight, is_standard, _answer) in enumerate(tree):
            self.factors[place].write({"weight": weight, "is_standard": is_standard})
            if above >= 0:
                self.factors[place].parent_id = self.factors[above]
            self.items[place].write(
                {
                    "kind": "standard" if is_standard else "factor",
                    "factor_id": self.factors[place].id,
                }
            )
