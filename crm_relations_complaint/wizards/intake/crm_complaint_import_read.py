import hashlib

from odoo import models

from odoo.addons.crm_relations.tools.cells import (
    AmbiguousDay,
    find_day_order,
    read_day,
)

from ...models.register.crm_complaint import CALLER
from ...tools.import_columns import get_template, guess, read_danger
from ...tools.said_row import SaidRow

EXAMPLE = 60
# What a column is of which nothing is found here.
UNFOUND = {"product": "note", "customer": "caller_name"}


class WrongCell(ValueError):
    """A cell does not say what its column is for; the argument is a sentence."""


class CrmComplaintImport(models.TransientModel):
    """How a row of the table is read."""

    _inherit = "crm.complaint.import"

    def _guess_column(self, header):
        return guess(header)

    def _read_columns(self, headers, rows):
        """A register of others names products that are not ours: kept as texts, as is
        who complains; where some are found, the others are named one by one."""
        before = self.column_ids
        result = super()._read_columns(headers, rows)
        for column in self.column_ids - before:
            if column.target in UNFOUND and not self._find_any(column, rows):
                column.target = UNFOUND[column.target]
        return result

    def _find_any(self, column, rows):
        place = column.sequence
        cells = {row[place] for _number, row in rows if row and row[place]}
        if column.target == "product":
            return not cells or self._find_products(cells)
        return not cells or self._find_customers(cells)

    def _get_template_lines(self):
        return get_template((self.env.lang or "").startswith("zh"))

    def _read_row(self, cells, lookup):
        """Return the values of a complaint that a row says.

        :param lookup: see ``_prepare_lookup``
        :raise WrongCell: names the column, the cell and what is wrong
        """
        if cells is None:
            raise WrongCell(
                self.env._("The row has more cells than there are columns.")
            )
        said = SaidRow(lookup["columns"], cells)
        if not said.tells_what_happened():
            raise WrongCell(self.env._("The row does not say what happened."))
        values = said.get_texts()
        self._read_day(said, values, lookup["day_orders"])
        self._read_safety(said, values)
        self._read_links(said, values, lookup)
        if not any(map(values.get, ("partner_id", *CALLER))):
            values["caller_name"] = self.caller_name
        return {name: value for name, value in values.items() if value}

    def _read_day(self, said, values, orders):
        for name, cell in said.get("occurred_on")[:1]:
            try:
                day = read_day(cell, orders.get(name))
            except AmbiguousDay:
                raise WrongCell(
                    self.env._(
                        "“%(cell)s” in “%(column)s” may be two dates: write the year "
                        "first, then month and day.",
                        cell=cell[:EXAMPLE],
                        column=name,
                    )
                ) from None
            except ValueError:
                raise WrongCell(
                    self.env._(
                        "“%(cell)s” in “%(column)s” is no date.",
                        cell=cell[:EXAMPLE],
                        column=name,
                    )
                ) from None
            if day > self.env["crm.complaint"]._get_latest_day(self.company_id):
                raise WrongCell(
                    self.env._(
                        "“%(cell)s” in “%(column)s” is still to come.",
                        cell=cell[:EXAMPLE],
                        column=name,
                    )
                )
            values["occurred_on"] = day

    def _read_safety(self, said, values):
        for name, cell in said.get("safety"):
            try:
                danger = read_danger(cell)
            except ValueError:
                raise WrongCell(
                    self.env._(
                        "“%(cell)s” in “%(column)s” is neither yes, no nor a number.",
                        cell=cell[:EXAMPLE],
                        column=name,
                    )
                ) from None
            if danger:
                values["is_safety"] = True

    def _read_links(self, said, values, lookup):
        category = None
        for _name, cell in said.get("category"):
            categories = self.env["crm.complaint.category"]
            category = category or categories._find_by_path(cell, lookup["categories"])
            if not category:
                lookup["unknown"].add(cell)
        values["category_id"] = category or self.category_id.id
        for target, field in (("customer", "partner_id"), ("product", "product_id")):
            for name, cell in said.get(target):
                found = lookup[target].get(cell.lower())
                if not found:
                    raise WrongCell(
                        self.env._(
                            "There is no “%(cell)s”, or more than one (%(column)s).",
                            cell=cell[:EXAMPLE],
                            column=name,
                        )
                    )
                values[field] = found

    def _prepare_lookup(self, rows):
        """Return what the cells are looked up in, read once for all rows."""
        columns = [(column.name, column.target) for column in self.column_ids]
        cells = {
            target: {
                row[i]
                for i, (_name, is_a) in enumerate(columns)
                for _number, row in rows
                if is_a == target and row and row[i]
            }
            for target in ("customer", "product")
        }
        return {
            "columns": columns,
            "day_orders": self._get_day_orders(columns, rows),
            "categories": self.env["crm.complaint.category"]._get_by_names(),
            "customer": self._find_customers(cells["customer"]),
            "product": self._find_products(cells["product"]),
            "unknown": set(),
        }

    def _get_day_orders(self, columns, rows):
        """Return ``{column of days: which of day and month stands first there}``."""
        return {
            name: find_day_order(row[i] for _number, row in rows if row)
            for i, (name, is_a) in enumerate(columns)
            if is_a == "occurred_on"
        }

    def _find_customers(self, cells):
        """Return ``{number or e-mail: id}`` of those that only one contact has."""
        if not cells:
            return {}
        partners = self.env["res.partner"].search(
            [
                "|",
                ("ref", "in", list(cells)),
                ("email_normalized", "in", [cell.lower() for cell in cells]),
                ("company_id", "in", [False, *self.company_id._get_open().ids]),
            ]
        )
        return self._keep_single(
            (key, partner.id)
            for partner in partners
            for key in (partner.ref, partner.email_normalized)
        )

    def _find_products(self, cells):
        if not cells:
            return {}
        products = self.env["product.product"].search(
            [
                "|",
                ("default_code", "in", list(cells)),
                ("name", "in", list(cells)),
                ("company_id", "in", [False, *self.company_id._get_open().ids]),
            ]
        )
        return self._keep_single(
            (key, product.id)
            for product in products
            for key in (product.default_code, product.name)
        )

    def _keep_single(self, pairs):
        found = {}
        for key, number in pairs:
            if key:
                found.setdefault(key.lower(), set()).add(number)
        return {key: ids.pop() for key, ids in found.items() if len(ids) == 1}

    def _get_key(self, values, cells):
        """Return what tells this row from others of its source."""
        reference = values.get("reference", "")
        if self.same_reference == "one" and reference:
            return f"import:{reference}"
        digest = hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:20]
        return f"import:{reference}:{digest}"
