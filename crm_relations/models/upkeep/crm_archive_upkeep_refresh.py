from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.retries import retry


class CrmArchiveUpkeep(models.Model):
    """Custodian and day of the next review are decided by one statement a page, which
    writes only what changed."""

    _inherit = "crm.archive.upkeep"

    @api.model
    def _cron_refresh(self):
        """Decide custodians and reviews anew, then plan activities for reviews that are
        late where the rule says so; a killed job does the rest the next time."""
        self.env["res.partner"]._for_pages_of_customers(self._refresh)
        progress = self.env["ir.cron"]._commit_progress
        while count := retry(self.env, self._plan_batch):
            if not progress(count, remaining=1):
                return
        progress(0, remaining=0)

    @api.model
    def _refresh(self, partner_ids):
        """Write the rows of these customers where they changed; two statements.

        :return: number of rows written
        """
        if not partner_ids:
            return 0
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                DELETE FROM crm_archive_upkeep AS upkeep
                 USING res_partner AS partner
                 WHERE partner.id = upkeep.partner_id AND partner.id = ANY(%s)
                   AND (NOT COALESCE(partner.is_managed_customer, FALSE)
                        OR partner.commercial_partner_id <> partner.id)
             RETURNING upkeep.id
                """,
                list(partner_ids),
            )
        )
        rows = self.env.execute_query(self._get_refresh_sql(partner_ids))
        self.invalidate_model()
        told = ["upkeep_ids", "custodian_id", "verified_on", "review_due"]
        self.env["res.partner"].invalidate_model(told)
        return len(rows)

    @api.model
    def _get_refresh_sql(self, partner_ids):
        rules = self.env["crm.custodian.rule"]._get_in_force()._get_started()
        return SQL(
            """
            INSERT INTO crm_archive_upkeep AS kept (partner_id, company_id,
                   custodian_id, rule_id, since, review_due, activity_on, create_uid,
                   create_date)
            SELECT found.*, %(uid)s, %(now)s
              FROM (
            SELECT decided.id AS partner_id, decided.company_id, decided.custodian_id,
                   decided.rule_id, COALESCE(upkeep.since, decided.today) AS since,
                   due.day,
                   CASE WHEN decided.adds_activity
                         AND upkeep.reminded_for IS DISTINCT FROM due.day
                        THEN due.day + 1 END AS activity_on
              FROM (%(decided)s) AS decided
         LEFT JOIN crm_archive_upkeep AS upkeep ON upkeep.partner_id = decided.id
         LEFT JOIN crm_tier AS tier
                ON tier.id = decided.tier_id AND tier.review_interval_days > 0
        CROSS JOIN LATERAL (
            SELECT COALESCE(upkeep.verified_on, upkeep.since, decided.today)
                   + tier.review_interval_days AS day) AS due) AS found
       ON CONFLICT (partner_id) DO UPDATE
               SET (company_id, custodian_id, rule_id, since, review_due, activity_on)
                   = ROW(EXCLUDED.company_id, EXCLUDED.custodian_id, EXCLUDED.rule_id,
                         EXCLUDED.since, EXCLUDED.review_due, EXCLUDED.activity_on)
             WHERE (kept.company_id, kept.custodian_id, kept.rule_id, kept.since,
                    kept.review_due, kept.activity_on)
                   IS DISTINCT FROM
                   (EXCLUDED.company_id, EXCLUDED.custodian_id, EXCLUDED.rule_id,
                    EXCLUDED.since, EXCLUDED.review_due, EXCLUDED.activity_on)
         RETURNING kept.id
            """,
            decided=rules._get_decided_sql(partner_ids),
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )
