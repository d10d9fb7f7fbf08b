from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_relations.tools.suite import SUITE


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

    def test_the_tree_that_is_kept_is_that_of_odoo(self):
        """Merged once for these fields, it holds what Odoo merges each time; without
        links of ours to who belongs to no customer."""
        partners = self.env["res.partner"]
        left_out = 0
        for names in (("name",), ("phone", "email"), tuple(partners._fields)):
            fields = [partners._fields[name] for name in names]
            whole = self._unfold(self.env.registry.get_trigger_tree(fields))
            kept = partners._get_triggers(names, False, True)
            self.assertEqual(self._unfold(kept), whole)
            beside = partners._get_triggers(names, False, False)
            expected = {one for one in whole if not (one[0] and _is_ours(one[0][0]))}
            self.assertEqual(self._unfold(beside), expected)
            new = partners._get_triggers(names, True, True)
            self.assertFalse([link for link in new if link.type == "many2one"])
            left_out += len(whole) - len(expected)
        self.assertTrue(left_out)

    def _unfold(self, tree, path=()):
        """Return ``{(path of links, field)}`` of a tree."""
        found = {(path, field) for field in tree.root}
        for link, below in tree.items():
            found |= self._unfold(below, (*path, link))
        return found

    def _get_fields_of_others(self):
        models = self.env.registry.values()
        for field in (field for model in models for field in model._fields.values()):
            if not (_is_ours(field) or field.relational or field.compute):
                yield field
