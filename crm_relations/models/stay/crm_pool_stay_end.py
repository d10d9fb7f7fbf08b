from odoo import api, fields, models
from odoo.tools import SQL


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
        # Superuser: states are written by nobody; who may was decided above.
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
    def _cron_end_stays(self):
        """End what is past its day by the day of the customer's company, and requests
        that nobody has answered until theirs."""
        self._end_all_due()

    @api.model
    def _end_expired(self, user_ids, partner_ids):
        """End what is past its day of these salespeople, or of these customers."""
        whose = SQL(
            "(granted.user_id = ANY(%s) OR granted.partner_id = ANY(%s))",
            *(list(user_ids), list(partner_ids)),
        )
        return self._end_due(limit=None, only=whose)

    @api.model
    def _get_due_grants_sql(self):
        companies = self.env["res.company"]._get_all_for_relations()
        default = companies._get_relations_default()
        company = SQL("COALESCE(granted.company_id, %s)", default.id)
        return SQL(
            """
            crm_pool_stay AS granted
             WHERE granted.state IN ('requested', 'approved')
               AND granted.until <= %(latest)s
               AND granted.until <= %(today)s
            """,
            # A bound that the index can answer.
            latest=max(company._get_relations_today() for company in companies),
            today=self.env["res.partner"]._get_today_of_sql(company),
        )

    @api.model
    def _get_expired_sql(self):
        return SQL(
            """
            state = 'ended', hold_until = NULL,
            ending = CASE granted.state WHEN 'requested' THEN 'unanswered'
                     ELSE 'expired' END
            """
        )

    def _grants_expired(self):
        self.invalidate_model()
        self.partner_id._stays_changed()
        self.filtered(lambda stay: stay.ending == "unanswered")._tell_unanswered()
