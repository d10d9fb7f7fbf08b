from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.arguments import Answers, Given, Text
from ....tools.retries import retry


class CrmAccountTeamMember(models.Model):
    """Changed and ended: by hand, by its time, by what happens to people and
    customers."""

    _inherit = "crm.account.team.member"

    def end(self, reason: Text = "") -> Answers:
        """End these roles now; the colleague himself may, and who may appoint.

        :param reason: why; kept
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (over already, or no reason)
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(("open",), lambda known: known._get_no_enders())
        taken._finish("ended", reason.strip())
        return self._answer_each(refusals, self.env._("The role is ended."))

    def change_end(self, until: Given = None) -> Answers:
        """Give these roles another last day; who may appoint may, nobody for himself
        alone.

        :param until: the last day (date or ISO text); empty: without end
        :return: as ``end``; blocked also for a day that has passed or comes before the
            first one, or where somebody else follows in the role
        """
        until = self.env["res.partner"]._read_last_day(until)
        refusals, taken = self._take(("open",), lambda known: known._get_no_changers())
        for member in taken:
            if word := member._get_end_refusal(until):
                refusals[member.id] = ("blocked", word)
        taken = taken.filtered(lambda member: member.id not in refusals)
        taken.write({"until": until})
        taken.partner_id._apply_team_access()
        taken._trigger_next()
        return self._answer_each(refusals, self.env._("The last day is changed."))

    def _get_end_refusal(self, until):
        """Return why the role cannot end on this day, or None."""
        partner = self.partner_id
        return partner._get_days_refusal(self.since, until) or (
            partner._get_team_overlap(
                self.user_id, self.is_manager, self.since, until, self
            )
        )

    def action_end(self):
        """Ask for the reason, then end."""
        action = self.env["crm.refusal.wizard"]._open_for(self)
        return action | {"name": self.env._("End the Role")}

    def _refuse_where_seen(self, reason):
        """Called by the wizard that asks for the reason."""
        return self._show_answers(self.end(reason))

    def action_change_end(self):
        """Open the dialog that asks for another last day."""
        self.ensure_one()
        return self.partner_id._open_team_wizard(
            self.env._("Change the Last Day"), default_member_id=self.id
        )

    def _get_no_enders(self):
        word = self.env._(
            "Only the colleague, the salesperson of the customer, the leader of the "
            "team, a Sales Administrator or a relations manager ends a role."
        )
        allowed = self.partner_id._filter_may_appoint()
        return {
            member.id: word
            for member in self
            if member.partner_id not in allowed and member.user_id != self.env.user
        }

    def _get_no_changers(self):
        word = self.env["res.partner"]._get_no_appointer_word()
        allowed = self.partner_id._filter_may_appoint()
        return {member.id: word for member in self if member.partner_id not in allowed}

    def _finish(self, ending, reason=False):
        """End these, and the access that came with them; as superuser."""
        if not self:
            return
        self.write(
            {
                "state": "ended",
                "ending": ending,
                "ending_reason": reason,
                "ended_at": fields.Datetime.now(),
                "ended_by_id": self.env.uid,
            }
        )
        self.partner_id._apply_team_access()

    @api.model
    def _finish_of(self, domain, ending):
        """End all that are open and meet this domain."""
        # Superuser: also those that the caller does not see.
        self.sudo().search([("state", "=", "open"), *domain])._finish(ending)

    @api.model
    def _cron_end_members(self):
        """End what is past its last day by the day of the customer's company, and what
        colleagues have who left; let in those whose first day has come."""
        self._end_all_due()
        retry(self.env, self.env["res.partner"]._apply_all_team_access)
        self._trigger_next()

    @api.model
    def _trigger_next(self):
        """Have the job started when the next access to change begins or ends: a share
        does not ask the clock, as the rules of who reads do."""
        self.flush_model()
        [(moment,)] = self.env.execute_query(
            SQL(
                """
                SELECT LEAST(
                  (SELECT min(starts_at) FROM crm_account_team_member
                    WHERE state = 'open' AND access = 'write' AND starts_at > %(now)s),
                  (SELECT min(ends_at) FROM crm_account_team_member
                    WHERE state = 'open' AND access = 'write' AND ends_at > %(now)s))
                """,
                now=fields.Datetime.now(),
            )
        )
        if moment:
            # Superuser: whoever appoints has the access begin and end.
            job = self.env.ref("crm_relations.ir_cron_account_teams").sudo()
            triggers = self.env["ir.cron.trigger"].sudo()
            if not triggers.search_count(
                [("cron_id", "=", job.id), ("call_at", "=", moment)], limit=1
            ):
                job._trigger(at=moment)

    def _grants_expired(self):
        result = super()._grants_expired()
        self.partner_id._apply_team_access()
        return result

    @api.model
    def _get_due_grants_sql(self):
        return SQL(
            """
            crm_account_team_member AS granted
              JOIN res_users AS holder ON holder.id = granted.user_id
             WHERE granted.state = 'open'
               AND (granted.ends_at <= %s OR NOT holder.active)
            """,
            fields.Datetime.now(),
        )

    @api.model
    def _get_expired_sql(self):
        return SQL(
            """
            state = 'ended',
            ending = CASE WHEN (SELECT holder.active FROM res_users AS holder
                                 WHERE holder.id = granted.user_id)
                     THEN 'expired' ELSE 'left' END
            """
        )
