import logging

from psycopg2 import DataError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.retries import retry
from ...tools.sharing_out import share_out

_logger = logging.getLogger(__name__)

COLUMNS = [
    *["rule_id", "partner_id", "person_id", "company_id", "occasion", "occurred_at"],
    *["due_at", "deadline_at", "next_at", "agent_id", "priority", "facts"],
]


class CrmCallbackRule(models.Model):
    """Make the callbacks of a rule.

    A callback is unique by rule, customer and occasion: a killed run goes on where it
    stopped, and two at once make each callback once.
    """

    _inherit = "crm.callback.rule"

    @api.model
    def _cron_create_callbacks(self):
        """Clear up the list, then make the callbacks of all started rules."""
        commit = self.env["ir.cron"]._commit_progress
        calls = self.env["crm.callback"]
        commit(retry(self.env, calls._return_to_list), remaining=0)
        for rule in self._get_in_force()._get_started():
            try:
                if rule.trigger == "visit":
                    commit(retry(self.env, rule._drop_bought), remaining=0)
                rule._create_callbacks(commit=True)
            except (UserError, DataError, ValueError) as error:
                # E.g. a condition on a field that is gone: the other rules go on.
                self.env.cr.rollback()
                self.env.invalidate_all()
                _logger.warning("Rule %s makes no callbacks: %s", rule.id, error)

    def _create_callbacks(self, commit=False):
        """Insert the callbacks that are not there yet; return how many.

        :param commit: commit after each batch (jobs), else leave it to the caller
        """
        self.ensure_one()
        return self._run_queue(commit=commit)

    def _apply_queued(self, first=0):
        """Insert the callbacks of the batch; return how many were new."""
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT * FROM crm_batch_queue_rows WHERE number > %s AND "
                "number <= %s ORDER BY number",
                *(first, first + BATCH),
            )
        )
        planned = self._plan_due(rows)
        agents = self._choose_agents(rows)
        values = SQL(", ").join(
            SQL(
                "(%s, %s::int, %s::timestamp, %s::timestamp)",
                *(row["number"], agent, due_at, deadline_at),
            )
            for row, agent, (due_at, deadline_at) in zip(
                rows, agents, planned, strict=True
            )
        )
        return self._insert_planned(values) if rows else 0

    def _insert_planned(self, values):
        """Insert the rows of the queue that ``values`` names: number, agent, due and
        deadline."""
        inserted = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_callback (%(columns)s, source, state, attempt_count,
                       create_uid, create_date, write_uid, write_date)
                SELECT queued.rule_id, queued.partner_id, queued.person_id,
                       queued.company_id, queued.occasion, queued.occurred_at,
                       planned.due_at, planned.deadline_at, planned.due_at,
                       planned.agent_id, %(priority)s, queued.facts,
                       'rule', 'open', 0, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM crm_batch_queue_rows AS queued
                  JOIN (VALUES %(values)s)
                       AS planned (number, agent_id, due_at, deadline_at)
                    ON planned.number = queued.number
           ON CONFLICT DO NOTHING
             RETURNING id
                """,
                columns=SQL(", ").join(map(SQL.identifier, COLUMNS)),
                priority=self.priority,
                values=values,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        calls = self.env["crm.callback"].browse(number for (number,) in inserted)
        calls._made_by_sql()
        return len(inserted)

    def _plan_due(self, rows):
        """Return ``[(due, deadline)]`` for rows of the queue: one reading of the
        calendar a company, however many rows."""
        plans, planned = {}, []
        oldest = min((row["occurred_at"] for row in rows), default=None)
        for row in rows:
            company_id = row["relation_company_id"]
            if company_id not in plans:
                plans[company_id] = self._get_planner(company_id, oldest)
            plan, moment = plans[company_id], row["occurred_at"]
            moment = moment.replace(microsecond=0)
            planned.append(
                tuple(
                    plan(moment, h) for h in (self.due_from_hours, self.due_until_hours)
                )
            )
        return planned

    def _get_planner(self, company_id, oldest=None):
        """Return a function that adds hours to a moment, as this rule counts them."""
        # Superuser: the working time of a company is no secret.
        company = self.env["res.company"].sudo().browse(company_id)
        return company._get_hour_planner(self.in_working_time, oldest)

    def _choose_agents(self, rows):
        """Return who gets the call of each of these rows of the queue, an agent of the
        customer's company; None stands for the common list."""
        if self.assignment == "list":
            return [None] * len(rows)
        agents = self._get_agents()
        loads = self._get_loads(agents)
        places = {}
        for place, row in enumerate(rows):
            places.setdefault(row["company_id"], []).append(place)
        chosen = [None] * len(rows)
        for company_id, found in places.items():
            able = self._get_agents_of(agents, company_id)
            receivers = share_out(
                {agent.id: loads[agent.id] for agent in able}, len(found)
            )
            # Without anybody there the calls of a company wait on the common list.
            for place, agent_id in zip(found, receivers, strict=False):
                chosen[place] = agent_id
                loads[agent_id] += 1
        return chosen

    @api.model
    def _get_agents_of(self, agents, company_id):
        """Return those who see the customers of this company, of any if it is None."""
        if not company_id:
            return agents
        return agents.filtered(
            lambda agent: company_id in agent._get_open_companies().ids
        )

    @api.model
    def _get_loads(self, agents):
        """Return ``{agent id: open calls}``."""
        # Superuser: all calls of an agent weigh, in whatever company.
        calls = self.env["crm.callback"].sudo()
        return dict.fromkeys(agents.ids, 0) | {
            agent.id: load
            for agent, load in calls._read_group(
                [("agent_id", "in", agents.ids), ("state", "=", "open")],
                ["agent_id"],
                ["__count"],
            )
        }

    def _drop_bought(self):
        """Drop open calls about a visit after which an order has come; return how
        many."""
        self.ensure_one()
        self.env.flush_all()
        dropped = self.env.execute_query(
            SQL(
                """
                UPDATE crm_callback AS call
                   SET state = 'dropped', done_at = %(now)s
                 WHERE call.rule_id = %(rule)s AND call.state = 'open'
                   AND (call.reserved_until IS NULL OR call.reserved_until < %(now)s)
                   AND EXISTS (%(purchases)s)
             RETURNING call.id
                """,
                now=fields.Datetime.now(),
                rule=self.id,
                purchases=self._get_purchases_sql(
                    SQL("call.partner_id"), "call.occurred_at"
                ),
            )
        )
        self.env["crm.callback"].invalidate_model()
        return len(dropped)
