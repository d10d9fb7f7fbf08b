import json
import re
from pathlib import Path

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common.links import LinksCommon

ROOT = Path(__file__).parents[2]
# Columns of JSON that hold no ids of records, and why.
NO_IDS = {
    ("crm.account.plan.review", "facts"): "figures of a day, by names",
    ("crm.account.plan.version", "facts"): "what was approved, by names",
    ("crm.act", "res_ids"): "of any model, for a minute: a merge ends what it undoes",
    ("crm.act", "memory"): "as stood in records a minute ago",
    ("crm.care.preset.line", "rule_values"): "what a rule is created with",
    ("crm.concession", "findings"): "sums and limits",
    ("crm.card.scan", "card"): "what stands on a card",
    ("crm.card.scan", "sources"): "lines of a card, by fields",
    ("crm.contact.import.line", "card"): "what stands on a card",
    ("crm.contact.import.line", "filled"): "digests of values, by their names",
    ("crm.gift", "findings"): "sums and limits",
    ("crm.work.report", "figures"): "numbers, by kinds of follow-up and targets",
    ("crm.complaint.clock", "pauses"): "moments",
    ("crm.visit.wizard", "position"): "latitude, longitude and accuracy",
    ("crm.pool.setup.line", "old_values"): "settings, of which none is a partner",
    ("crm.pool.setup.line", "new_values"): "settings, of which none is a partner",
    ("crm.hidden.value", "phones"): "the values of columns, by their names",
    ("crm.hidden.value", "emails"): "the values of columns, by their names",
}


@tagged("post_install", "-at_install")
class TestMergeLinks(LinksCommon):
    """AR-12: what points to a merged partner points to the one that stays, in every
    table and every column of facts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls._create_customer("Kept", user_id=cls.sally.id)
        cls.lost = cls._create_customer("Lost")
        # Rows that differ in what they are for: of Odoo's own models some are needed.
        day = fields.Datetime.now()
        cls.env["event.event"].create(
            [
                {"name": f"Event {number}", "date_begin": day, "date_end": day}
                for number in range(15)
            ]
        )
        cls.env.flush_all()
        # What every customer has: it would stand in the way of rows made here.
        cls.env.cr.execute("DELETE FROM crm_name_key")
        cls.env.cr.execute("DELETE FROM crm_archive_upkeep")

    def _merge(self, lost=None, kept=None):
        lost, kept = lost or self.lost, kept or self.kept
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (lost | kept).ids, kept, extra_checks=False
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def _read(self, model, ids, column):
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, %s FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(column),
                    SQL.identifier(self.env[model]._table),
                    ids,
                )
            )
        )

    def test_every_link_is_known(self):
        known = {
            (self.env[model]._table, column)
            for model, columns in self.env["crm.partner.link"]
            ._get_partner_columns()
            .items()
            for column in columns
        }
        tables = {t for t, m in self._get_tables().items() if not m._transient}
        links = {
            (table, column)
            for table, column, target, _deletes in self._get_links()
            if target == "res_partner" and table in tables
        }
        self.assertEqual(known, links)

    def test_no_row_goes_for_another_that_clashes(self):
        """Of each table three rows: one of the survivor, one that is the same as this
        after the merge, and one that is not. Only one of the first two may go."""
        rows = {}
        for model, names in self._get_columns_to_clash():
            for place, name in enumerate(names):
                others = dict.fromkeys(set(names) - {name}, self.kept.id)
                rows[model, name] = [
                    self._insert(model, number, name, **others, **{name: partner.id})
                    for partner, number in self._get_rows_to_clash(
                        model, name, 10 * place
                    )
                ]
                self.env.invalidate_all()
        self._merge()
        for (model, name), ids in rows.items():
            with self.subTest(f"{model}.{name}"):
                found = self._read(model, ids, name)
                field = self.env[model]._fields[name]
                decided = {None} if field.compute and field.readonly else set()
                self.assertLessEqual(set(found.values()), {self.kept.id} | decided)
                self.assertGreaterEqual(len(found), len(ids) - 1)
                # The one that is like no other.
                self.assertTrue(len(ids) < 3 or ids[-1] in found)

    def _get_models_with_one_row(self):
        """Return ``{model: column}`` of those with one row a partner."""
        return {
            model: keys[0]
            for model, keys, _when in self.env["crm.partner.link"]._get_unique_keys()
            if len(keys) == 1
        }

    def _get_columns_to_clash(self):
        single = self._get_models_with_one_row()
        columns = self.env["crm.partner.link"]._get_partner_columns()
        return [
            (model, [single[model]] if model in single else names)
            for model, names in columns.items()
            # Pairs of customers: see test_duplicate_pairs.
            if not self._is_of_pairs(model, names)
        ]

    def _is_of_pairs(self, model, names):
        keys = self.env["crm.partner.link"]._get_unique_keys()
        pairs = [set(key) for some, key, _when in keys if some == model]
        return any(len(key) > 1 and key.issubset(names) for key in pairs)

    def _get_rows_to_clash(self, model, name, first):
        keys = [
            keys
            for some, keys, _when in self.env["crm.partner.link"]._get_unique_keys()
            if some == model and name in keys
        ]
        again = first if keys else first + 1  # no key of this column: nothing clashes
        rows = [(self.kept, first), (self.lost, again), (self.lost, again + 1)]
        return rows[:2] if any(len(key) == 1 for key in keys) else rows

    def test_ids_in_facts_lists_and_references_follow(self):
        """Each column of JSON, each pair of model and id, in each table."""
        links = self.env["crm.partner.link"]
        keys = self._get_keys_of("res.partner")
        self.assertTrue(keys)
        rows = []
        for model, columns in links._get_partner_columns().items():
            own = {columns[0]: self.lost.id}
            own |= dict.fromkeys(columns[1:], self.kept.id)
            for column in links._get_facts_columns(model):
                facts = dict.fromkeys(keys, self.lost.id) | {"days": self.lost.id}
                after = dict.fromkeys(keys, self.kept.id) | {"days": self.lost.id}
                rows.append((model, own, column, json.dumps(facts), after))
            for column in links._get_list_columns(model):
                text = json.dumps([self.lost.id, 7])
                rows.append((model, own, column, text, [7, self.kept.id]))
            for field in self.env[model]._fields.values():
                if field.type == "many2one_reference":
                    pair = own | {field.model_field: "res.partner"}
                    rows.append((model, pair, field.name, self.lost.id, self.kept.id))
        made = [
            (model, self._insert(model, n, **own | {column: value}), column, after)
            for n, (model, own, column, value, after) in enumerate(rows)
        ]
        self._merge()
        self.assertGreater(len(made), 8)
        for model, number, column, after in made:
            with self.subTest(f"{model}.{column}"):
                self.assertEqual(self._read(model, [number], column), {number: after})

    def _get_keys_of(self, model):
        links = self.env["crm.reason"]._get_fact_links()
        return [key for key, linked in links.items() if linked == model]

    def test_every_column_of_json_says_what_it_holds(self):
        links = self.env["crm.partner.link"]
        columns = links._get_partner_columns()
        for model, field in self._get_json_columns():
            name = model._name
            with self.subTest(f"{name}.{field.name}"):
                known = links._get_facts_columns(name), links._get_list_columns(name)
                self.assertIn(field.name, [*known[0], *known[1]])
                # Else nobody would find the rows of a partner.
                self.assertTrue(name in columns or model._transient)

    def _get_json_columns(self):
        return [
            (model, field)
            for name, model in self.env.registry.items()
            # A report keeps no rows that could name somebody who is gone.
            if not model._abstract and model._auto
            for field in model._fields.values()
            if self._is_ours_of_json(model, field) and (name, field.name) not in NO_IDS
        ]

    def _is_ours_of_json(self, model, field):
        if field.type != "json" or not field.store:
            return False
        ours = set(field._modules) <= {model._original_module}
        return ours and field._modules[0].startswith("crm_rel")

    def test_every_id_that_facts_hold_is_told(self):
        """What rules write into facts, as their source says."""
        links = {key.split("/")[-1] for key in self.env["crm.reason"]._get_fact_links()}
        written = set()
        for path in ROOT.glob("crm_relations*/**/*.py"):
            if "tests" in path.parts:
                continue
            text = path.read_text()
            for built in re.findall(r"jsonb_build_object\(([^%]*?)\)", text, re.S):
                written |= set(re.findall(r"'(\w+)',\s*[\w.]*\b(?:\w+_)?id\b", built))
            for facts in re.findall(r"\"facts\":\s*\{(.*?)\}", text, re.S):
                written |= set(re.findall(r"\"(\w+)\": [\w.]+\.id\b", facts))
        self.assertGreaterEqual(written, {"person", "member", "tier", "user"})
        self.assertLessEqual(written, links)

    def test_whoever_reads_an_id_in_facts_asks_for_its_key(self):
        for path in ROOT.glob("crm_relations*/**/*.py"):
            if "tests" not in path.parts:
                with self.subTest(path.name):
                    self.assertNotRegex(
                        path.read_text(), r"_browse_named\([^)]*facts(\.get\(|\[)\""
                    )

    def test_a_birthday_keeps_the_name_of_the_person(self):
        customer = self._create_customer("House")
        kept = self._create_person(customer, "Li Wei")
        lost = self._create_person(customer, "Li  Wei")
        task = self.env["crm.care.task"].create(
            {
                "rule_id": self.env["crm.care.rule"].create({"name": "Birthday"}).id,
                "partner_id": customer.id,
                "person_id": lost.id,
                "occasion": "solar-2026",
                "occasion_date": "2026-05-05",
                "due_at": "2026-05-02 09:00:00",
                "facts": {
                    "code": "care_birthday",
                    "person": lost.id,
                    "born": 1980,
                    "year": 2026,
                    "day": "2026-05-05",
                },
            }
        )
        self._merge(lost, kept)
        self.assertIn("Li Wei turns 46", task.reason)

    def test_a_dropped_call_leaves_its_follow_up_to_the_other(self):
        rule = self.env["crm.callback.rule"].create(
            {"name": "Visited", "trigger": "visit", "purpose": "How was it?"}
        )
        calls = self.env["crm.callback"].create(
            [
                {
                    "partner_id": partner.id,
                    "rule_id": rule.id,
                    "occasion": "visit-1",
                    "own_purpose": "How was it?",
                    "due_at": "2026-03-02 09:00:00",
                    "deadline_at": "2026-03-02 17:00:00",
                }
                for partner in (self.kept, self.lost)
            ]
        )
        followup = self._create_followup(self.lost)
        followup.sudo().callback_id = calls[1]
        self._merge()
        self.assertEqual(followup.callback_id, calls.exists())

    @freeze_time("2026-03-02 20:00:00")
    def test_the_day_of_a_merge_is_a_day_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.env["crm.tier.change"].create(
            {
                "partner_id": self.lost.id,
                "new_tier_id": self.tier_a.id,
                "facts": {"code": "tier_share"},
            }
        )
        self._merge()
        self.assertEqual(self.kept.tier_id, self.tier_a)
        self.assertEqual(str(self.kept.tier_since), "2026-03-03")
