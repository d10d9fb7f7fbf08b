from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.phone_numbers import TAIL, may_be_same

DIGITS = r"regexp_replace(phone, '\D', '', 'g')"
# More than this many partners with one number are a wrong number, not a shared one.
SHARED_MOST = 50


class ResPartner(models.Model):
    """Who calls? Odoo keeps each number in E.164; here it gets an index, and so do the
    last digits of those that Odoo cannot place."""

    _inherit = "res.partner"

    phone_sanitized = fields.Char(index="btree_not_null")

    _phone_tail_idx = models.Index(f"(right({DIGITS}, {TAIL})) WHERE phone IS NOT NULL")

    def action_call(self):
        """Dial the number of this partner and open the follow-up of the call."""
        self.ensure_one()
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
    def _find_by_number(self, number, is_placed):
        """Return the partners of the allowed companies with this telephone number.

        The first one is the one to take: of a managed customer before others, of the
        customer followed up last, the customer itself before its contacts. Colleagues
        are left out. Costs one statement, two where the number is not in E.164 here.

        :param number: in E.164 where ``is_placed``, else its digits
        """
        if is_placed:
            found = self._search_number(SQL("partner.phone_sanitized = %s", number))
            if found:
                return self.browse(partner_id for partner_id, *_rest in found)
        digits = number.lstrip("+")
        if len(digits) < TAIL:
            return self.browse()
        rows = self._search_number(
            SQL(
                "right(regexp_replace(partner.phone, '\\D', '', 'g'), %s) = %s%s",
                TAIL,
                digits[-TAIL:],
                # Two numbers that are both placed and differ are two numbers.
                SQL(" AND partner.phone_sanitized IS NULL" if is_placed else ""),
            )
        )
        same = [row for row in rows if may_be_same(digits, row[2])]
        # A guess: only where it leaves no choice.
        if len({customer_id for _partner, customer_id, _digits in same}) != 1:
            return self.browse()
        return self.browse(same[0][0])

    @api.model
    def _search_number(self, condition):
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT partner.id, customer.id,
                       regexp_replace(partner.phone, '\\D', '', 'g')
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
                companies=tuple(self.env.companies.ids),
                limit=SHARED_MOST,
            )
        )
