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
        taken = {}
        for ids in split_every(BATCH, partner_ids):
            rows = self._turn(kind, self._get_taken_sql(ids, kind))
            self.env.invalidate_all()
            some = self.env["res.partner"].browse(number for number, *_rest in rows)
            some._owner_changed(kind)
            self._follow(some.ids)
            self._plan_first_contact(some.ids)
            some._owners_written()
            taken.update((number, company) for number, _change, company in rows)
        if taken:
            self._customers_taken(taken)
        return self.env["res.partner"].browse(taken)

    def _customers_taken(self, companies):
        """Hook: the caller has taken these customers.

        :param companies: ``{customer id: id of its own company}``, None for one that
            all companies share
        """

    def _get_taken_sql(self, ids, kind):
        return SQL(
            """
            SELECT partner.id, %(own_company)s AS company_id,
                   NULL::int AS from_user_id, %(user)s AS to_user_id,
                   partner.pool_id AS from_pool_id, NULL::int AS to_pool_id,
                   jsonb_build_object('code', %(code)s, 'user', %(user)s,
                       'pool', partner.pool_id) AS facts
              FROM res_partner AS partner
             WHERE partner.id = ANY(%(ids)s)
               AND partner.user_id IS NULL AND partner.pool_id IS NOT NULL
               AND partner.is_managed_customer AND partner.active
          ORDER BY partner.id
               FOR NO KEY UPDATE OF partner
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("partner"),
            user=self.env.uid,
            code=f"owner_{kind}",
            ids=list(ids),
        )

    def _follow(self, partner_ids):
        """Let the caller follow these customers, as Odoo does for a salesperson."""
        self.env.execute_query(
            SQL(
                """
                WITH added AS (
                     INSERT INTO mail_followers (res_model, res_id, partner_id)
                     SELECT 'res.partner', id, %(follower)s
                       FROM unnest(%(ids)s::int[]) AS id
                ON CONFLICT DO NOTHING
                  RETURNING id),
                     told AS (%(told)s)
                SELECT count(*) FROM added
                """,
                follower=self.env.user.partner_id.id,
                ids=list(partner_ids),
                told=self._get_told_sql("added"),
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
                SELECT %(model)s, 'res.partner', term.id, term.complete_name,
                       term.type_id, %(user)s, %(tz)s, %(today)s::date + term.days,
                       %(summary)s, TRUE, TRUE, %(user)s, %(now)s, %(user)s, %(now)s
                  FROM (%(terms)s) AS term
              ORDER BY term.id
             RETURNING id
                """,
                model=self.env["ir.model"]._get_id("res.partner"),
                user=user.id,
                tz=user.tz or None,
                today=user._get_relations_today(),
                summary=self.env._("First contact after taking over"),
                now=fields.Datetime.now(),
                terms=self._get_contact_terms_sql(partner_ids),
            )
        )
        self.env["mail.activity"].invalidate_model()

    def _get_contact_terms_sql(self, partner_ids):
        """Return a SELECT of id, complete_name, type_id and days of the customers whom
        the caller is to contact, and has not planned to."""
        return SQL(
            """
            SELECT customer.id, customer.complete_name,
                   pool.contact_activity_type_id AS type_id, pool.contact_days AS days
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
            """,
            batch=self.id,
            user=self.env.uid,
            ids=list(partner_ids),
        )
