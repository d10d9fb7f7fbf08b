from odoo import api, models
from odoo.tools import SQL


class CrmCareTask(models.Model):
    """Care moves along with a customer that is handed over."""

    _name = "crm.care.task"
    _inherit = ["crm.care.task", "crm.handover.mixin"]

    _handover_kind = "care"
    _handover_choice = "take_activities"
    _handover_sequence = 40
    _handover_in_branches = True

    @api.model
    def _get_handover_label(self):
        return self.env._("Care")

    @api.model
    def _get_handover_open_sql(self):
        return SQL("item.state IN ('planned', 'open')")

    @api.model
    def _get_handover_rows_sql(self):
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
            open=self._get_handover_open_sql(),
        )
