from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.arguments import Codes, Count, Text

LONGEST_PAGE = 200


class ResPartner(models.Model):
    """The history of a customer: one timeline of all ledgers, newest first.

    A room adds its ledger by extending ``_get_history_ledgers``; the model of the
    ledger says with ``_get_history_line`` what a line reads like.
    """

    _inherit = "res.partner"

    @api.readonly
    def get_history(
        self,
        kinds: Codes = None,
        offset: Count = 0,
        limit: Count = 40,
        text: Text = "",
    ):
        """Return what happened with this customer, newest first, as far as the caller
        may read it.

        One statement finds the lines of all ledgers, one more a ledger reads them.

        :param kinds: codes of the ledgers to show; empty: all
        :param offset: how many lines to leave out, and
        :param limit: how many to return, 200 at most
        :param text: only lines in which this was written
        :return: ``{"kinds": [{"code", "label"}], "more": whether there are older ones,
            "lines": [{"key", "kind", "icon", "label", "date", "title", "text", "by",
            "res_model", "res_id"}]}``, dates in the reader's language and time zone;
            the last two name the record that a line opens, False where it opens none
        :raise AccessError: the caller may not read the customer
        """
        self.ensure_one()
        self.check_access("read")
        ledgers = self._get_readable_ledgers()
        chosen = {code: ledgers[code] for code in kinds or ledgers if code in ledgers}
        limit = max(1, min(limit, LONGEST_PAGE))
        found = self._filter_ledgers_by(chosen, text.strip())
        rows = self._find_history(found, offset, limit + 1)
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
        """Hook: return the ledgers of the timeline, in the order of their filters::

        {code: {"label", "icon", "model",
                "date": its column of the date,
                "partner": its column of the customer, ``partner_id`` without it,
                "domain": which lines, all without it,
                "texts": the fields in which people write; none without it,
                "is_whole": who looks after the customer sees those as well that
                are not his to open; its column of the company is company_id}}
        """
        return {}

    @api.model
    def _filter_ledgers_by(self, ledgers, text):
        """Return the ledgers with the lines in which ``text`` was written, without
        those in which nobody writes."""
        if not text:
            return ledgers
        found = {}
        for code, ledger in ledgers.items():
            if names := ledger.get("texts"):
                written = Domain.OR(Domain(name, "ilike", text) for name in names)
                only = Domain(ledger.get("domain", [])) & written
                found[code] = {**ledger, "domain": only}
        return found

    def _get_readable_ledgers(self):
        return {
            code: ledger
            for code, ledger in self._get_history_ledgers().items()
            if self._is_whole(ledger) or self.env[ledger["model"]].has_access("read")
        }

    def _is_whole(self, ledger):
        return ledger.get("is_whole") and self._may_read_whole_history()

    def _may_read_whole_history(self):
        """Hook: return whether the caller looks after this customer, and is told what
        was done with it by whomever."""
        return False

    def _find_history(self, ledgers, offset, limit):
        """Return (code, id) of a page of lines that the caller may read."""
        if not ledgers:
            return []
        # Each ledger gives the newest only: it is read along its index of the day.
        parts = SQL(" UNION ALL ").join(
            SQL(
                "(%s ORDER BY at DESC, id DESC LIMIT %s)",
                self._get_history_sql(code, ledger),
                offset + limit,
            )
            for code, ledger in ledgers.items()
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
        of_family = Domain(ledger.get("partner", "partner_id"), "in", family)
        of_family &= Domain(ledger.get("domain", []))
        if self._is_whole(ledger):
            # Superuser: what a former salesperson sold or lost is history of the
            # customer. It is told, not opened.
            model = model.sudo()
            companies = self.env.companies._get_open().ids
            of_family &= Domain("company_id", "in", [False, *companies])
        lines = model._search(of_family)
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
        opened = {
            code: set(records._filtered_access("read")._ids)
            for code, records in found.items()
        }
        lines = [
            {
                "key": f"{code}-{number}",
                "kind": code,
                "label": self._get_history_label(
                    ledgers[code]["label"], found[code].browse(number)
                ),
                "icon": ledgers[code]["icon"],
                **{"res_model": False, "res_id": False},
                **found[code]
                .browse(number)
                .with_prefetch(found[code]._prefetch_ids)
                ._get_history_line(),
            }
            for code, number in rows
        ]
        for line, (code, number) in zip(lines, rows, strict=True):
            if number not in opened[code]:
                line.update(res_model=False, res_id=False)
        return lines

    def _get_history_label(self, label, line):
        # Superuser: the name of a contact of this customer.
        partner = line.sudo().partner_id
        is_other = partner and partner != self
        return f"{label} ({partner.name})" if is_other else label

    def _format_history_moment(self, moment):
        """Return a moment as the timeline shows it, in the reader's time zone."""
        return self.env.user._tell_moment(moment, "short") if moment else ""
