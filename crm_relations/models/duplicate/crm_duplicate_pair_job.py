from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.name_keys import SHORTEST_ALIKE
from ...tools.retries import retry

PAGE = 500
# In percent: in a list one reads, fewer names may be alike than while one types.
ALIKE = 75
# What more customers share is a hotline, no duplicate.
MOST_SHARING = 5
# Longer than any request takes: what was not committed yet is compared once more.
MARGIN = timedelta(hours=1)


class CrmDuplicatePair(models.Model):
    """How the pairs are found: a page of customers a transaction, those who are new or
    were changed since they were compared."""

    _inherit = "crm.duplicate.pair"

    @api.model
    def _cron_find(self):
        """Compare who is due; a killed job goes on where it was."""
        self.env["crm.name.key"]._cron_keep()
        last = 0
        progress = self.env["ir.cron"]._commit_progress
        while ids := self._get_due_page(last):
            retry(self.env, lambda page=ids: self._compare(page))
            if not progress(len(ids), remaining=1):
                return
            last = ids[-1]
        progress(0, remaining=0)

    @api.model
    def _get_due_page(self, after):
        """Return the next customers who have not been compared as they are now."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT kept.partner_id
                  FROM crm_name_key AS kept
                 WHERE kept.partner_id > %(after)s
                   AND (kept.compared_at IS NULL OR EXISTS (
                        SELECT FROM res_partner AS partner
                         WHERE partner.commercial_partner_id = kept.partner_id
                           AND partner.write_date >= kept.compared_at - %(margin)s))
              ORDER BY kept.partner_id
                 LIMIT %(limit)s
                """,
                after=after,
                margin=MARGIN,
                limit=PAGE,
            )
        )
        return [number for (number,) in rows]

    @api.model
    def _compare(self, ids):
        """Find the pairs of these customers anew; what is decided stays decided. Four
        statements."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE crm_name_key SET compared_at = %s"
                " WHERE partner_id = ANY(%s) RETURNING id",
                fields.Datetime.now(),
                list(ids),
            )
        )
        if self.env.registry.has_trigram:
            self.env["crm.name.key"]._set_likeness(ALIKE)
        self.env.execute_query(self._get_pairs_sql(ids))
        self.env.invalidate_all()

    @api.model
    def _get_pairs_sql(self, ids):
        """Return the statement that inserts new pairs, updates those that are open, and
        drops those that are none any more."""
        return SQL(
            """
            WITH page AS (SELECT unnest(%(ids)s::int[]) AS id),
            family AS MATERIALIZED (%(family)s),
            match AS MATERIALIZED (%(matches)s),
            found AS (%(found)s),
            dropped AS (
            DELETE FROM crm_duplicate_pair AS pair
             USING page
             WHERE pair.other_id IS NULL
                OR page.id IN (pair.customer_id, pair.other_id) AND pair.state = 'open'
               AND (pair.customer_id, pair.other_id) NOT IN (
                    SELECT customer_id, other_id FROM found)
         RETURNING pair.id)
            INSERT INTO crm_duplicate_pair AS pair (customer_id, other_id, company_id,
                   score, why, is_hidden, state, found_at)
            SELECT customer_id, other_id, company_id, score, why, is_hidden, 'open',
                   %(now)s
              FROM found
       ON CONFLICT (customer_id, other_id) DO UPDATE
               SET company_id = EXCLUDED.company_id, score = EXCLUDED.score,
                   why = EXCLUDED.why, is_hidden = EXCLUDED.is_hidden
             WHERE (pair.company_id, pair.score, pair.why, pair.is_hidden)
                   IS DISTINCT FROM (EXCLUDED.company_id, EXCLUDED.score, EXCLUDED.why,
                                     EXCLUDED.is_hidden)
         RETURNING pair.id
            """,
            ids=list(ids),
            family=self._get_family_sql(),
            matches=SQL(" UNION ALL ").join(self._get_matches()),
            found=self._get_found_sql(),
            now=fields.Datetime.now(),
        )

    @api.model
    def _get_found_sql(self):
        """Return the SELECT of the pairs of customers who may be one."""
        return SQL(
            """
            SELECT LEAST(match.id, match.other_id) AS customer_id,
                   GREATEST(match.id, match.other_id) AS other_id,
                   COALESCE(max(mine.company_id), max(other.company_id)) AS company_id,
                   COALESCE(max(match.score) FILTER (WHERE NOT match.is_hidden),
                            max(match.score)) AS score,
                   -- What is hidden tells who sees the line nothing more.
                   COALESCE(string_agg(DISTINCT match.why, ',')
                            FILTER (WHERE NOT match.is_hidden),
                            string_agg(DISTINCT match.why, ',')) AS why,
                   bool_and(match.is_hidden) AS is_hidden
              FROM match
              JOIN res_partner AS mine ON mine.id = match.id
              JOIN res_partner AS other ON other.id = match.other_id
             WHERE mine.id <> other.id
               AND mine.is_managed_customer AND mine.active AND mine.partner_share
               AND other.is_managed_customer AND other.active AND other.partner_share
               AND COALESCE(mine.company_id = other.company_id, TRUE)
          GROUP BY 1, 2
            """
        )

    @api.model
    def _get_family_sql(self):
        """Return the SELECT of the numbers and addresses of each customer of the page
        and of its contacts, and whether a pool hides them."""
        return SQL(
            """
            SELECT page.id,
                   partner.phone_sanitized AS placed,
                   partner.phone_digits AS digits,
                   partner.email_normalized AS email,
                   kept.phone_key, kept.email_key
              FROM page
              JOIN res_partner AS partner ON partner.commercial_partner_id = page.id
         LEFT JOIN crm_hidden_value AS kept
                ON kept.model = 'res.partner' AND kept.res_id = partner.id
             WHERE partner.active
            """
        )

    @api.model
    def _get_matches(self):
        """Return SELECTs of ``(id, other_id, why, score, is_hidden)``."""
        seen = (
            ("placed", "phone_sanitized", "phone"),
            ("digits", "phone_digits", "phone"),
            ("email", "email_normalized", "email"),
            ("phone_key", "phone_sanitized", "phone"),
            ("phone_key", "phone_digits", "phone"),
            ("email_key", "email_normalized", "email"),
        )
        hidden = (
            ("placed", "phone_key", "phone"),
            ("digits", "phone_key", "phone"),
            ("email", "email_key", "email"),
            ("phone_key", "phone_key", "phone"),
            ("email_key", "email_key", "email"),
        )
        return [
            *(self._get_seen_sql(*names) for names in seen),
            *(self._get_hidden_sql(*names) for names in hidden),
            self._get_tax_sql(),
            self._get_alike_sql(),
        ]

    @api.model
    def _get_seen_sql(self, mine, theirs, why):
        return SQL(
            """
            SELECT family.id, other.commercial_partner_id AS other_id, %(why)s AS why,
                   100 AS score, %(is_hidden)s AS is_hidden
              FROM family
              JOIN LATERAL (
                   SELECT partner.commercial_partner_id FROM res_partner AS partner
                    WHERE partner.%(theirs)s = family.%(mine)s AND partner.active
                      AND partner.commercial_partner_id <> family.id
                    LIMIT %(most)s) AS other ON TRUE
            """,
            why=why,
            is_hidden=mine.endswith("_key"),
            theirs=SQL.identifier(theirs),
            mine=SQL.identifier(mine),
            most=MOST_SHARING,
        )

    @api.model
    def _get_hidden_sql(self, mine, theirs, why):
        return SQL(
            """
            SELECT family.id, other.customer_id, %(why)s, 100, TRUE
              FROM family
              JOIN LATERAL (
                   SELECT kept.customer_id FROM crm_hidden_value AS kept
                    WHERE kept.%(theirs)s = family.%(mine)s
                      AND kept.model = 'res.partner' AND kept.customer_id <> family.id
                    LIMIT %(most)s) AS other ON TRUE
            """,
            why=why,
            theirs=SQL.identifier(theirs),
            mine=SQL.identifier(mine),
            most=MOST_SHARING,
        )

    @api.model
    def _get_tax_sql(self):
        return SQL(
            """
            SELECT mine.partner_id, other.partner_id, 'tax', 100, FALSE
              FROM page
              JOIN crm_name_key AS mine ON mine.partner_id = page.id
              JOIN LATERAL (
                   SELECT kept.partner_id FROM crm_name_key AS kept
                    WHERE kept.tax_key = mine.tax_key
                      AND kept.partner_id <> mine.partner_id
                    LIMIT %s) AS other ON TRUE
            """,
            MOST_SHARING,
        )

    @api.model
    def _get_alike_sql(self):
        """Companies with nearly the same name; people have namesakes."""
        condition, score = SQL("kept.sound = mine.sound"), SQL("95")
        if self.env.registry.has_trigram:
            score = self.env["res.partner"]._get_likeness_sql(
                SQL("mine.sound"), SQL("mine.core")
            )
            condition = SQL("kept.core %% mine.core AND %s >= %s", score, ALIKE)
            score = SQL("round((%s)::numeric)::int", score)
        return SQL(
            """
            SELECT mine.partner_id, other.partner_id, 'name', other.score, FALSE
              FROM page
              JOIN crm_name_key AS mine ON mine.partner_id = page.id
              JOIN res_partner AS customer
                ON customer.id = page.id AND customer.is_company
              JOIN LATERAL (
                   SELECT kept.partner_id, %(score)s AS score
                     FROM crm_name_key AS kept
                     JOIN res_partner AS partner
                       ON partner.id = kept.partner_id AND partner.is_company
                    WHERE %(condition)s AND kept.partner_id <> mine.partner_id
                 ORDER BY score DESC, kept.partner_id
                    LIMIT %(most)s) AS other ON TRUE
             WHERE length(mine.sound) >= %(shortest)s
            """,
            score=score,
            condition=condition,
            most=MOST_SHARING,
            shortest=SHORTEST_ALIKE,
        )
