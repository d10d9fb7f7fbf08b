from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.phone_numbers import (
    TAIL,
    complete,
    digits_of,
    get_local_forms,
    get_spellings,
    get_variants,
    without_zeros,
)

# More than this many partners with one number are a wrong number, not a shared one.
SHARED_MOST = 50


class ResPartner(models.Model):
    """Who calls? What people typed is cleaned once, when it is stored: as E.164 where
    it can be placed, else as digits. Both have an index, and are found when equal."""

    _inherit = "res.partner"

    phone_sanitized = fields.Char(index="btree_not_null")
    phone_digits = fields.Char(
        compute="_compute_phone_digits",
        store=True,
        index="btree_not_null",
        export_string_translation=False,
        help="Of a number that cannot be placed in a country: its digits, without "
        "extension and zeros in front.",
    )

    _phone_tail_idx = models.Index(
        f"(right(COALESCE(phone_sanitized, phone_digits), {TAIL}))"
        " WHERE phone_sanitized IS NOT NULL OR phone_digits IS NOT NULL"
    )

    @api.depends(lambda self: self._phone_get_sanitize_triggers())
    def _compute_phone_sanitized(self):
        """Odoo places a number as it stands; extensions and what is around it go."""
        result = super()._compute_phone_sanitized()
        for partner in self.filtered(lambda one: one.phone and not one.phone_sanitized):
            partner.phone_sanitized = partner._place_number(partner.phone)
        return result

    @api.depends("phone", "phone_sanitized")
    def _compute_phone_digits(self):
        for partner in self:
            digits = ""
            if partner.phone and not partner.phone_sanitized:
                digits = digits_of(get_spellings(partner.phone)[0])
            partner.phone_digits = without_zeros(digits) or False

    def _get_archive_triggers(self):
        # Decided by a new number as the archive is: saved with it, by one statement.
        return [*super()._get_archive_triggers(), "phone_digits"]

    def _place_number(self, number, country=False):
        """Return a typed number in E.164, or False where it cannot be placed."""
        texts = (text for text in get_spellings(number) if text)
        placed = (self._phone_format(number=text, country=country) for text in texts)
        return next(filter(None, placed), False)

    @api.model
    def _refresh_phone_numbers(self, ids=None):
        """Clean the numbers that were there before us: those that Odoo could not place.

        :param ids: of partners; all if not given
        """
        self.flush_model(["phone", "phone_sanitized"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE phone <> ''"
                " AND phone_sanitized IS NULL AND phone_digits IS NULL%s",
                SQL() if ids is None else SQL(" AND id = ANY(%s)", list(ids)),
            )
        )
        partners = self.browse(number for (number,) in rows)
        for name in ("phone_sanitized", "phone_digits"):
            self.env.add_to_compute(self._fields[name], partners)
        partners.flush_recordset(["phone_sanitized", "phone_digits"])

    def action_call(self):
        """Dial the number of this partner and open the follow-up of the call."""
        self.ensure_one()
        if not self.phone:
            raise UserError(
                self.env._(
                    "%(customer)s has no telephone number.", customer=self.display_name
                )
            )
        kind = self.env["crm.followup.kind"]._get_for_channel("call")
        return {
            "type": "ir.actions.client",
            "tag": "crm_relations_dial",
            "params": {
                "number": self.phone_sanitized or self.phone,
                "following": self.env["crm.followup"]._get_quick_action(
                    {"default_partner_id": self.id, "default_kind_id": kind.id}
                ),
            },
        }

    @api.model
    def _find_by_number(self, number, is_placed, company):
        """Return the partners of the allowed companies with this telephone number, and
        whether it is theirs for certain.

        The first one is the one to take: of a managed customer before others, of the
        customer followed up last, the customer itself before its contacts. Colleagues
        are left out. Costs one statement, two where nobody has the very number.

        :param number: in E.164 where ``is_placed``, else its digits
        :param company: of the user, from whose area a number may be dialled short
        """
        if found := self._search_number(*self._get_equals(number, is_placed)):
            return found, True
        home = company.partner_id.phone_sanitized or ""
        if is_placed:
            forms = get_local_forms(number, home, company.country_id.code)
            found = self._search_number([], sorted(forms))
        elif whole := complete(number, home):
            found = self._search_number([whole], [])
        # A guess: only where it leaves no choice.
        if len(found.commercial_partner_id) != 1:
            return self.browse(), False
        return found, False

    @api.model
    def _get_equals(self, number, is_placed):
        """Return what is the same number for certain: in E.164, and as digits."""
        digits = without_zeros(number.lstrip("+"))
        variants = get_variants(digits)
        placed = [f"+{variant}" for variant in variants]
        if is_placed:
            return placed, []
        return (placed if len(variants) > 1 else []), variants

    @api.model
    def _find_lookalikes(self, number):
        """Return the partners whose number ends like this one: to choose from by hand,
        never to decide by."""
        digits = digits_of(number or "")
        if len(digits) < TAIL:
            return self.browse()
        return self._search_partners_sql(
            SQL(
                "right(COALESCE(partner.phone_sanitized, partner.phone_digits), %s)"
                " = %s AND (partner.phone_sanitized IS NOT NULL"
                " OR partner.phone_digits IS NOT NULL)",
                TAIL,
                digits[-TAIL:],
            )
        )

    @api.model
    def _search_number(self, placed, digits):
        """Return the partners with one of these numbers, best first.

        :param placed: in E.164
        :param digits: without zeros in front, of numbers that could not be placed
        """
        conditions = []
        if placed:
            conditions.append(SQL("partner.phone_sanitized IN %s", tuple(placed)))
        if digits:
            conditions.append(SQL("partner.phone_digits IN %s", tuple(digits)))
        if not conditions:
            return self.browse()
        either = SQL(" OR ").join(conditions)
        return self._search_partners_sql(SQL("(%s)", either))

    @api.model
    def _search_partners_sql(self, condition):
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id
                  FROM res_partner AS partner
                  JOIN res_partner AS customer
                    ON customer.id = partner.commercial_partner_id
                 WHERE %(condition)s AND partner.active AND partner.partner_share
                   AND (partner.company_id IS NULL
                        OR partner.company_id IN %(companies)s)
              ORDER BY customer.is_managed_customer IS TRUE DESC,
                       customer.last_followup_at DESC NULLS LAST,
                       partner.id = customer.id DESC, partner.id
                 LIMIT %(limit)s
                """,
                condition=condition,
                companies=tuple(self.env.companies._get_open().ids),
                limit=SHARED_MOST,
            )
        )
        return self.browse(number for (number,) in rows)
