from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.retries import retry


class CrmAccountLadder(models.Model):
    """Decide by one statement, show, apply: where a customer stands is a row of its
    own, so that contacts have no column more."""

    _inherit = "crm.account.ladder"
    _ledger = "crm.account.standing.change"
    _ledger_columns = ("ladder_id", "old_step_id", "new_step_id")

    def _judge(self, partner_ids=None, commit=False):
        """Judge all customers of this ladder, or these.

        :return: number of customers written
        """
        self.ensure_one()
        changed = self._run_queue(commit=commit, partner_ids=partner_ids)
        if commit:
            retry(self.env, lambda: self._drop_others(partner_ids))
            self.env["ir.cron"]._commit_progress(0)
        else:
            self._drop_others(partner_ids)
        return changed

    def _get_queue_sql(self, partner_ids=None):
        """Also other figures behind the same step are written, another height of it,
        and another company of the customer."""
        return self._get_decision_sql(
            partner_ids,
            SQL(
                "(decided.new IS DISTINCT FROM decided.old OR standing.id IS NULL"
                " OR standing.facts IS DISTINCT FROM %s"
                " OR standing.level IS DISTINCT FROM %s"
                " OR standing.company_id IS DISTINCT FROM %s)",
                self._get_facts_sql(),
                self._get_level_sql(SQL("decided.new")),
                self.env["res.partner"]._get_own_company_sql("partner"),
            ),
        )

    def _get_preview_sql(self):
        """As if all companies used it, where none does yet."""
        return self.with_context(crm_ladder_preview=True)._get_decision_sql()

    def _get_rule_sql(self):
        return SQL("%s", self.id)

    def _get_decided_joins_sql(self):
        self.env["crm.account.standing"].flush_model()
        return SQL(
            "JOIN res_partner AS partner ON partner.id = decided.partner_id"
            " LEFT JOIN crm_account_standing AS standing"
            " ON standing.partner_id = decided.partner_id AND standing.ladder_id = %s",
            self.id,
        )

    def _get_known_sql(self, partner_ids=None):
        self.env["crm.account.standing"].flush_model()
        return SQL(
            """
            SELECT judged.partner_id, standing.step_id AS old
              FROM (%s) AS judged
         LEFT JOIN crm_account_standing AS standing
                ON standing.partner_id = judged.partner_id AND standing.ladder_id = %s
            """,
            self._get_judged_sql(partner_ids),
            self.id,
        )

    def _get_judged_sql(self, partner_ids=None):
        """Return a SELECT of partner_id, today and tz of the customers judged."""
        self.env["res.partner"].flush_model()
        self.env["crm.key.account.nomination"].flush_model(["partner_id", "state"])
        # An archived ladder judges nobody: who stands on it leaves.
        companies = self.company_ids if self.active else self.company_ids.browse()
        if not companies and self.env.context.get("crm_ladder_preview"):
            companies = self.env["res.company"]._get_all_for_relations()
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id = ANY(%s)", list(partner_ids))
        return SQL(
            """
            SELECT partner.id AS partner_id, own.today, own.tz
              FROM res_partner AS partner
              JOIN %(own)s
             WHERE partner.is_managed_customer AND partner.active %(only)s
               AND own.id = ANY(%(companies)s) AND %(audience)s
            """,
            own=self.env["res.partner"]._get_company_of_sql("own", "partner"),
            only=only,
            companies=companies.ids,
            audience=SQL("partner.user_id IS NOT NULL")
            if self.audience == "owned"
            else SQL(
                "partner.id IN %s", self.env["res.partner"]._get_key_accounts_sql()
            ),
        )

    def _get_measured_sql(self, partner_ids=None):
        criteria = self._get_criteria()
        names = [
            SQL.identifier(f"evidence_{number}") for number in range(len(criteria))
        ]
        return SQL(
            """
            WITH judged AS MATERIALIZED (%(judged)s)
            SELECT judged.partner_id AS customer_id,
                   ARRAY[%(figures)s]::numeric[] AS figures
              FROM judged %(joins)s
            """,
            judged=self._get_judged_sql(partner_ids),
            figures=SQL(", ").join(
                SQL("round(COALESCE(%s.figure, 0)::numeric, 2)", name) for name in names
            ),
            joins=SQL(" ").join(
                SQL(
                    "LEFT JOIN (%(sql)s) AS %(name)s"
                    " ON %(name)s.partner_id = judged.partner_id",
                    sql=self._get_evidence_sql(one.evidence, one.months),
                    name=name,
                )
                for one, name in zip(criteria, names, strict=True)
            ),
        )

    def _get_criteria(self):
        """Return all that the steps ask for, the lowest step first."""
        return self.step_ids.sorted().criterion_ids

    def _get_step_conditions(self):
        places = {one.id: place for place, one in enumerate(self._get_criteria(), 1)}
        return [
            (
                SQL("%s::int", step.id),
                SQL(" AND ").join(
                    SQL(
                        "figures[%s] <= %s" if most else "figures[%s] >= %s",
                        places[one.id],
                        str(needed),
                    )
                    for one in step.criterion_ids
                    for needed, most in [one._get_limit()]
                )
                or SQL("TRUE"),
            )
            for step in self.step_ids.sorted()
        ]

    def _get_ground_sql(self):
        return SQL("NULL::int")

    def _get_facts_sql(self):
        criteria = self._get_criteria()
        limits = [one._get_limit() for one in criteria]
        return SQL(
            """
            jsonb_build_object('code', 'account_ladder', 'ladder', %(ladder)s::int,
                'step', decided.new, 'criteria', %(criteria)s::int[],
                'figures', decided.figures, 'needed', %(needed)s::float8[],
                'most', %(most)s::bool[])
            """,
            ladder=self.id,
            criteria=criteria.ids,
            needed=[needed for needed, _most in limits],
            most=[most for _needed, most in limits],
        )

    def _get_apply_sql(self, batch):
        """Write where each of the batch stands; what another worker has written
        already is left as it is."""
        return SQL(
            """
            INSERT INTO crm_account_standing AS standing (partner_id, company_id,
                   ladder_id, step_id, level, since, facts)
            SELECT batch.partner_id, %(own_company)s, %(ladder)s, batch.new,
                   %(level)s, own.today, batch.facts
              FROM (%(batch)s) AS batch
              JOIN res_partner AS partner ON partner.id = batch.partner_id
              JOIN %(own)s
       ON CONFLICT (partner_id, ladder_id) DO UPDATE
               SET company_id = EXCLUDED.company_id, step_id = EXCLUDED.step_id,
                   level = EXCLUDED.level, facts = EXCLUDED.facts,
                   since = CASE WHEN standing.step_id IS DISTINCT FROM EXCLUDED.step_id
                                THEN EXCLUDED.since ELSE standing.since END
             WHERE (standing.step_id, standing.level, standing.company_id,
                   standing.facts) IS DISTINCT FROM (EXCLUDED.step_id, EXCLUDED.level,
                   EXCLUDED.company_id, EXCLUDED.facts)
         RETURNING standing.partner_id AS id, standing.company_id
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("partner"),
            own=self.env["res.partner"]._get_company_of_sql("own", "partner"),
            ladder=self.id,
            level=self._get_level_sql(SQL("batch.new")),
            batch=batch,
        )

    def _get_level_sql(self, reached):
        """Return the SQL of how high the step ``reached`` is, 0 for none."""
        steps = self.step_ids.sorted()
        if not steps:
            return SQL("0")
        return SQL(
            "CASE %s %s ELSE 0 END",
            reached,
            SQL(" ").join(
                SQL("WHEN %s THEN %s", step.id, level)
                for level, step in enumerate(steps, 1)
            ),
        )

    def _get_logged_sql(self):
        return SQL("batch.new IS DISTINCT FROM batch.old")

    def _decisions_applied(self, partner_ids):
        self.env[self._ledger].invalidate_model()
        self.env["crm.account.standing"].invalidate_model()

    def _drop_others(self, partner_ids=None):
        """Take from the ladder who is not judged by it any more; the ledger says so."""
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND standing.partner_id = ANY(%s)", list(partner_ids))
        self.env["crm.account.standing"].flush_model()
        # Not "NOT IN": beyond what fits into memory PostgreSQL would go through the
        # whole list for each customer.
        self.env.cr.execute(
            SQL(
                """
                WITH judged AS (%(judged)s),
                     gone AS (
                     DELETE FROM crm_account_standing AS standing
                      WHERE standing.ladder_id = %(ladder)s %(only)s
                        AND NOT EXISTS (
                            SELECT FROM judged
                             WHERE judged.partner_id = standing.partner_id)
                  RETURNING partner_id, company_id, step_id)
                INSERT INTO crm_account_standing_change (partner_id, company_id,
                       ladder_id, old_step_id, facts, decided_at, create_uid,
                       create_date)
                SELECT partner_id, company_id, %(ladder)s, step_id,
                       jsonb_build_object('code', 'account_ladder_left',
                           'ladder', %(ladder)s), %(now)s, %(uid)s, %(now)s
                  FROM gone
                 WHERE step_id IS NOT NULL
                """,
                ladder=self.id,
                only=only,
                judged=self._get_judged_sql(partner_ids),
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        self.env["crm.account.standing"].invalidate_model()
        self.env[self._ledger].invalidate_model()

    def _get_value_models(self):
        step = "crm.account.ladder.step"
        return {"old": step, "new": step}

    def _count_judged(self):
        judged = self.with_context(crm_ladder_preview=True)._get_judged_sql()
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) AS judged", judged)
        )
        return count

    @api.model
    def _judge_all(self, partner_ids=None, commit=False):
        """Judge by all ladders that are used, and forget those that are not any more;
        with ``commit`` for jobs only."""
        # Superuser: the machine decides, whoever asks for it.
        standings = self.env["crm.account.standing"].sudo()
        left = standings._read_group([], ["ladder_id"]) if partner_ids is None else []
        used = self._get_used()
        for ladder in used:
            ladder._judge(partner_ids, commit=commit)
        for (ladder,) in left:
            if ladder not in used:
                ladder._drop_others()
