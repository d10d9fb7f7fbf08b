import re

from odoo.tests import tagged
from odoo.tools import SQL

from .common.hiding import SECRETS, HidingCommon
from .common.secret import SecretCommon
from .common.secret_columns import COLUMNS, TOLD

# Whose value is not the customer's, or that Odoo empties, each with its reason.
OTHERS = {
    "res.company": "our own",
    "res.partner.bank": "numbers of accounts",
    "crm.hidden.value": "the closed table itself",
}


@tagged("post_install", "-at_install")
class TestHidingCopies(HidingCommon):
    """No stored copy of a customer's number or address is forgotten: neither Odoo's
    nor ours, nor that of the next addon."""

    def test_every_column_that_may_tell_is_known(self):
        known = {
            f"{copy.model}.{name}"
            for copy in self.hidden._get_copies()
            for name in (*copy.phone, *copy.email)
        }
        found = {
            f"{model._name}.{field}"
            for model in filter(self._is_table, map(self.env.get, self.env.registry))
            for field in self._get_told(model)
        }
        self.assertEqual(sorted(found - known - set(COLUMNS)), [])

    def _is_table(self, model):
        """Return whether rows of the model may be of a customer."""
        if model._abstract or model._transient or model._name in OTHERS:
            return False
        return model._auto and self._leads_to_partner(model)

    def _leads_to_partner(self, model):
        return any(
            field.store and field.comodel_name == "res.partner"
            for field in model._fields.values()
            if field.type == "many2one"
        )

    def _get_told(self, model):
        return [
            field.name
            for field in model._fields.values()
            if field.store
            and field.type in ("char", "text")
            and TOLD.search(field.name)
        ]


@tagged("post_install", "-at_install")
class TestHidingRows(SecretCommon):
    """What no name betrays: every row of every table, as text."""

    # Tables that may hold it, each with its reason.
    HOLDS = {
        "crm_hidden_value": "the closed table itself",
        "ir_attachment": "the words of papers that were printed before",
        "mail_mail": "the headers of mails that were written before, until they leave",
    }

    def test_no_row_of_any_table_holds_a_hidden_value(self):
        self.order._send_order_confirmation_mail()
        self._create_order(self.person, 5)
        self.env.flush_all()
        before = self._scan()
        self._release()
        self.env.flush_all()
        after = self._scan()
        left = {table: after[table] for table in after if table not in self.HOLDS}
        self.assertEqual(left, {})
        self.assertLess({"res_partner", "crm_lead", "mail_message"}, set(before))

    def _scan(self):
        """Return ``{table: a row with a secret, from there}``."""
        self.cr.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            " AND table_name !~ '^ir_(model|ui)_'"
        )
        tables = [name for (name,) in self.cr.fetchall()]
        pattern = "|".join(map(re.escape, SECRETS))
        found = {name: self._get_row(name, pattern) for name in tables}
        return {name: row for name, row in found.items() if row}

    def _get_row(self, table, pattern):
        self.cr.execute(
            SQL(
                "SELECT substring(line::text FROM %s) FROM %s AS line"
                " WHERE line::text ~ %s LIMIT 1",
                f".{{0,200}}(?:{pattern}).{{0,50}}",
                SQL.identifier(table),
                pattern,
            )
        )
        return next(iter(self.cr.fetchall()), None)
