from odoo import fields, models
from odoo.tools import SQL, split_every

from ...tools.batches import BATCH


class CrmPoolBatch(models.Model):
    """Customers taken from pools: a fixed number of statements for each thousand."""

    _inherit = "crm.pool.batch"

    def _take(self, partner_ids, kind):
        """Give these pool customers to the caller, with what goes with them.

        Rights and terms are the caller's business. Rows that somebody is changing are
        waited for: then this transaction fails, and Odoo repeats it.

        :param kind: claim or swap, as in the ledger
        :return: the customers taken
        """
        self.ensure_one()
        self.env.flush_all()
        partners = self.env["res.partner"]
        quotas = self.env["crm.pool.quota"].browse()
        taken = partners
        for ids in split_every(BATCH, partner_ids):
            rows = self._take_customers(ids, kind)
            self.env.invalidate_all()
            some = partners.browse(number for number, _company in rows)
            for company_id in {company for _number, company in rows}:
                quotas |= self._get_claim_quotas(company_id)
            some._owner_changed(kind)
            self._follow(some.ids)
            self._plan_first_contact(some.ids)
            partners._refresh_release_dates(some.ids)
            taken |= some
        if quotas and taken:
            quotas._use_allowances(self.env.user, quotas, len(taken))
        return taken

    def _get_claim_quotas(self, company_id):
        quotas = self.env["crm.pool.quota"]
        company = self.env["res.company"].browse(company_id)
        return quotas.concat(
            *[
                quotas._get_governing(limit, self.env.user, company)
                for limit in ("day", "week")
            ]
        )

    def _take_customers(self, ids, kind):
        """Write owner, clock, contacts and ledger by one statement.

        :return: ``[(customer id, id of the company whose rules judge it)]``
        """
        return self.env.execute_query(
            SQL(
                """
                WITH taken AS MATERIALIZED (
                     SELECT partner.id, partner.pool_id,
                            %(own_company)s AS company_id
                       FROM res_partner AS partner
                      WHERE partner.id = ANY(%(ids)s)
                        AND partner.user_id IS NULL AND partner.pool_id IS NOT NULL
                        AND partner.is_managed_customer AND partner.active
                   ORDER BY partner.id
                        FOR NO KEY UPDATE OF partner),
                     written AS (
                     UPDATE res_partner AS partner
                        SET user_id = %(user)s, owner_since = %(now)s,
                            pool_id = NULL, pool_since = NULL,
                            write_uid = %(user)s, write_date = %(now)s
                       FROM taken
                      WHERE partner.id = taken.id
                  RETURNING partner.id, %(company)s AS company_id),
                     contacts AS (
                     UPDATE res_partner AS contact
                        SET user_id = %(user)s
                       FROM taken
                      WHERE contact.commercial_partner_id = taken.id
                        AND contact.id <> taken.id
                        AND contact.user_id IS NULL
                  RETURNING contact.id, taken.id AS customer_id),
                     logged AS (
                     INSERT INTO crm_ownership_change (partner_id, company_id, kind,
                            to_user_id, from_pool_id, batch_id, operator_id,
                            contact_ids_moved, facts, decided_at, create_uid,
                            create_date)
                     SELECT taken.id, taken.company_id, %(kind)s, %(user)s,
                            taken.pool_id, %(batch)s, %(user)s, moved.ids,
                            jsonb_build_object('code', %(code)s, 'user', %(user)s,
                            'pool', taken.pool_id), %(now)s, %(user)s, %(now)s
                       FROM taken
                  LEFT JOIN (SELECT customer_id, jsonb_agg(id) AS ids
                               FROM contacts
                           GROUP BY customer_id) AS moved
                         ON moved.customer_id = taken.id)
                SELECT id, company_id FROM written
                """,
                own_company=self.env["res.partner"]._get_own_company_sql("partner"),
                ids=list(ids),
                user=self.env.uid,
                now=fields.Datetime.now(),
                company=self.env["res.partner"]._get_relation_company_sql("partner"),
                kind=kind,
                code=f"owner_{kind}",
                batch=self.id,
            )
        )

    def _follow(self, partner_ids):
        """Let the caller follow these customers, as Odoo does for a salesperson."""
        subtypes, *_rest = self.env["mail.message.subtype"].default_subtypes(
            "res.partner"
        )
        self.env.execute_query(
            SQL(
                """
                WITH added AS (
                     INSERT INTO mail_followers (res_model, res_id, partner_id)
                     SELECT 'res.partner', id, %(follower)s
                       FROM unnest(%(ids)s::int[]) AS id
                ON CONFLICT DO NOTHING
                  RETURNING id),
                     told AS (
                     INSERT INTO mail_followers_mail_message_subtype_rel
                            (mail_followers_id, mail_message_subtype_id)
                     SELECT added.id, subtype
                       FROM added
                 CROSS JOIN unnest(%(subtypes)s::int[]) AS subtype)
                SELECT count(*) FROM added
                """,
                follower=self.env.user.partner_id.id,
                ids=list(partner_ids),
                subtypes=subtypes.ids,
            )
        )

    def _plan_first_contact(self, partner_ids):
        """Plan the first activity by the terms of the pool that each came from, where
        the caller has none of this type yet.

        By SQL: Odoo would insert a hundred at a time, and tell the caller of each.
        """
        user = self.env.user
        self.env.execute_query(
            SQL(
                """
                INSERT INTO mail_activity (res_model_id, res_model, res_id, res_name,
                       activity_type_id, user_id, user_tz, date_deadline, summary,
                       automated, active, create_uid, create_date, write_uid,
                       write_date)
                SELECT %(model)s, 'res.partner', customer.id, customer.complete_name,
                       pool.contact_activity_type_id, %(user)s, %(tz)s,
                       %(today)s::date + pool.contact_days, %(summary)s, TRUE, TRUE,
                       %(user)s, %(now)s, %(user)s, %(now)s
                  FROM crm_ownership_change AS change
                  JOIN res_partner AS customer ON customer.id = change.partner_id
                  JOIN crm_pool AS pool ON pool.id = change.from_pool_id
                 WHERE change.batch_id = %(batch)s AND change.to_user_id = %(user)s
                   AND change.partner_id = ANY(%(ids)s)
                   AND pool.contact_days > 0
                   AND pool.contact_activity_type_id IS NOT NULL
                   AND NOT EXISTS (
                       SELECT FROM mail_activity AS planned
                        WHERE planned.res_model = 'res.partner'
                          AND planned.res_id = customer.id
                          AND planned.user_id = %(user)s AND planned.active
                          AND planned.activity_type_id = pool.contact_activity_type_id)
              ORDER BY customer.id
             RETURNING id
                """,
                model=self.env["ir.model"]._get_id("res.partner"),
                user=user.id,
                tz=user.tz or None,
                today=user._get_relations_today(),
                summary=self.env._("First contact after taking over"),
                now=fields.Datetime.now(),
                batch=self.id,
                ids=list(partner_ids),
            )
        )
        self.env["mail.activity"].invalidate_model()
