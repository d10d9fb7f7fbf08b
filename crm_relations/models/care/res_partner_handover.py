from odoo import api, models
from odoo.tools import SQL

OPEN_TASK = SQL("item.state = 'planned'")


class ResPartner(models.Model):
    """Care moves along with a customer that is handed over."""

    _inherit = "res.partner"

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
                       AND task.state = 'planned'
                 RETURNING task.id
                    """,
                    ids,
                )
            )
        return result
