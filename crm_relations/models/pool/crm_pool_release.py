from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 1000


class CrmPoolRule(models.Model):
    """The nightly release: one statement a batch, each batch a transaction.

    A batch takes its customers by the stored release date, skipping rows that
    somebody is changing at this moment. Killed anywhere, the next run goes on with
    those still due; a released one is not due any more.
    """

    _inherit = ["crm.pool.rule", "crm.job.mixin"]
    _name = "crm.pool.rule"

    @api.model
    def _cron_release(self, limit=BATCH):
        """Decide the release dates of this night, then release who is due."""
        self.env["res.partner"]._cron_refresh_release_dates()
        commit = self.env["ir.cron"]._commit_progress
        remaining = self._count_due()
        commit(0, remaining=remaining)
        while remaining > 0:
            released = self._retry(lambda: self._release_due(limit))
            remaining = max(remaining - released, 0) if released else 0
            if not commit(released, remaining=remaining):
                break

    @api.model
    def _count_due(self):
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) AS due", self._get_due_sql())
        )
        return count

    @api.model
    def _release_due(self, limit=BATCH):
        """Release at most ``limit`` due customers into the pool of their rule.

        :return: how many; 0 when nothing is due, or all due ones are locked
        """
        if not self._count_due():
            return 0
        batch = self.env["crm.pool.batch"].sudo()._get_of_today("release")
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH due AS MATERIALIZED (%(due)s LIMIT %(limit)s
                        FOR NO KEY UPDATE OF partner SKIP LOCKED),
                     released AS (
                     UPDATE res_partner AS partner
                        SET user_id = NULL, owner_since = NULL,
                            pool_id = due.pool_id, pool_since = %(now)s,
                            pool_release_date = NULL, pool_rule_id = NULL,
                            pool_release_facts = NULL,
                            write_uid = %(uid)s, write_date = %(now)s
                       FROM due
                      WHERE partner.id = due.id),
                     contacts AS (
                     UPDATE res_partner AS contact
                        SET user_id = NULL
                       FROM due
                      WHERE contact.commercial_partner_id = due.id
                        AND contact.id <> due.id
                        AND contact.user_id = due.user_id
                  RETURNING contact.id, due.id AS customer_id),
                     unfollowed AS (
                     DELETE FROM mail_followers AS follower
                      USING due, res_users AS owner
                      WHERE owner.id = due.user_id
                        AND follower.res_model = 'res.partner'
                        AND follower.res_id = due.id
                        AND follower.partner_id = owner.partner_id)
                INSERT INTO crm_ownership_change (partner_id, company_id, kind,
                       from_user_id, to_pool_id, rule_id, batch_id, operator_id,
                       contact_ids_moved, facts, decided_at, create_uid, create_date)
                SELECT due.id, due.company_id, 'release', due.user_id, due.pool_id,
                       due.rule_id, %(batch)s, %(uid)s, moved.ids,
                       due.facts || '{"code": "pool_released"}', %(now)s,
                       %(uid)s, %(now)s
                  FROM due
             LEFT JOIN (SELECT customer_id, jsonb_agg(id) AS ids
                          FROM contacts
                      GROUP BY customer_id) AS moved ON moved.customer_id = due.id
             RETURNING partner_id
                """,
                due=self._get_due_sql(),
                limit=limit,
                now=fields.Datetime.now(),
                uid=self.env.uid,
                batch=batch.id,
            )
        )
        self.env.invalidate_all()
        self.env["res.partner"].browse(number for (number,) in rows)._owner_released()
        return len(rows)

    @api.model
    def _get_due_sql(self):
        """Return a SELECT of the customers due by the local day of their company."""
        partners = self.env["res.partner"]
        latest = max(
            company._get_relations_today()
            for company in self.env["res.company"].sudo().search([])
        )
        return SQL(
            """
            SELECT partner.id, partner.user_id, partner.pool_release_facts AS facts,
                   rule.id AS rule_id, rule.pool_id,
                   COALESCE(partner.company_id, partner.relation_company_id)
                   AS company_id
              FROM res_partner AS partner
              JOIN crm_pool_rule AS rule ON rule.id = partner.pool_rule_id
              JOIN crm_pool AS pool ON pool.id = rule.pool_id AND pool.active
              JOIN %(companies)s ON own.id = %(company)s
             WHERE partner.pool_release_date <= %(latest)s
               AND partner.pool_release_date
                   <= (%(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE own.tz)::date
               AND partner.user_id IS NOT NULL
               AND partner.is_managed_customer AND partner.active
          ORDER BY partner.pool_release_date, partner.id
            """,
            companies=partners._get_companies_sql("own"),
            company=partners._get_relation_company_sql("partner"),
            latest=latest,
            now=fields.Datetime.now(),
        )
