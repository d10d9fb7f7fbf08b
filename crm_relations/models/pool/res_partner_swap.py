from odoo import models
from odoo.tools import SQL, format_amount

from ...tools.arguments import Answers, Id
from ...tools.counted import tell_days
from ...tools.local_moments import local_day

SUGGESTIONS = 10


class ResPartner(models.Model):
    """Take a customer from the pool and give up another one for it, in one step."""

    _inherit = "res.partner"

    def pool_swap(self, give_up_id: Id) -> Answers:
        """Take this pool customer and give up one's own ``give_up_id`` into the pool
        of its territory: both, or none of them.

        For giving up hold the rules of releasing by hand, for taking those of
        ``pool_claim``; it counts as a claim of the day.

        :param give_up_id: id of a customer of the caller
        :return: ``[{"id", "ok", "code", "message"}]``, one line for the customer to be
            taken; besides the codes of ``pool_claim``: no_right (the other one is not
            the caller's), blocked (it is the same customer, or the other one cannot be
            given up: the message says why), missing (either of them)
        """
        self.ensure_one()
        refusals = self._get_swap_refusals(give_up_id)
        if not refusals:
            self._swap_for(self.browse(give_up_id))
        return self._get_transfer_answers(refusals, self.env._("It is yours now."))

    def _get_swap_refusals(self, give_up_id):
        if give_up_id == self.id:
            message = self.env._("A customer cannot be swapped with itself.")
            return {self.id: ("blocked", message)}
        if not give_up_id:
            message = self.env._("Choose the customer that you give up.")
            return {self.id: ("blocked", message)}
        given = self.browse(give_up_id)
        refusals = given._get_give_up_refusals()
        if give_up_id in refusals:
            code, message = refusals[give_up_id]
            return {self.id: (code, message)}
        return self._get_claim_refusals(freed=given.ids)

    def _get_give_up_refusals(self):
        """Return ``{id: (code, message)}`` of what the caller cannot give up: what he
        could not release by hand, and what is not his own."""
        refusals = self._get_release_refusals("-")
        known = self.browse(number for number in self.ids if number not in refusals)
        _pools, homeless = known._get_release_pools()
        # Superuser: whose customer it is decides. A leader releases those of the team,
        # but takes nothing for them.
        for partner in known.sudo().filtered(lambda p: p.user_id != self.env.user):
            message = self.env._(
                "%(customer)s is not your customer: you cannot give it up.",
                customer=partner.display_name,
            )
            refusals[partner.id] = ("no_right", message)
        return homeless | refusals

    def _swap_for(self, given):
        """Release ``given`` and take this one."""
        (self | given)._lock_in_order()
        pools, _homeless = given._get_release_pools()
        # Superuser: ledgers and batches are written by nobody; who may was decided.
        batch = self.env["crm.pool.batch"].sudo()._create_transfer("swap", "", None)
        self.sudo()._release_customers(
            SQL(
                """
                SELECT partner.id, partner.user_id, %(pool)s AS pool_id,
                       %(own_company)s AS company_id,
                       jsonb_build_object('code', 'owner_swap', 'pool', %(pool)s)
                       AS facts
                  FROM res_partner AS partner
                 WHERE partner.id = %(given)s AND partner.user_id = %(user)s
                """,
                own_company=self.env["res.partner"]._get_own_company_sql("partner"),
                pool=pools[given.id],
                given=given.id,
                user=self.env.uid,
            ),
            batch,
            "swap",
        )
        batch._take(self.ids, "swap")

    def get_swap_suggestions(self):
        """Return which own customers the caller could give up for this one: those that
        make room for it, the least valuable first, of these the longest silent.

        :return: ``[{"id", "name", "value", "silent", "leaves_on"}]``, ten at most, all
            but the id as text in the caller's language; ``leaves_on`` False where no
            rule would release it
        """
        self.ensure_one()
        # Superuser: the caller's own customers, and counters.
        own = self.sudo()._get_swappable().with_env(self.env)
        refusals = own._get_give_up_refusals()
        own = own.filtered(lambda partner: partner.id not in refusals)
        return [partner.sudo()._get_suggestion() for partner in own[:SUGGESTIONS]]

    def _get_swappable(self):
        """Return the customers that count at least as much as this one would, in the
        same quota of the caller; all of them where no quota limits.

        Who was followed up today, by the clock of its company, is not among them:
        somebody works with it."""
        self.env["res.partner"].flush_model()
        room = self._get_room({self.id: self.env.uid}, ())
        quota, weight = (room[0][2], room[0][3]) if room else (None, 0)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id
                  FROM res_partner AS partner
             LEFT JOIN crm_pool_seat AS seat ON seat.partner_id = partner.id
                  JOIN %(own)s
                 WHERE partner.user_id = %(user)s AND partner.is_managed_customer
                   AND partner.active
                   AND (%(quota)s::int IS NULL
                        OR (seat.quota_id = %(quota)s AND seat.weight >= %(weight)s))
                   AND (%(followed)s < own.today) IS NOT FALSE
              ORDER BY COALESCE(partner.sales_12_months, 0),
                       %(silence)s, partner.id
                 LIMIT %(limit)s
                """,
                user=self.env.uid,
                quota=quota,
                weight=weight,
                own=self._get_company_of_sql("own", "partner"),
                followed=local_day(SQL("partner.last_followup_at"), SQL("own.tz")),
                silence=self._get_silence_sql("partner"),
                limit=10 * SUGGESTIONS,
            )
        )
        return self.browse(number for (number,) in rows)

    def _get_suggestion(self):
        company = self._get_relation_company()
        today = company._get_relations_today()
        if self.last_followup_at:
            days = (today - company._get_relations_day(self.last_followup_at)).days
            silent = self.env._(
                "not followed up for %(days)s", days=tell_days(self.env, max(days, 0))
            )
        else:
            silent = self.env._("never followed up")
        currency = self.relation_currency_id
        release = self.pool_release_date
        return {
            "id": self.id,
            "name": self.display_name,
            "value": format_amount(self.env, self.sales_12_months or 0, currency),
            "silent": silent,
            "leaves_on": self.env.user._tell_day(release, "short")
            if release
            else False,
        }
