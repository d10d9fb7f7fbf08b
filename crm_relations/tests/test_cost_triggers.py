from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_relations.models.rule.res_partner import SUITE


def _is_ours(field):
    return bool(field._modules) and SUITE.issuperset(field._modules)


@tagged("post_install", "-at_install")
class TestCostTriggers(TransactionCase):
    """What depends on a field of Odoo is paid whenever anybody writes it."""

    def test_no_field_of_ours_makes_odoo_look_for_dependents_twice(self):
        """The ORM does so, before and after, for all that depends on a field on which
        a relation depends. What is only shown may not be the reason."""
        for field in self._get_fields_of_others():
            dependents = self.env.registry.get_dependent_fields(field)
            relations = [dependent for dependent in dependents if dependent.relational]
            if all(map(_is_ours, relations)):
                shown = [str(found) for found in relations if not found.store]
                with self.subTest(field=str(field)):
                    self.assertFalse(shown)

    def _get_fields_of_others(self):
        models = self.env.registry.values()
        for field in (field for model in models for field in model._fields.values()):
            if not (_is_ours(field) or field.relational or field.compute):
                yield field
