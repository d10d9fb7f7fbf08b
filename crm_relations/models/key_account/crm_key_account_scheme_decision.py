from odoo import fields, models
from odoo.tools import SQL

from ...tools.retries import retry
from ...tools.sentences import tell_number

KEPT = (
    *("scheme_id", "company_id", "sales", "share", "cumulative", "rank", "is_core"),
    *("score", "facts", "below_since"),
)


class CrmKeyAccountScheme(models.Model):
    """Decide, show, apply: the same statement each time."""

    _inherit = "crm.key.account.scheme"

    def _get_found_sql(self):
        """Return a SELECT of all that is kept of each customer of this scheme, and its
        score until now as ``old``."""
        self._flush_found()
        return SQL(
            """
            SELECT scored.partner_id, %(scheme)s AS scheme_id,
                   %(company)s AS company_id, scored.sales,
                   COALESCE(scored.share, 0) AS share,
                   COALESCE(scored.cumulative, 1) AS cumulative, scored.rank,
                   COALESCE(scored.is_core, FALSE) AS is_core, scored.score,
                   CASE WHEN scored.score < %(floor)s AND EXISTS (
                        SELECT FROM crm_key_account_nomination AS nomination
                         WHERE nomination.partner_id = scored.partner_id
                           AND nomination.state = 'approved')
                        THEN COALESCE(known.below_since, %(today)s::date) END
                       AS below_since,
                   jsonb_build_object(
                       'code', 'key_account', 'currency', %(currency)s::int,
                       'score', scored.score, 'criteria', scored.criteria,
                       'figures', scored.figures, 'points', scored.points,
                       'unjudged', COALESCE(scored.unjudged, 0)) AS facts,
                   known.score AS old
              FROM (%(scored)s) AS scored
              JOIN res_partner AS partner ON partner.id = scored.partner_id
         LEFT JOIN crm_key_account_score AS known
                ON known.partner_id = scored.partner_id
            """,
            scheme=self.id,
            company=self.env["res.partner"]._get_own_company_sql("partner"),
            floor=self.floor,
            today=self._get_company()._get_relations_today(),
            currency=self.currency_id.id,
            scored=self._get_scored_sql(),
        )

    def _flush_found(self):
        names = (
            *("res.partner", "crm.key.account.nomination"),
            *("crm.key.account.judgement", "crm.key.account.score"),
        )
        for name in names:
            self.env[name].flush_model()

    def _get_decision_sql(self):
        return SQL(
            """
            SELECT partner_id, old::text AS old, score::text AS new,
                   %s AS rule_id, facts
              FROM (%s) AS found
             WHERE old IS DISTINCT FROM score
            """,
            self.id,
            self._get_found_sql(),
        )

    def _get_value_models(self):
        # Scores name no records.
        return {"old": False, "new": False}

    def _get_value_names(self, rows):
        return {
            (side, row[side]): tell_number(float(row[side]))
            for side in ("old", "new")
            for row in rows
            if row[side]
        }

    def _get_preview_grouping(self):
        return "by_owner"

    def _count_judged(self):
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) AS scored", self._get_scored_sql())
        )
        return count

    def _run(self):
        """Write the scores that have changed; one statement.

        :return: number of customers that have another score
        """
        self.ensure_one()
        names = [SQL.identifier(name) for name in KEPT]
        rows = self.env.execute_query(
            SQL(
                """
                WITH found AS MATERIALIZED (%(found)s),
                     gone AS (
                     DELETE FROM crm_key_account_score AS kept
                      WHERE kept.scheme_id = %(scheme)s
                        AND NOT EXISTS (
                            SELECT FROM found
                             WHERE found.partner_id = kept.partner_id))
                INSERT INTO crm_key_account_score AS kept (partner_id, %(names)s)
                SELECT partner_id, %(names)s FROM found
           ON CONFLICT (partner_id) DO UPDATE
                   SET (%(names)s) = ROW(%(excluded)s)
                 WHERE (%(kept)s) IS DISTINCT FROM (%(excluded)s)
             RETURNING partner_id
                """,
                found=self._get_found_sql(),
                scheme=self.id,
                names=SQL(", ").join(names),
                excluded=SQL(", ").join(SQL("EXCLUDED.%s", name) for name in names),
                kept=SQL(", ").join(SQL("kept.%s", name) for name in names),
            )
        )
        self.last_run_at = fields.Datetime.now()
        # Now, not with the commit: another night that runs beside is met in here.
        self.flush_recordset(["last_run_at"])
        self.env["crm.key.account.score"].invalidate_model()
        self.env["crm.key.account.nomination"].invalidate_model()
        return len(rows)

    def _run_all(self):
        """Score all customers, a scheme a transaction; for jobs only: it commits."""
        schemes = self._get_in_force()
        for scheme in schemes:
            if scheme._get_weighed():
                retry(self.env, scheme._run)
                self.env["ir.cron"]._commit_progress(0)
        retry(self.env, lambda: self._forget_others(schemes))
        self.env["ir.cron"]._commit_progress(0)

    def _forget_others(self, schemes):
        """Drop the scores of schemes that judge nobody any more."""
        self.env.execute_query(
            SQL(
                "DELETE FROM crm_key_account_score WHERE scheme_id <> ALL(%s)"
                " RETURNING id",
                schemes.ids,
            )
        )
        self.env["crm.key.account.score"].invalidate_model()
