from odoo.tests import tagged

from .common.links import SUITE, LinksCommon

# Who configures the suite, or Odoo: seldom, and in small tables.
CONFIGURES = ("crm_relations.group_administrator", "base.group_system")


@tagged("post_install", "-at_install")
class TestLinksIndex(LinksCommon):
    """Whoever deletes a record waits for a scan of each table that points to it without
    an index: deleting ten contacts took 1.5 seconds instead of 0.01."""

    def _get_tables_by_right(self, right, groups):
        """Return the tables on which others than these groups have this right."""
        refused = [self.env.ref(group).id for group in groups]
        rights = self.env["ir.model.access"].search(
            [(right, "=", True), ("group_id", "not in", refused)]
        )
        names = set(rights.model_id.mapped("model")) & set(self.env.registry)
        return {self.env[name]._table for name in names}

    def _get_deletable(self):
        """Return the tables from which somebody deletes: by right, others than those
        who configure, or because a row goes with another one. Who deletes a company
        waits for what goes with it."""
        tables = self._get_tables_by_right("perm_unlink", CONFIGURES)
        cascades = [link[:3] for link in self._get_links() if link[3] == "c"]
        while (
            more := {t for t, _c, to in cascades if to in tables - {"res_company"}}
            - tables
        ):
            tables |= more
        return tables

    def _get_small(self):
        """Return the tables to which nobody adds but who configures."""
        administrator = self.env.ref("crm_relations.group_administrator")
        rights = self.env["ir.model.access"].search(
            [("perm_create", "=", True), ("group_id", "=", administrator.id)]
        )
        tables = {
            self.env[name]._table
            for name in rights.model_id.mapped("model")
            if name in self.env.registry
        }
        return tables - self._get_tables_by_right("perm_create", CONFIGURES)

    def _get_indexed(self):
        """Return (table, column) of those that an index begins with."""
        self.env.cr.execute(
            """
            SELECT class.relname, column_.attname
              FROM pg_index AS index
              JOIN pg_class AS class ON class.oid = index.indrelid
              JOIN pg_attribute AS column_ ON column_.attrelid = index.indrelid
               AND column_.attnum = index.indkey[0]
             WHERE index.indpred IS NULL
                OR pg_get_expr(index.indpred, index.indrelid)
                   = '(' || column_.attname || ' IS NOT NULL)'
            """
        )
        return set(self.env.cr.fetchall())

    def test_every_link_to_what_is_deleted_has_an_index(self):
        deletable, indexed = self._get_deletable(), self._get_indexed()
        small = self._get_small()
        self.assertIn("res_partner", deletable)
        missing = sorted(
            f"{table}.{column} -> {target}"
            for table, column, target, _deletes in self._get_links()
            if target in deletable
            and table not in small
            and (table, column) not in indexed
            # Odoo's own, the same in every table: who deletes users waits anyway.
            and column not in ("create_uid", "write_uid")
        )
        self.assertFalse(missing, "\n".join(missing))

    def test_the_suite_has_links(self):
        self.assertGreater(len(self._get_links()), 300)
        self.assertTrue(SUITE)
