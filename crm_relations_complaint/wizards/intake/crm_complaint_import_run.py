from odoo import models
from odoo.exceptions import UserError

from ...models.register.crm_complaint import CALLER
from ...tools.said_row import SaidRow
from .crm_complaint_import_read import WrongCell


class CrmComplaintImport(models.TransientModel):
    """Check, then import: the same reading twice, only the second one writes."""

    _inherit = "crm.complaint.import"

    def action_check(self):
        """Read the file and say what would become of it; nothing is written."""
        headers, rows = self._read_table()
        self._read_columns(headers, rows)
        good, lines, unknown = self._sort_rows(rows)
        self.line_ids.unlink()
        self.env["crm.complaint.import.line"].create(lines)
        self.write(
            {
                "state": "checked",
                "row_count": len(rows),
                "good_count": len(good),
                "safety_count": sum(bool(one.get("is_safety")) for one in good),
                "unknown_category_count": len(unknown),
            }
        )
        return self._reopen()

    def action_import(self):
        """Register the good rows; the others are listed with the reason."""
        headers, rows = self._read_table()
        if self.state != "checked" or self.column_ids.mapped("name") != headers:
            raise UserError(self.env._("Check the file first."))
        good, lines, _unknown = self._sort_rows(rows)
        complaints = self.env["crm.complaint"].with_company(self.company_id)
        numbers = [values.pop("numbers") for values in good]
        answers = complaints.register_many(
            [values | {"channel": self.channel} for values in good]
        )
        for row, values, answer in zip(numbers, good, answers, strict=True):
            if answer["code"] != "ok":
                lines.append(
                    self._prepare_line(row[0], values, "wrong", answer["message"])
                )
        registered = [answer["id"] for answer in answers if answer["code"] == "ok"]
        self.line_ids.unlink()
        self.env["crm.complaint.import.line"].create(lines)
        self.write(
            {
                "state": "done",
                "row_count": len(rows),
                "good_count": len(registered),
                "complaint_ids": registered,
            }
        )
        return self._reopen()

    def _sort_rows(self, rows):
        """Return what to register (with ``numbers``, the rows that say it), the lines
        of what is not, and the categories that there are not."""
        lookup = self._prepare_lookup(rows)
        read, lines = {}, []
        for number, cells in rows:
            try:
                values = self._read_row(cells, lookup)
                self._check_row(values)
            except WrongCell as error:
                values = self._read_reference(cells, lookup)
                lines.append(self._prepare_line(number, values, "wrong", error.args[0]))
                continue
            key = self._get_key(values, cells)
            if key not in read:
                read[key] = values | {"source_key": key, "numbers": [number]}
            elif self.same_reference == "one" and values.get("reference"):
                self._join_row(read[key], values, number)
            else:
                first = read[key]["numbers"][0]
                message = self.env._("It says the same as row %(row)s.", row=first)
                lines.append(self._prepare_line(number, values, "known", message))
        good = self._leave_known(read, lines)
        return good, lines, lookup["unknown"]

    def _read_reference(self, cells, lookup):
        """Return the reference by which people find a row that is wrong."""
        if cells is None:
            return {}
        said = SaidRow(lookup["columns"], cells).get("reference")
        return {"reference": ", ".join(cell for _name, cell in said)}

    def _check_row(self, values):
        if not any(map(values.get, ("partner_id", *CALLER))):
            raise WrongCell(
                self.env._(
                    "The row does not say who complains: choose a column for it, or "
                    "give “Caller Otherwise”."
                )
            )

    def _join_row(self, first, values, number):
        """Put another row of one complaint into the first one."""
        first["numbers"].append(number)
        first["facts"] = "\n\n".join(
            dict.fromkeys(filter(None, (first.get("facts"), values.get("facts"))))
        )
        for name, value in values.items():
            first.setdefault(name, value)
        if values.get("is_safety"):
            first["is_safety"] = True

    def _leave_known(self, read, lines):
        """Return those that were not imported before; add a line for the others."""
        complaints = self.env["crm.complaint"]
        known = complaints._find_by_source_keys(self.company_id, read)
        by_hand = self._find_by_reference(read.values())
        good = []
        for key, values in read.items():
            reference = values.get("reference")
            found = known.get(key) or by_hand.get(reference)
            if not found:
                good.append(values)
                continue
            for number in values["numbers"]:
                message = self.env._("Registered before as %(name)s.", name=found.name)
                line = self._prepare_line(number, values, "known", message)
                lines.append(line | {"complaint_id": found.id})
        return good

    def _find_by_reference(self, rows):
        """Return ``{reference: complaint}`` of those registered in another way, or, if
        all rows of a reference are one complaint, in any way."""
        references = {row["reference"] for row in rows if row.get("reference")}
        if not references:
            return {}
        # Superuser: it is there already, whoever may open it.
        found = self.env["crm.complaint"].sudo()
        found = found.search(
            [
                ("company_id", "=", self.company_id.id),
                ("reference", "in", list(references)),
            ]
        )
        if self.same_reference == "each":
            found = found.filtered(
                lambda one: not (one.source_key or "").startswith("import:")
            )
        return {complaint.reference: complaint for complaint in found}

    def _prepare_line(self, number, values, code, message):
        return {
            "import_id": self.id,
            "number": number,
            "reference": values.get("reference"),
            "code": code,
            "message": message,
        }
