"""One clock: what statements take for now is given to them by Python.

The database has a clock of its own, which stands still in a transaction and which no
test can freeze: a preview by the one and a job by the other disagree around midnight.
"""

import ast
import re
from pathlib import Path

from odoo.tests import BaseCase, TransactionCase, freeze_time, tagged

ROOT = Path(__file__).parents[1]
CLOCKS = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\("
    r"|\b(current_date|current_time|current_timestamp|localtime|localtimestamp)\b"
    r"|'(now|today|tomorrow|yesterday)'::|\bage\s*\([^,()]+\)",
    re.IGNORECASE,
)
# When something was written, compared with another moment.
WRITTEN = re.compile(
    r"\b(?:create|write)_date\b[\"']?,?\s*[\"']?(?:[<>]|[!=]=|BETWEEN\b|IS\s+DISTINCT)"
    r"|(?:[<>]=?|[!=]=|BETWEEN)\s*(?:%\(\w+\)s\.|\w+\.)*(?:create|write)_date\b",
)
# Cut to the second, compared with the clock that it was written by, or with a margin.
ALIKE = re.compile(
    r"date_trunc\('second', [^\n]+_date\)|\w+_date (==|>=) self\.env\.cr\.now\(\)"
    r"|\w+_date >= [\w.]+ - %\(margin\)s"
)


def find_clocks(source):
    """Return the lines on which a statement, or the cursor, asks the database; but for
    those with a comment above that says why it is Odoo's clock."""
    lines, texts = set(), ["", *source.splitlines()]
    for node in ast.walk(ast.parse(source)):
        lines |= _find_in_statement(node) | _find_of_cursor(node)
    return sorted(line for line in lines if "# Odoo's clock:" not in texts[line - 1])


def find_uncut(source):
    """Return the lines that compare when something was written with another moment as
    it is: Odoo writes that in millionths of a second, and all else in whole seconds."""
    text = ALIKE.sub("alike", source)
    found = {text.count("\n", 0, match.start()) + 1 for match in WRITTEN.finditer(text)}
    return sorted(found)


def _find_in_statement(node):
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return set()
    before = [m.start() for m in CLOCKS.finditer(node.value)]
    return {node.lineno + node.value.count("\n", 0, at) for at in before}


def _find_of_cursor(node):
    if not isinstance(node, ast.Attribute) or node.attr != "now":
        return set()
    owner = node.value
    is_cursor = "cr" in (getattr(owner, "attr", ""), getattr(owner, "id", ""))
    return {node.lineno} if is_cursor else set()


@tagged("post_install", "-at_install")
class TestOneClock(BaseCase):
    def test_no_statement_asks_the_clock_of_the_database(self):
        found = [
            f"{path.relative_to(ROOT)}:{line}"
            for path in sorted(ROOT.glob("crm_relations*/**/*.py"))
            if not {"tests", "migrations"} & set(path.parts)
            for line in find_clocks(path.read_text())
        ]
        self.assertFalse(found)

    def test_the_search_finds_them(self):
        for text in ("now()", "x <= CURRENT_DATE", "localtimestamp", "'today'::date"):
            self.assertEqual(find_clocks(f"SQL({text!r})"), [1], text)
        self.assertEqual(find_clocks("self.env.cr.now()"), [1])
        self.assertFalse(find_clocks("# Odoo's clock: why\nself.env.cr.now()"))
        self.assertFalse(find_clocks("fields.Datetime.now() and 'now_count, known(x)'"))

    def test_what_is_compared_with_the_date_of_writing_is_as_fine(self):
        found = [
            f"{path.relative_to(ROOT)}:{line}"
            for path in sorted(ROOT.glob("crm_relations*/**/*.py"))
            if not {"tests", "migrations"} & set(path.parts)
            for line in find_uncut(path.read_text())
        ]
        self.assertFalse(found)

    def test_the_search_finds_what_is_not_cut(self):
        for text in (
            "partner.create_date > (",
            "%(table)s.create_date <=",
            "moment >= row.write_date",
            '("create_date", ">=", moment)',
            "self.create_date == moment",
        ):
            self.assertEqual(find_uncut(text), [1], text)
        for text in (
            "date_trunc('second', partner.create_date) > (",
            "date_trunc('second', %(table)s.create_date)\n <=",
            "self.create_date == self.env.cr.now()",
            "SET write_date = %(now)s",
        ):
            self.assertFalse(find_uncut(text), text)

    def test_no_python_asks_a_clock_that_tells_millionths(self):
        """Tests neither: what they date is compared with whole seconds."""
        found = [
            str(path.relative_to(ROOT))
            for folder in ("crm_relations*", "tests")
            for path in sorted(ROOT.glob(f"{folder}/**/*.py"))
            if re.search(r"\b(datetime\.(utc)?now|date\.today)\(", path.read_text())
        ]
        self.assertFalse(found)


@tagged("post_install", "-at_install")
class TestFrozenStatements(TransactionCase):
    """What a preview says follows the clock that a test freezes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"]._get_relations_default()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.company.customers_are_owned = True
        cls.customer = cls.env["res.partner"].create(
            {"name": "Customer", "is_managed_customer": True}
        )
        cls.customer.sudo().write(
            {"last_order_on": "2031-01-01", "confirmed_order_count": 5}
        )

    def test_layers_count_days_by_the_frozen_clock(self):
        rules = self.env["crm.lifecycle.rule"].search([])
        self.env.flush_all()
        for moment, days in (("2031-02-01 15:59:59", 31), ("2031-02-01 16:00:00", 32)):
            with freeze_time(moment):
                rows = self.env.execute_query_dict(rules._get_decision_sql())
            [facts] = [
                row["facts"] for row in rows if row["partner_id"] == self.customer.id
            ]
            self.assertEqual(facts["silent"], days, moment)

    def test_a_pool_rule_previews_by_the_frozen_clock(self):
        rule = self.env["crm.pool.rule"].create(
            {
                "name": "Silent",
                "clock": "followup",
                "days": 30,
                "pool_id": self.env.ref("crm_relations.crm_pool_public").id,
                "domain": f"[('id', '=', {self.customer.id})]",
            }
        )
        self.customer.user_id = self.env.user
        since = self.customer.owner_since.date()
        self.env.flush_all()
        for days, count in ((20, 0), (400, 1)):
            moment = since.fromordinal(since.toordinal() + days)
            with freeze_time(moment):
                self.assertEqual(rule.preview()["count"], count, moment)
