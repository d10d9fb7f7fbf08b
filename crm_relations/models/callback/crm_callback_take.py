from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

AGENTS = "crm_relations.group_callback_agent"


class CrmCallback(models.Model):
    """Who has the call: two agents never get the same one.

    Opening a call reserves it for some minutes, which the screen extends while it is
    open. Rows that somebody else is just taking are skipped, none is waited for.
    """

    _inherit = "crm.callback"

    reserved_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Open With",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who has this call on the screen.",
    )
    reserved_until = fields.Datetime(readonly=True, copy=False)

    @api.model
    def take_next(self):
        """Reserve the most urgent call for the caller; return its id, False for none.

        A call that the caller has open already comes first.

        :raise AccessError: the caller is no callback agent
        """
        self._check_is_agent()
        due = SQL("call.next_at <= %s", fields.Datetime.now())
        due = SQL("%s AND %s", due, self._get_hours_sql())
        # One after the other, so that each follows the index to its first row however
        # long the list is.
        for condition in (
            SQL("call.reserved_by_id = %s", self.env.uid),
            SQL("call.agent_id = %s AND %s", self.env.uid, due),
            SQL("call.agent_id IS NULL AND %s", due),
        ):
            taken = self._take(condition)
            if taken:
                return taken
        return False

    def take(self):
        """Reserve this call for the caller, also before it is due.

        :return: its id; False when somebody else has it, or it has ended
        """
        self.ensure_one()
        self._check_is_agent()
        taken = self._take(SQL("call.id = %s", self.id))
        if taken:
            # Superuser: as in give_back. One call at a time.
            mine = self.sudo().search([("reserved_by_id", "=", self.env.uid)])
            (mine - self.sudo())._free()
        return taken

    def action_call(self):
        """Open this call on the agent's screen, reserved for the caller."""
        if not self.take():
            raise UserError(
                self.env._(
                    "This call cannot be made now: somebody else has it, it has ended, "
                    "or no number may be dialled."
                )
            )
        return self._get_desk_action()

    def action_open_call(self):
        """Open this call where the caller can do most with it: an agent who gets it
        makes it, everybody else reads it."""
        self.ensure_one()
        if self._is_agent() and self.take():
            return self._get_desk_action()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
        }

    def _get_desk_action(self):
        # What is reserved for somebody is what the screen begins with.
        return self.env["ir.actions.client"]._for_xml_id(
            "crm_relations.crm_callback_desk_action"
        )

    def keep(self):
        """Extend the reservation; return whether the call is still the caller's."""
        self.ensure_one()
        self._check_is_agent()
        rows = self._reserve(
            SQL("SELECT %s::int AS id", self.id),
            SQL("call.reserved_by_id = %s AND call.state = 'open'", self.env.uid),
        )
        return bool(rows)

    def give_back(self):
        """Put a call that is not made now back to the list."""
        self.ensure_one()
        self._check_is_agent()
        # Superuser: the agent gives up what is reserved for him, nothing else.
        self.sudo().filtered(lambda call: call.reserved_by_id == self.env.user)._free()

    def _free(self):
        self.write({"reserved_by_id": False, "reserved_until": False})

    @api.model
    def _is_agent(self):
        return self.env.user.has_group(AGENTS)

    @api.model
    def _check_is_agent(self):
        if not self._is_agent():
            raise AccessError(self.env._("Only callback agents make these calls."))

    @api.model
    def _take(self, condition):
        self.env.flush_all()
        candidates = SQL(
            """
            SELECT call.id
              FROM crm_callback AS call
              %(joins)s
             WHERE %(condition)s AND %(mine)s AND %(callable)s
          ORDER BY call.priority DESC, call.deadline_at, call.id
             LIMIT 1
               FOR NO KEY UPDATE OF call SKIP LOCKED
            """,
            joins=self._get_hours_joins_sql(),
            condition=condition,
            mine=self._get_mine_sql(),
            callable=self._get_callable_sql("call"),
        )
        rows = self._reserve(candidates, SQL("TRUE"))
        return rows[0][0] if rows else False

    @api.model
    def _reserve(self, candidates, condition):
        now = fields.Datetime.now()
        # Superuser: a setting, not looked up with the rights of an agent.
        minutes = self.env.company.sudo().callback_reservation_minutes or 15
        rows = self.env.execute_query(
            SQL(
                """
                WITH chosen AS MATERIALIZED (%(candidates)s)
                UPDATE crm_callback AS call
                   SET reserved_by_id = %(uid)s, reserved_until = %(until)s
                  FROM chosen
                 WHERE call.id = chosen.id AND %(condition)s
             RETURNING call.id
                """,
                candidates=candidates,
                condition=condition,
                uid=self.env.uid,
                until=now + timedelta(minutes=minutes),
            )
        )
        self.invalidate_model(["reserved_by_id", "reserved_until"])
        return rows

    @api.model
    def _get_mine_sql(self):
        """Return the condition that the caller may have the call ``call`` now."""
        return SQL(
            """
            call.state = 'open'
            AND (call.reserved_by_id IS NULL OR call.reserved_by_id = %(uid)s
                 OR call.reserved_until < %(now)s)
            AND (call.company_id IS NULL OR call.company_id = ANY(%(companies)s))
            AND (call.agent_id = %(uid)s
                 OR call.agent_id IS NULL AND (
                    NOT EXISTS (SELECT FROM crm_callback_rule_agent_rel AS chosen
                                 WHERE chosen.crm_callback_rule_id = call.rule_id)
                    OR EXISTS (SELECT FROM crm_callback_rule_agent_rel AS chosen
                                WHERE chosen.crm_callback_rule_id = call.rule_id
                                  AND chosen.res_users_id = %(uid)s)))
            """,
            uid=self.env.uid,
            now=fields.Datetime.now(),
            companies=self.env.companies._get_open().ids,
        )

    @api.model
    def _get_hours_joins_sql(self):
        """Return the joins that ``_get_hours_sql`` needs: the rule, the company that
        calls, and what time it is at the customer's."""
        default = self.env["res.company"]._get_relations_default()
        # Superuser: agents do not read the settings of companies.
        companies = (self.env.companies._get_open() | default).sudo()
        return SQL(
            """
         LEFT JOIN crm_callback_rule AS rule ON rule.id = call.rule_id
              JOIN res_partner AS host
                ON host.id = COALESCE(call.person_id, call.partner_id)
         LEFT JOIN (VALUES %(companies)s) AS own (id, tz, quiet_from, quiet_until)
                ON own.id = COALESCE(call.company_id, %(default)s)
         LEFT JOIN (VALUES %(zones)s) AS local (tz, hour)
                ON local.tz = COALESCE(host.tz, own.tz)
            """,
            companies=SQL(", ").join(
                SQL(
                    "(%s, %s, %s::float8, %s::float8)",
                    *(company.id, company._get_relations_tz()),
                    *(company.care_quiet_from, company.care_quiet_until),
                )
                for company in companies
            ),
            default=default.id,
            zones=SQL(", ").join(
                SQL("(%s, %s::float8)", *zone) for zone in self._get_local_hours()
            ),
        )

    @api.model
    def _get_hours_sql(self):
        """Return the condition that it is neither too early nor too late to call: by
        the rule, for care by the quiet hours of the company."""
        return SQL(
            """
            (local.hour IS NULL
             OR call.rule_id IS NULL AND (call.source <> 'care' OR NOT CASE
                WHEN own.quiet_from < own.quiet_until
                THEN local.hour >= own.quiet_from AND local.hour < own.quiet_until
                WHEN own.quiet_from > own.quiet_until
                THEN local.hour >= own.quiet_from OR local.hour < own.quiet_until
                ELSE FALSE END)
             OR local.hour >= rule.call_from AND local.hour < rule.call_until)
            """
        )

    @api.model
    def _get_local_hours(self):
        """Return ``[(time zone, hour there now)]``. Python knows names of zones that
        the database may not know, and one bad name must not stop all calls."""
        now = pytz.utc.localize(fields.Datetime.now())
        hours = []
        for name in pytz.all_timezones:
            local = now.astimezone(pytz.timezone(name))
            hours.append((name, local.hour + local.minute / 60))
        return hours

    @api.model
    def _return_to_list(self):
        """Give calls of agents who have left us, the group, or the customer's company
        back to the common list; return how many."""
        self.flush_model()
        group = self.env.ref(AGENTS)
        # Superuser: who is in the group decides, not who may read it.
        agents = group.sudo().all_user_ids.filtered("active")
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_callback AS call
                   SET agent_id = NULL, reserved_by_id = NULL, reserved_until = NULL
                 WHERE call.state = 'open'
                   AND (call.agent_id IS NOT NULL
                        AND (call.agent_id <> ALL(%(agents)s)
                             OR call.company_id IS NOT NULL AND NOT %(is_open)s)
                        OR call.reserved_by_id IS NOT NULL
                        AND call.reserved_by_id <> ALL(%(agents)s))
             RETURNING call.id
                """,
                agents=agents.ids,
                is_open=self.env["res.users"]._get_open_company_sql(
                    SQL("call.agent_id"), SQL("call.company_id")
                ),
            )
        )
        self.invalidate_model()
        return len(rows)
