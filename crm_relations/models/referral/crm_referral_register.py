from odoo import api, fields, models
from odoo.tools import SQL

# Longer chains are a mistake, and end every walk up or down a tree.
MOST_GENERATIONS = 20


class CrmReferral(models.Model):
    """Register who brought whom: never itself, never in a circle, never twice.

    Registrations wait for each other, so that two at once close no circle.
    """

    _inherit = "crm.referral"

    @api.model
    def _bring_in(self, referrer, referred=None, **values):
        """Register a referral, without asking who may.

        :param referred: the new customer, or None where there is only a lead
        :return: the referral, as superuser, and why it is not possible, "" if it is
        """
        # Superuser: nobody writes referrals; who may was asked by the caller.
        referrals = self.sudo()
        number = referrals._take_number()
        problem = referrals._get_problem(referrer.sudo(), referred and referred.sudo())
        if problem:
            return referrals.browse(), problem
        customer = referrer.sudo().commercial_partner_id
        company = (referred and referred.sudo().company_id) or customer.company_id
        return (
            referrals.create(
                {
                    "number": number,
                    "partner_id": customer.id,
                    "referrer_id": referrer.id,
                    "referred_id": referred and referred.id,
                    "company_id": company.id,
                    "registered_on": self.env.user._get_relations_today(),
                    **values,
                }
            ),
            "",
        )

    def _link_customer(self, customer):
        """The lead of this referral has become a customer; refused, with the reason,
        where it cannot have been brought by the referrer."""
        self.ensure_one()
        self._take_number()
        problem = self._get_problem(self.referrer_id, customer, self.registered_on)
        if problem:
            self.write(
                {
                    "state": "refused",
                    "refusal_reason": problem,
                    "decided_at": fields.Datetime.now(),
                }
            )
            return
        self.referred_id = customer
        self.company_id = customer.company_id or self.company_id

    @api.model
    def _take_number(self):
        """Return the next number. Its row is locked until the transaction ends: who
        comes at the same time begins anew, and sees this one."""
        # Superuser: numbers are drawn by whoever registers.
        sequence = self.env.ref("crm_relations.ir_sequence_referral").sudo()
        return sequence.next_by_id()

    @api.model
    def _get_problem(self, referrer, referred, since=None):
        """Return why the one cannot have brought the other, in words, else "".

        :param since: the day on which a lead of the new customer came in: what it has
            bought from then on is what it was brought for
        """
        if word := self._get_problem_of_referrer(referrer):
            return word
        if not referred:
            return ""
        customer = referrer.commercial_partner_id
        if referred.commercial_partner_id == customer:
            return self.env._("Nobody refers itself.")
        if not (since or referred.is_managed_customer) or not referred.active:
            return self.env._("The new customer is none yet, or is archived.")
        companies = customer.company_id | referred.company_id
        if len(companies) > 1:
            return self.env._("They belong to different companies.")
        return self._get_problem_of_both(customer, referred, since)

    @api.model
    def _get_problem_of_referrer(self, referrer):
        customer = referrer.commercial_partner_id
        if referrer.user_ids.filtered(lambda user: not user.share):
            return self.env._("A colleague is no referrer.")
        if not customer.is_managed_customer or not customer.active:
            return self.env._("The referrer is no customer, or is archived.")
        return ""

    @api.model
    def _get_problem_of_both(self, customer, referred, since):
        if self.search_count(
            [("referred_id", "=", referred.id), ("state", "!=", "refused")], limit=1
        ):
            return self.env._("It has a referrer already.")
        if referred.referred_by_id not in (customer, customer.browse()):
            return self.env._(
                "It was brought by %(referrer)s, its archive says.",
                referrer=referred.referred_by_id.name,
            )
        if referred in self._get_ancestors(customer):
            return self.env._("The referrer itself was brought by this customer.")
        if self._has_bought(referred, since):
            return self.env._("It has bought before: it is no new customer.")
        if self._get_contacts_of(customer) & self._get_contacts_of(referred):
            return self.env._("Both have the same telephone number or e-mail address.")
        return ""

    @api.model
    def _get_ancestors(self, customer):
        """Return who brought this customer, who brought those, and so on, also by
        what only the archive says; one query, which ends where a merge has left a
        circle."""
        self.flush_model(["partner_id", "referred_id", "state"])
        customer.flush_model(["referred_by_id"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE above AS (
                     SELECT %(customer)s AS partner_id, 0 AS generation
                      UNION
                     SELECT brought.partner_id, above.generation + 1
                       FROM above
                 CROSS JOIN LATERAL (
                            SELECT partner_id FROM crm_referral
                             WHERE referred_id = above.partner_id
                               AND state <> 'refused'
                         UNION ALL
                            SELECT referred_by_id FROM res_partner
                             WHERE id = above.partner_id
                               AND referred_by_id IS NOT NULL) AS brought
                      WHERE above.generation < %(most)s)
                SELECT DISTINCT partner_id FROM above WHERE generation > 0
                """,
                customer=customer.id,
                most=MOST_GENERATIONS,
            )
        )
        return customer.browse(number for (number,) in rows)

    @api.model
    def _has_bought(self, customer, before):
        """Return whether a customer has bought something, before a day if given."""
        rows = self.env.execute_query(
            SQL(
                "SELECT 1 FROM (%s) AS bought"
                " WHERE orders > 0 AND (day < %s) IS NOT FALSE LIMIT 1",
                customer._get_purchases_sql(customer.ids),
                before,
            )
        )
        return bool(rows)

    @api.model
    def _get_contacts_of(self, customer):
        """Return the numbers and addresses by which a customer and its persons are
        reached, as they are stored for comparing. What a pool hides is not among
        them, so that nobody learns of it here."""
        members = customer.with_context(active_test=False).search(
            [("commercial_partner_id", "=", customer.id)]
        )
        values = members.mapped("phone_sanitized") + members.mapped("email_normalized")
        return set(filter(None, values))
