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
        """Give what is kept without a key, by name: model and method."""
        for name in self.env.registry:
            for one in type(self.env[name]).__mro__:
                if getattr(one, "_module", None) not in SUITE:
                    continue
                for method in vars(one).values():
                    kept = getattr(method, "__cache__", None)
                    if kept and not kept.args:
                        yield (
                            f"{one.__name__}.{method.__name__}",
                            (
                                self.env[name],
                                method,
                            ),
                        )
