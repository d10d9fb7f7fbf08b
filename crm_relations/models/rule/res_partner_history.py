from odoo import api, models
from odoo.tools import SQL

from ...tools.arguments import Codes, Count

LONGEST_PAGE = 200


class ResPartner(models.Model):
    """The history of a customer: one timeline of all ledgers, newest first.

    A room adds its ledger by extending ``_get_history_ledgers``; the model of the
    ledger says with ``_get_history_line`` what a line reads like.
    """

    _inherit = "res.partner"

    @api.readonly
    def get_history(self, kinds: Codes = None, offset: Count = 0, limit: Count = 40):
        """Return what was decided about this customer, newest first.

        One statement finds the lines of all ledgers, one more a ledger reads them.

        :param kinds: codes of the ledgers to show; empty: all
        :param offset: how many lines to leave out, and
        :param limit: how many to return, 200 at most
        :return: ``{"kinds": [{"code", "label"}], "more": whether there are older ones,
            "lines": [{"key", "kind", "icon", "label", "date", "title", "text",
            "by"}]}``, dates in the reader's language and time zone
        :raise AccessError: the caller may not read the customer
        """
        self.ensure_one()
        self.check_access("read")
        ledgers = self._get_readable_ledgers()
        chosen = {code: ledgers[code] for code in kinds or ledgers if code in ledgers}
        limit = max(1, min(limit, LONGEST_PAGE))
        rows = self._find_history(chosen, offset, limit + 1)
        return {
            "kinds": [
                {"code": code, "label": ledger["label"]}
                for code, ledger in ledgers.items()
            ],
            "more": len(rows) > limit,
            "lines": self._read_history(chosen, rows[:limit]),
        }

    @api.model
    def _get_history_ledgers(self):
        """Return ``{code: {"label", "icon", "model", "date": its column of the date,
        "domain": which lines, all without it}}`` of all ledgers, in the order of their
        filters."""
        return {}

    def _get_readable_ledgers(self):
        return {
            code: ledger
            for code, ledger in self._get_history_ledgers().items()
            if self.env[ledger["model"]].has_access("read")
        }

    def _find_history(self, ledgers, offset, limit):
        """Return (code, id) of a page of lines that the caller may read."""
        if not ledgers:
            return []
        parts = SQL(" UNION ALL ").join(
            self._get_history_sql(code, ledger) for code, ledger in ledgers.items()
        )
        return self.env.execute_query(
            SQL(
                "SELECT code, id FROM (%s) AS line ORDER BY at DESC, code, id DESC"
                " OFFSET %s LIMIT %s",
                parts,
                offset,
                limit,
            )
        )

    def _get_history_sql(self, code, ledger):
        model = self.env[ledger["model"]].with_context(active_test=False)
        # What a contact was as a customer of its own is history of its customer now.
        # Superuser: whose contact it is; the lines have their own rights.
        family = self.sudo().with_context(active_test=False)
        family = family._search(
            ["|", ("id", "=", self.id), ("commercial_partner_id", "=", self.id)]
        )
        lines = model._search([("partner_id", "in", family), *ledger.get("domain", [])])
        return lines.subselect(
            SQL("%s::varchar AS code", code),
            SQL.identifier(lines.table, "id"),
            SQL(
                "%s::timestamp AS at", model._field_to_sql(lines.table, ledger["date"])
            ),
        )

    def _read_history(self, ledgers, rows):
        found = {}
        for code, ledger in ledgers.items():
            ids = [number for kind, number in rows if kind == code]
            found[code] = self.env[ledger["model"]].browse(ids)
        return [
            {
                "key": f"{code}-{number}",
                "kind": code,
                "label": self._get_history_label(
                    ledgers[code]["label"], found[code].browse(number)
                ),
                "icon": ledgers[code]["icon"],
                **found[code]
                .browse(number)
                .with_prefetch(found[code]._prefetch_ids)
                ._get_history_line(),
            }
            for code, number in rows
        ]

    def _get_history_label(self, label, line):
        # Superuser: the name of a contact of this customer.
        partner = line.sudo().partner_id
        return label if partner == self else f"{label} ({partner.name})"

    def _format_history_moment(self, moment):
        """Return a moment as the timeline shows it, in the reader's time zone."""
        return self.env.user._tell_moment(moment, "short") if moment else ""
