from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.retries import retry


class CrmPoolStay(models.Model):
    """End stays: by hand, and when their day has come."""

    _inherit = "crm.pool.stay"

    def end(self):
        """End these stays now, or take requests back.

        The salesperson, who asked, and whoever may decide may.

        :return: as ``approve``; blocked: it is over already
        """
        refusals = self._get_stay_refusals("_may_end", ("requested", "approved"))
        allowed = self.browse(number for number in self.ids if number not in refusals)
        ended = allowed.sudo()._change_state(
            ("requested", "approved"),
            SQL(
                "state = 'ended', ending = 'ended', ended_at = %s",
                fields.Datetime.now(),
            ),
        )
        return self._get_stay_answers(refusals, ended, self.env._("Ended."))

    def _may_end(self):
        """Return those that the caller may end."""
        own = self._filtered_access("read").filtered(
            lambda stay: self.env.user in (stay.user_id | stay.requested_by_id)
        )
        return own | self._may_decide()

    def action_end(self):
        return self._tell_result(self.end())

    @api.model
    def _cron_end_stays(self, limit=BATCH):
        """End what is past its day, in batches, each a transaction."""
        commit = self.env["ir.cron"]._commit_progress
        while ended := retry(self.env, lambda: self._end_expired(limit=limit)):
            if not commit(ended):
                break

    @api.model
    def _end_expired(self, user_ids=None, partner_ids=None, limit=None):
        """End what is past its day by the day of the customer's company.

        :param user_ids: only of these salespeople, or of the customers
            ``partner_ids``; None: all
        :return: how many; one statement
        """
        self.env.flush_all()
        companies = self.env["res.company"]._get_all_for_relations()
        rows = self.env.execute_query(
            SQL(
                """
                WITH due AS MATERIALIZED (
                     SELECT stay.id
                       FROM crm_pool_stay AS stay
                      WHERE stay.state = 'approved' AND stay.until <= %(latest)s
                        AND stay.until <= CASE COALESCE(stay.company_id, %(own)s)
                                          %(local_day)s END
                        AND %(whose)s
                   ORDER BY stay.until, stay.id
                      LIMIT %(limit)s
                        FOR NO KEY UPDATE SKIP LOCKED)
                UPDATE crm_pool_stay AS stay
                   SET state = 'ended', ending = 'expired', ended_at = %(now)s,
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM due
                 WHERE stay.id = due.id
             RETURNING stay.partner_id
                """,
                latest=max(company._get_relations_today() for company in companies),
                own=self.env["res.company"]._get_relations_default().id,
                local_day=self._get_local_days_sql(companies),
                whose=SQL("TRUE")
                if user_ids is None
                else SQL(
                    "(stay.user_id = ANY(%s) OR stay.partner_id = ANY(%s))",
                    *(list(user_ids), list(partner_ids or ())),
                ),
                limit=limit,
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        self.invalidate_model()
        self.env["res.partner"].browse({row[0] for row in rows})._stays_changed()
        return len(rows)

    @api.model
    def _get_local_days_sql(self, companies):
        """Return the branches of a CASE: company, its day today."""
        return SQL(" ").join(
            SQL("WHEN %s THEN %s::date", company.id, company._get_relations_today())
            for company in companies
        )
