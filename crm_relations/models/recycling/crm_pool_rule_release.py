from time import monotonic

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.retries import retry
from .crm_pool_rule_changed import OUTDATED_PARAMETER
from .res_partner_blocker import CHECK_AGAIN

REFRESHED_PARAMETER = "crm_relations.release_dates_refreshed_at"


class CrmPoolRule(models.Model):
    """The nightly release: one statement a batch, each batch a transaction.

    A batch takes its customers by the stored release date, skipping rows that
    somebody is changing at this moment. Killed anywhere, the next run goes on with
    those still due; a released one is not due any more.
    """

    _inherit = "crm.pool.rule"

    @api.model
    def _cron_release(self, limit=BATCH):
        """Decide the release dates of this day, if that has not been done since it
        began or a rule was changed, then release who is due."""
        started, since = monotonic(), fields.Datetime.now()
        if self._are_dates_fresh():
            self.env["crm.pool.wave"]._plan()
        else:
            self.env["res.partner"]._cron_refresh_release_dates()
        commit = self.env["ir.cron"]._commit_progress
        remaining = self._count_due()
        commit(0, remaining=remaining)
        while remaining > 0:
            released = retry(self.env, lambda: self._release_due(limit))
            remaining = max(remaining - released, 0) if released else 0
            if not commit(released, remaining=remaining):
                break
        retry(self.env, lambda: self._note_releases(since, monotonic() - started))
        commit(0)

    @api.model
    def _note_releases(self, since, seconds):
        """Keep what each rule has released since then."""
        released = dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT rule_id, count(*)
                      FROM crm_ownership_change
                     WHERE kind = 'release' AND decided_at >= %s
                  GROUP BY rule_id
                    """,
                    since,
                )
            )
        )
        self._get_in_force()._get_started()._rules_ran(released, seconds)

    @api.model
    def _are_dates_fresh(self):
        """The runner calls a job again and again until nothing remains: each time the
        dates of a million customers would take longer than the releases."""
        # Superuser: parameters are read by administrators only.
        value = self.env["ir.config_parameter"].sudo().get_param(REFRESHED_PARAMETER)
        refreshed = fields.Datetime.to_datetime(value or False)
        if not refreshed:
            return False
        today = max(
            company._get_relations_day_start(company._get_relations_today())
            for company in self.env["res.company"]._get_all_for_relations()
        )
        rules = self.sudo().with_context(active_test=False)
        changed = rules.search([], order="write_date desc", limit=1).write_date
        outdated = self.env["ir.config_parameter"].sudo().get_param(OUTDATED_PARAMETER)
        outdated = fields.Datetime.to_datetime(outdated or False)
        return refreshed >= today and all(
            refreshed > moment for moment in (changed, outdated) if moment
        )

    @api.model
    def _set_dates_refreshed_at(self, moment):
        # Superuser: as above.
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(REFRESHED_PARAMETER, fields.Datetime.to_string(moment))
        self.env.flush_all()

    @api.model
    def _count_due(self):
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) AS due", self._get_due_sql())
        )
        return count

    @api.model
    def _release_due(self, limit=BATCH):
        """Release at most ``limit`` due customers into the pool of their rule, and mark
        those among them who are blocked.

        :return: how many of both; 0 when nothing is due, or all due ones are locked
        """
        room = self._get_room_sql()
        [(any_due,)] = self.env.execute_query(
            SQL("SELECT EXISTS (%s LIMIT 1)", self._get_due_sql(room))
        )
        if not any_due:
            return 0
        partners = self.env["res.partner"]
        due = SQL("%s LIMIT %s", self._get_due_sql(room), limit)
        blocked = 0
        if partners._get_blocked_sql(due):
            free, blocked = partners._mark_blocked(due)
            due = self._get_due_sql(SQL("AND partner.id = ANY(%s)", free))
        # Superuser: batches are written by nobody.
        batch = self.env["crm.pool.batch"].sudo()._get_of_today("release")
        released = partners._release_customers(due, batch, noted=["rule_id"])
        return len(released) + blocked

    @api.model
    def _get_due_sql(self, only=None):
        """Return a SELECT of the customers due by the local day of their company, but
        for those found blocked just before.

        On the table of customers alone, so that a batch reads as many entries of the
        index as it releases.
        """
        partners = self.env["res.partner"]
        companies = self.env["res.company"]._get_all_for_relations()
        rules = self._get_in_force().filtered("pool_id.active")
        pools = SQL(" ").join(
            SQL("WHEN %s THEN %s", rule.id, rule.pool_id.id) for rule in rules
        )
        return SQL(
            """
            SELECT partner.id, partner.user_id, partner.pool_rule_id AS rule_id,
                   CASE partner.pool_rule_id %(pools)s END AS pool_id,
                   %(own_company)s AS company_id,
                   partner.pool_release_date AS release_date, %(today)s AS today,
                   partner.pool_release_facts || jsonb_build_object(
                       'code', 'pool_released',
                       'clock', partner.pool_release_facts -> 'code') AS facts
              FROM res_partner AS partner
             WHERE partner.pool_release_date <= %(latest)s
               AND partner.pool_release_date <= %(today)s
               AND partner.pool_rule_id IN %(rules)s
               AND partner.user_id IS NOT NULL
               AND partner.is_managed_customer AND partner.active AND %(owned)s
               AND (partner.pool_blocked_at IS NULL
                    OR partner.pool_blocked_at < %(now)s - %(again)s::interval) %(only)s
          ORDER BY partner.pool_release_date, partner.id
            """,
            own_company=partners._get_own_company_sql("partner"),
            # A bound that the index can answer.
            latest=max(company._get_relations_today() for company in companies),
            today=partners._get_relations_today_sql("partner"),
            owned=partners._get_owned_sql("partner"),
            now=fields.Datetime.now(),
            again=CHECK_AGAIN,
            only=only or SQL(),
            rules=tuple(rules.ids) or (0,),
            pools=pools or SQL("WHEN 0 THEN 0"),
        )
