from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_relations.tools.suite import SUITE


@tagged("post_install", "-at_install")
class TestCaches(TransactionCase):
    """What is kept is kept for as long as it is true, and no shorter."""

    def test_what_no_row_tells_outlives_a_change_of_rows(self):
        """Odoo empties its cache of rows whenever a user or a rule is written: what
        only models and their columns tell would be found anew in each process."""
        found = dict(self._find_kept())
        self.assertGreater(len(found), 20)
        for name, (model, method) in found.items():
            self.env.invalidate_all()
            self.env.registry.clear_cache("stable")
            before = self.env.cr.sql_log_count
            method.__cache__.method(model)
            reads = self.env.cr.sql_log_count - before
            with self.subTest(name):
                if not reads:
                    self.assertEqual(method.__cache__.cache_name, "stable")

    def _find_kept(self):
        """Give what is kept without a key, by name: model and method; what a mixin
        keeps in all models that have it."""
        for name in self.env.registry:
            model = self.env[name]
            ours = (c for c in type(model).__mro__ if self._get_module(c) in SUITE)
            for method in (value for one in ours for value in vars(one).values()):
                kept = getattr(method, "__cache__", None)
                if kept and not kept.args:
                    yield method.__qualname__, (model, method)

    def _get_module(self, one):
        return getattr(one, "_module", None)
