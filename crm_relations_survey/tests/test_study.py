from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common.satisfaction import SatisfactionCommon


@tagged("post_install", "-at_install")
class TestStudy(SatisfactionCommon):
    def test_only_what_counts_is_summed(self):
        """The sum of weights, targets or limits over a group says nothing."""
        summed = {
            f"{name}.{field.name}"
            for name, model in self.env.registry.items()
            for field in model._fields.values()
            if name.startswith("crm.satisfaction.")
            and not (model._abstract or model._transient)
            and field.store
            and field.type in ("integer", "float")
            and field.aggregator == "sum"
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
