from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common.satisfaction import SatisfactionCommon


@tagged("post_install", "-at_install")
class TestStudy(SatisfactionCommon):
    def _get_stored_fields(self):
        return [
            field
            for name, model in self.env.registry.items()
            if name.startswith("crm.satisfaction.")
            and not (model._abstract or model._transient)
            for field in model._fields.values()
            if field.store
        ]

    def test_only_what_counts_is_summed(self):
        """The sum of weights, targets or limits over a group says nothing."""
        summed = {
            str(field)
            for field in self._get_stored_fields()
            if field.type in ("integer", "float") and field.aggregator == "sum"
        }
        counts = {name for name in summed if name.endswith(("count", "counted"))}
        self.assertEqual(
            summed - counts,
            {"crm.satisfaction.wave.score.base"},
        )

    def test_a_standard_has_no_parts(self):
        standard = self._create_factor("Greeted in a minute", is_standard=True)
        with self.assertRaisesRegex(ValidationError, "is a standard"):
            self._create_factor("By name", parent_id=standard.id)

    def test_a_factor_belongs_to_the_study_of_its_parent(self):
        other = self.study.copy({"name": "Service"})
        with self.assertRaisesRegex(ValidationError, "another study"):
            self._create_factor("Waiting", study=other, parent_id=self.delivery.id)

    def test_no_factor_is_part_of_what_is_part_of_it(self):
        self.delivery.parent_id = self.reception
        with self.assertRaisesRegex(UserError, "Recursion"):
            self.reception.parent_id = self.delivery

    def test_limits_go_from_nothing_to_all_the_points(self):
        names = ("low_limit", "low_factor_limit")
        for limit in (0, 100):
            self.study.write(dict.fromkeys(names, limit) | {"low_nps": limit // 10})
        for values in ({"low_limit": 100.1}, {"low_nps": 11}, {"low_limit": -0.1}):
            with self.assertRaisesRegex(ValidationError, "from 0 to 100"):
                self.study.write(values)

    def test_an_answer_at_the_limit_is_low_only_by_its_recommendation(self):
        self.study.write({"low_limit": 50, "low_factor_limit": 40, "low_nps": 6})
        for index, lowest, nps, low in (
            (50, 40, 61, False),
            (49.9, 40, 61, True),
            (50, 39.9, 61, True),
            (50, 40, 60, True),
            (None, None, None, False),
        ):
            with self.subTest(f"{index} {lowest} {nps}"):
                self.assertIs(self.study._is_low(index, lowest, nps), low)

    def test_answers_are_counted_not_what_is_still_asked(self):
        self.study._ask(self.customer, "visit", "face")
        self.study.invalidate_recordset()
        self.assertFalse(self.study.response_count)
