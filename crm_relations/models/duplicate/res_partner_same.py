from odoo import api, fields, models
from odoo.tools import SQL, email_normalize

from ...tools.name_keys import get_tax_key
from ...tools.phone_numbers import digits_of, unwrap

# Under which column, or key, each kind is looked for.
COLUMNS = ("phone_sanitized", "phone_digits", "email_normalized")


class ResPartner(models.Model):
    """Who has exactly this number, address or tax ID: of many at once, hidden ones too.

    Equal are whole values only. Numbers are equal in any spelling, see
    ``_get_equals``.
    """

    _inherit = "res.partner"

    email_normalized = fields.Char(index="btree_not_null")

    @api.model
    def _get_phone_terms(self, number, country):
        """Return ``[("phone_sanitized" or "phone_digits", value)]`` under which this
        number may stand; none where it is no number."""
        placed = self._place_number(number, country)
        digits = placed or digits_of(unwrap(number))
        return self._get_number_terms(digits, bool(placed)) if digits else []

    @api.model
    def _get_number_terms(self, digits, is_placed):
        """Return the terms of a number that has been read.

        :param is_placed: whether country and area are known
        """
        in_full, bare = self._get_equals(digits, is_placed)
        return [
            *(("phone_sanitized", value) for value in in_full),
            *(("phone_digits", value) for value in bare),
        ]

    @api.model
    def _get_terms(self, phone, email, tax, country):
        """Return ``[(column, value)]`` of what was typed; ``tax_key`` for a tax ID."""
        terms = self._get_phone_terms(phone, country)
        if email and (normal := email_normalize(email)):
            terms.append(("email_normalized", normal))
        if tax and (key := get_tax_key(tax)):
            terms.append(("tax_key", key))
        return terms

    @api.model
    def _find_same(self, asked, with_hidden=True):
        """Return ``[(key, "phone", "email" or "tax", partner)]`` of all that have one
        of these values, as superuser: archived ones, and those of any company; not
        colleagues nor our own companies. Constant statements.

        :param asked: ``[(key, column, value)]``, see ``_get_terms``; a key is an int
        :param with_hidden: ask for what pools hide as well
        :raise UserError: a person has guessed too often, see ``crm.hidden.guess``
        """
        if not asked:
            return []
        # Superuser: whose it is must not depend on rules; who calls masks.
        partners = self.sudo().with_context(active_test=False)
        partners.flush_model([*COLUMNS, "vat", "partner_share"])
        rows = self.env.execute_query(self._get_same_sql(asked))
        if with_hidden:
            rows += partners._find_same_hidden(asked)
        known = partners.browse(dict.fromkeys(row[2] for row in rows)).filtered(
            "partner_share"
        )
        ours = self.env["res.company"]._get_all_for_relations().partner_id.ids
        kept = set(known.ids).difference(ours)
        return [
            (key, _get_kind(column), partners.browse(number).with_prefetch(known.ids))
            for key, column, number in dict.fromkeys(rows)
            if number in kept
        ]

    @api.model
    def _get_same_sql(self, asked):
        """Return the SELECT of ``(key, column, partner id)`` in sight."""
        parts = []
        for column in sorted({column for _key, column, _value in asked}):
            pairs = [(key, value) for key, name, value in asked if name == column]
            keys, values = map(list, zip(*pairs, strict=True))
            is_tax = column == "tax_key"
            parts.append(
                SQL(
                    """
                    SELECT asked.key, %(column)s, %(id)s
                      FROM unnest(%(keys)s, %(values)s) AS asked (key, value)
                      JOIN %(table)s AS held ON held.%(name)s = asked.value
                    """,
                    column=column,
                    id=SQL("held.partner_id" if is_tax else "held.id"),
                    keys=keys,
                    values=values,
                    table=SQL("crm_name_key" if is_tax else "res_partner"),
                    name=SQL.identifier(column),
                )
            )
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _find_same_hidden(self, asked):
        """Return ``[(key, column, partner id)]`` of what pools have moved away."""
        found = []
        for kind in ("phone", "email"):
            some = [row for row in asked if _get_kind(row[1]) == kind]
            values = {value for _key, _column, value in some}
            kept = self.env["crm.hidden.value"]._find_partners(kind, values)
            found += [
                (key, column, number)
                for key, column, value in some
                for number in kept.get(value, ())
            ]
        return found


def _get_kind(column):
    return column.split("_")[0]
