import json

from odoo.tests import tagged

from .common.links import LinksCommon


@tagged("post_install", "-at_install")
class TestMergeChains(LinksCommon):
    """Merged again and again: what was told of the first stands with the last."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.links = cls.env["crm.partner.link"]
        cls.first, cls.second, cls.third = (
            cls._create_customer(name, user_id=cls.sally.id, is_company=False)
            for name in ("First", "Second", "Third")
        )
        cls.env.flush_all()
        # What every customer has: it would stand in the way of rows made here.
        cls.env.cr.execute("DELETE FROM crm_name_key")
        cls.env.cr.execute("DELETE FROM crm_archive_upkeep")

    def _merge(self, lost, kept):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (lost | kept).ids, kept, extra_checks=False
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def _make_rows(self, partner):
        """Make a row for each column that holds a partner; what is JSON of the table
        names it as well."""
        made = []
        for model, columns in self.links._get_partner_columns().items():
            if model == "crm.duplicate.pair":  # made anew, see test_duplicate_pairs
                continue
            for column in columns:
                held, after = self._get_json(model, partner)
                own = self._get_others(columns) | {column: partner.id} | held
                number = self._insert(model, 30 + len(made), column, **own)
                made += [
                    (model, number, name, value)
                    for name, value in (after | {column: self.third.id}).items()
                ]
        self.env.invalidate_all()
        return made

    def _get_json(self, model, partner):
        """Return what JSON columns hold, and what they hold after all."""
        keys = self._get_keys()
        facts = self.links._get_facts_columns(model)
        held = {name: json.dumps(dict.fromkeys(keys, partner.id)) for name in facts}
        after = {name: dict.fromkeys(keys, self.third.id) for name in facts}
        for name in self.links._get_list_columns(model):
            held[name] = json.dumps([partner.id, self.second.id, self.third.id])
            after[name] = [self.third.id]
        return held, after

    def _get_others(self, columns):
        """Return a partner of its own for each column."""
        partners = self.env["res.partner"].create([{"name": c} for c in columns])
        return dict(zip(columns, partners.ids, strict=True))

    def _get_keys(self):
        links = self.env["crm.reason"]._get_fact_links()
        return [key for key, linked in links.items() if linked == "res.partner"]

    def _check_rows(self, rows):
        for model, number, column, after in rows:
            row = self.env[model].with_context(active_test=False).browse(number)
            with self.subTest(f"{model}.{column}"):
                self.assertTrue(row.exists())
                value = row[column]
                is_link = model in self.links._get_partner_columns() and hasattr(
                    value, "ids"
                )
                self.assertEqual(value.id if is_link else value, after)

    def test_of_three_the_last_has_all_rows_and_facts(self):
        rows = self._make_rows(self.first)
        self._merge(self.first, self.second)
        self._merge(self.second, self.third)
        self._check_rows(rows)

    def test_the_same_in_one_go(self):
        rows = self._make_rows(self.first)
        self._merge(self.first | self.second, self.third)
        self._check_rows(rows)
