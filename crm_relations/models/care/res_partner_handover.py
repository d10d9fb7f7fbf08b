from odoo import api, models
from odoo.tools import SQL

OPEN_TASK = SQL("item.state IN ('planned', 'open')")


class ResPartner(models.Model):
    """Care moves along with a customer that is handed over."""

    _inherit = "res.partner"

    def _owner_changed(self, kind):
        """What is still to come is done by whoever is in charge by then; a handover
        says itself whether the work of the former owner goes along."""
        result = super()._owner_changed(kind)
        if self and kind != "create":
            self._give_planned_care(from_former=kind != "transfer")
        return result

    def _give_planned_care(self, from_former):
        """Give the planned care that goes by the salesperson to the one of now: care
        of nobody, and with ``from_former`` that of the salesperson before."""
        tasks = self.env["crm.care.task"]
        tasks.flush_model()
        self.env["crm.ownership.change"].flush_model()
        self.flush_model(["user_id"])
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_care_task AS task
                   SET user_id = COALESCE(customer.user_id, rule.user_id)
                  FROM res_partner AS customer, crm_care_rule AS rule
                 WHERE customer.id = ANY(%(customers)s)
                   AND task.partner_id = customer.id AND rule.id = task.rule_id
                   AND rule.executor = 'owner' AND %(undispatched)s
                   AND task.user_id IS DISTINCT FROM
                       COALESCE(customer.user_id, rule.user_id)
                   AND (task.user_id IS NULL
                        OR %(from_former)s AND task.user_id = (
                           SELECT change.from_user_id
                             FROM crm_ownership_change AS change
                            WHERE change.partner_id = customer.id
                         ORDER BY change.id DESC LIMIT 1))
             RETURNING task.id
                """,
                customers=self.ids,
                undispatched=tasks._get_undispatched_sql("task"),
                from_former=from_former,
            )
        )
        if rows:
            tasks.invalidate_model(["user_id"])
            # Superuser: whoever changes the owner starts the work that waited for one.
            tasks.sudo().browse(number for (number,) in rows)._wake_up()

    @api.model
    def _get_handover_items(self):
        return [
            *super()._get_handover_items(),
            {
                "kind": "care",
                "choice": "take_activities",
                "label": self.env._("Care"),
                "model": "crm.care.task",
                "open": OPEN_TASK,
                "team": False,
                "rows": self._get_care_sql(),
            },
        ]

    @api.model
    def _get_care_sql(self):
        """Tasks without an activity yet; with one they follow it."""
        return SQL(
            """
            SELECT customer.id AS customer_id, item.id AS res_id,
                   COALESCE(rule.name ->> %(lang)s, rule.name ->> 'en_US') AS name,
                   item.occasion_date::text AS detail, item.user_id AS from_user_id,
                   item.company_id, NULL::int AS team_id
              FROM customer
              JOIN crm_care_task AS item ON item.partner_id = customer.id
              JOIN crm_care_rule AS rule ON rule.id = item.rule_id
             WHERE item.user_id = customer.owner_id AND %(open)s
               AND item.activity_id IS NULL
            """,
            lang=self.env.lang or "en_US",
            open=OPEN_TASK,
        )

    @api.model
    def _items_given(self, model, ids):
        """The care that an activity stands for follows it."""
        result = super()._items_given(model, ids)
        if model == "mail.activity" and ids:
            self.env.execute_query(
                SQL(
                    """
                    UPDATE crm_care_task AS task SET user_id = activity.user_id
                      FROM mail_activity AS activity
                     WHERE activity.id = ANY(%s) AND task.activity_id = activity.id
                       AND task.state IN ('planned', 'open')
                 RETURNING task.id
                    """,
                    ids,
                )
            )
        return result

    @api.model
    def _items_closed(self, model, ids):
        """Care whose activity is closed is not given any more."""
        result = super()._items_closed(model, ids)
        if model == "mail.activity":
            self._set_care_states(ids, "open", "dropped")
        return result

    @api.model
    def _items_reopened(self, model, ids):
        result = super()._items_reopened(model, ids)
        if model == "mail.activity":
            self._set_care_states(ids, "dropped", "open")
        return result

    @api.model
    def _set_care_states(self, activity_ids, before, after):
        self.env["crm.care.task"].flush_model()
        self.env.execute_query(
            SQL(
                "UPDATE crm_care_task SET state = %s WHERE activity_id = ANY(%s)"
                " AND state = %s RETURNING id",
                after,
                activity_ids,
                before,
            )
        )
        self.env["crm.care.task"].invalidate_model()
