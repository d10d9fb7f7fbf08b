from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from ...tools.arguments import Answers


class ResPartner(models.Model):
    """Take customers from the pool.

    Whoever takes a customer updates its row and the own counter. Of two at the same
    time the second one waits, fails with a serialization failure, is repeated by Odoo
    and then reads who was faster: so the answer is always true.
    """

    _inherit = "res.partner"

    def pool_claim(self) -> Answers:
        """Take these customers from their pools; what is taken comes with its contacts
        nobody looks after, and with a first activity.

        The terms are those of the pool that each customer is in. They hold for managers
        as for anybody; who runs the pool needs not be its member. A thousand customers
        take as many statements as one.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given, never raised
            for one of them; codes: ok; missing (no such record); no_right (no role in
            sales, or a customer one may not see); blocked (archived, or no managed
            customer); taken (it has an owner: who, since when); not_in_pool;
            not_member; put_aside (nobody takes it for now); protected (reserved by who
            runs the pool); frozen (came into the pool just now); cool_down (one had it
            before); cap_reached; daily_limit; weekly_limit; ownership_off (the company
            does not regulate who has a customer: where to switch it on)
        """
        refusals = self._get_claim_refusals()
        taken = [number for number in self.ids if number not in refusals]
        if taken:
            # Superuser: ledgers and batches are written by nobody; who may was decided.
            batch = self.env["crm.pool.batch"].sudo()
            batch = batch._create_transfer("claim", "", None)
            batch._take(taken, "claim")
        return self._get_transfer_answers(refusals, self.env._("It is yours now."))

    def _get_claim_refusals(self, freed=()):
        """Return ``{id: (code, message)}`` of what the caller cannot take.

        :param freed: ids of own customers that are given up for these
        """
        refusals = {}
        facts = self._get_claim_facts()
        visible = set(self.browse(facts)._filtered_access("read").ids)
        sells = self.env.user.has_group("crm_relations.group_sales_user")
        aside = self._get_aside_refusals()
        for number in self.ids:
            if number not in facts:
                refusal = ("missing", self.env._("It does not exist any more."))
            elif number not in visible or not sells:
                message = self.env._("You may not take customers of this kind.")
                refusal = ("no_right", message)
            else:
                refusal = self._get_claim_refusal(facts[number], aside.get(number))
            if refusal:
                refusals[number] = refusal
        free = [number for number in self.ids if number not in refusals]
        owners = dict.fromkeys(free, self.env.uid)
        refusals |= self._get_cap_refusals(owners, freed)
        free = [number for number in free if number not in refusals]
        return refusals | self._get_allowance_refusals(free, facts)

    def _get_claim_facts(self):
        """Return ``{id: what decides whether it may be taken}``; one statement."""
        self.env["res.partner"].flush_model()
        self.env["crm.ownership.change"].flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT partner.id, partner.user_id, partner.owner_since,
                       partner.pool_id, partner.pool_since, partner.pool_kept_until,
                       partner.active AND partner.is_managed_customer AS manageable,
                       %(company)s AS company_id,
                       (SELECT max(change.decided_at)
                          FROM crm_ownership_change AS change
                         WHERE change.partner_id = partner.id
                           AND change.from_user_id = %(user)s
                           AND %(counted)s) AS lost
                  FROM res_partner AS partner
                 WHERE partner.id = ANY(%(ids)s)
                """,
                company=self._get_relation_company_sql("partner"),
                counted=self.env["crm.ownership.change"]._get_counted_sql("change"),
                user=self.env.uid,
                ids=self.ids,
            )
        )
        return {row["id"]: row for row in rows}

    @api.model
    def _get_claim_refusal(self, facts, aside=None):
        """Return ``(code, message)`` of what stands against one customer, or None.

        :param aside: the refusal of who is put aside
        """
        if not facts["manageable"]:
            message = self.env._("It is archived, or no managed customer.")
            return "blocked", message
        companies = self.env["res.company"]
        if facts["company_id"] not in companies._get_ids_with_owned_customers():
            return "ownership_off", companies._get_ownership_off_message()
        if facts["user_id"]:
            return "taken", self._get_taken_message(facts)
        if not facts["pool_id"]:
            return "not_in_pool", self.env._("It is in no pool.")
        # Superuser: the terms of a pool hold for whoever may see its customer.
        pool = self.env["crm.pool"].sudo().browse(facts["pool_id"])
        user = self.env.user
        if not pool._has_member(user) and not pool._has_manager(user):
            message = self.env._(
                "You are no member of the pool %(pool)s.", pool=pool.name
            )
            return "not_member", message
        return aside or self._get_term_refusal(pool, facts)

    @api.model
    def _get_term_refusal(self, pool, facts):
        """Return what in the terms of the pool stands against it, or None."""
        # Superuser: the clock of a company is no secret.
        company = self.env["res.company"].sudo().browse(facts["company_id"])
        kept = facts["pool_kept_until"]
        reserved = kept and kept > company._get_relations_today()
        if reserved and not pool._has_manager(self.env.user):
            return "protected", self.env._(
                "It is reserved until %(day)s.", day=self.env.user._tell_day(kept)
            )
        if until := pool._get_frozen_until(facts["pool_since"]):
            return "frozen", self.env._(
                "It has just come into the pool: it can be taken from %(moment)s on.",
                moment=self.env.user._tell_moment(until),
            )
        if until := pool._get_cool_until(facts["lost"]):
            return "cool_down", self.env._(
                "You have had it before: you may take it again from %(moment)s on.",
                moment=self.env.user._tell_moment(until),
            )
        return None

    @api.model
    def _get_taken_message(self, facts):
        if facts["user_id"] == self.env.uid:
            return self.env._("It is yours already.")
        # Superuser: who has a customer is told to whoever may see it.
        user = self.env["res.users"].sudo().browse(facts["user_id"])
        if not facts["owner_since"]:
            return self.env._("It belongs to %(user)s.", user=user.name)
        return self.env._(
            "%(user)s has had it since %(since)s.",
            user=user.name,
            since=self.env.user._tell_moment(facts["owner_since"]),
        )

    @api.model
    def _get_allowance_refusals(self, ids, facts):
        """Return what goes beyond the claims of a day or a week, in the order given."""
        refusals, allowances, used = {}, {}, Counter()
        quotas = self.env["crm.pool.quota"]
        for number in ids:
            company_id = facts[number]["company_id"]
            if company_id not in allowances:
                company = self.env["res.company"].browse(company_id)
                allowances[company_id] = quotas._get_allowances(self.env.user, company)
            reached = next(
                (
                    (limit, quota)
                    for limit, (quota, left) in allowances[company_id].items()
                    if used[quota.company_id.id] >= left
                ),
                None,
            )
            if not reached:
                # In the quota of its company, and in one for all companies.
                used.update((company_id, False))
                continue
            limit, quota = reached
            code = "daily_limit" if limit == "day" else "weekly_limit"
            message = quota.with_env(self.env)._get_claims_message(limit)
            refusals[number] = (code, message)
        return refusals
