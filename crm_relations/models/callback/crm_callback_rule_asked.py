from odoo import fields, models
from odoo.tools import SQL

from ...tools.batches import BATCH


class CrmCallbackRule(models.Model):
    """Callbacks that somebody asks for, by a rule: whom it means and whom it leaves in
    peace holds, only the occasion is another one."""

    _inherit = "crm.callback.rule"

    def _plan_for(self, partners):
        """Plan a callback of these customers from now on, one a day at most.

        Whoever makes callbacks by hand may for all; of a customer its salesperson and
        the leader of the team may besides: the rule, which they do not write, says what
        is asked, when and by whom. A fixed number of statements.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (the message says by what)
        """
        self.ensure_one()
        visible = partners.exists()._filtered_access("read")
        if not self.env["crm.callback"].has_access("create"):
            visible = visible._filter_givable()
        # Superuser: who is called is a matter of the rule, callbacks are its own.
        rule = self.sudo()
        obstacles = rule._get_obstacles(visible.ids)
        free = [number for number, code in obstacles.items() if not code]
        if free:
            rule._run_asked(free)
        known = set(partners.exists().ids)
        return [
            self._get_plan_answer(number, number in known, obstacles)
            for number in partners.ids
        ]

    def _get_plan_answer(self, number, is_known, obstacles):
        if not is_known:
            code, message = "missing", self.env._("It does not exist any more.")
        elif number not in obstacles:
            message = self.env._(
                "Only its salesperson, the leader of the team or a relations manager "
                "plans a callback of it."
            )
            code = "no_right"
        elif obstacle := obstacles[number]:
            code, message = "blocked", self._get_obstacle_words()[obstacle]
        else:
            code, message = "ok", self.env._("It is called back.")
        return {"id": number, "ok": code == "ok", "code": code, "message": message}

    def _get_obstacle_words(self):
        return {
            "unmanaged": self.env._("It is archived, or no managed customer."),
            "audience": self.env._("The rule does not mean this customer."),
            "refused": self.env._("It refuses calls."),
            "paused": self.env._("It is left alone while something serious is open."),
            "known": self.env._("It is being called back today already."),
            "rested": self.env._(
                "It is left in peace: another callback is not long ago, or planned."
            ),
        }

    def _get_obstacles(self, partner_ids):
        """Return ``{customer id: code of what stands against a call, or None}``; one
        statement."""
        if not partner_ids:
            return {}
        self.env.flush_all()
        return dict(self.env.execute_query(self._get_obstacles_sql(partner_ids)))

    def _get_obstacles_sql(self, partner_ids):
        partners = self.env["res.partner"]
        return SQL(
            """
            SELECT customer.id,
                   CASE WHEN NOT (customer.active AND customer.is_managed_customer)
                        THEN 'unmanaged'
                        WHEN customer.id NOT IN (%(audience)s) THEN 'audience'
                        WHEN %(refused)s THEN 'refused'
                        WHEN customer.id IN (%(paused)s) THEN 'paused'
                        WHEN EXISTS (SELECT FROM crm_callback AS known
                                      WHERE known.rule_id = %(rule)s
                                        AND known.partner_id = customer.id
                                        AND known.occasion = occasion.occasion)
                        THEN 'known'
                        WHEN NOT (%(rested)s) THEN 'rested' END
              FROM res_partner AS customer
              JOIN (%(asked)s) AS occasion ON occasion.customer_id = customer.id
            """,
            audience=self._get_audience_sql(),
            refused=partners._get_opt_out_sql("callback", "customer"),
            paused=self._get_paused_sql(),
            rule=self.id,
            rested=self._get_rested_sql(),
            asked=self._get_asked_sql(partner_ids),
        )

    def _get_asked_sql(self, partner_ids):
        """Return the occasion of being asked for, shaped as the others."""
        company = self.company_id or self.env["res.company"]._get_relations_default()
        return SQL(
            """
            SELECT asked.id AS customer_id, NULL::int AS person_id,
                   %(occasion)s AS occasion, %(now)s::timestamp AS at,
                   %(user)s::int AS source
              FROM unnest(%(ids)s::int[]) AS asked (id)
            """,
            occasion=f"asked-{company._get_relations_today()}",
            now=fields.Datetime.now(),
            user=self.env.uid,
            ids=list(partner_ids),
        )

    def _run_asked(self, partner_ids):
        """Insert the callbacks of these customers, as the job does."""
        count = self._queue(
            SQL(
                """
                SELECT %s
                  FROM (%s) AS occasion
                  JOIN res_partner AS customer ON customer.id = occasion.customer_id
                """,
                self._get_callback_columns_sql("asked"),
                self._get_asked_sql(partner_ids),
            )
        )
        return sum(self._apply_queued(first) for first in range(0, count, BATCH))
