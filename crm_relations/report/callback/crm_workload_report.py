from odoo import fields, models
from odoo.tools import SQL


class CrmWorkloadReport(models.Model):
    """Calls of the callback agents."""

    _inherit = "crm.workload.report"
    _depends = {
        "crm.callback.attempt": [
            *["agent_id", "called_at", "partner_id", "company_id", "outcome_id"],
        ],
        "crm.callback.outcome": ["is_contact"],
    }

    activity = fields.Selection(selection_add=[("callback", "Callback")])
    callback_count = fields.Integer(string="Callback Attempts", readonly=True)
    callback_reached_count = fields.Integer(
        string="Callbacks Reached",
        readonly=True,
        help="Attempts in which the customer was talked to.",
    )

    def _get_parts(self):
        return {**super()._get_parts(), "callback": self._get_callback_part()}

    def _get_callback_part(self):
        return {
            "model": "crm.callback.attempt",
            "columns": {
                "id": SQL("attempt.id"),
                "date": SQL("attempt.called_at"),
                "user_id": SQL("attempt.agent_id"),
                "company_id": SQL("attempt.company_id"),
                "customer_id": SQL("attempt.partner_id"),
                "callback_count": SQL("1"),
                "callback_reached_count": SQL(
                    "COALESCE(outcome.is_contact, FALSE)::int"
                ),
            },
            "source": SQL(
                """
                  FROM crm_callback_attempt AS attempt
                  JOIN crm_callback_outcome AS outcome
                    ON outcome.id = attempt.outcome_id
                """
            ),
        }

    def _get_source_action(self, activity, model, source_id):
        if model == "crm.callback.attempt":  # shown with its callback
            attempt = self.env[model].browse(source_id)
            model, source_id = "crm.callback", attempt.callback_id.id
        return super()._get_source_action(activity, model, source_id)
