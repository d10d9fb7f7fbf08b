from odoo import fields, models
from odoo.tools import SQL


class CrmCallbackReport(models.Model):
    """Attempts to call back, a line each: how many were in vain, why, and who had taken
    the number."""

    _name = "crm.callback.report"
    _description = "Analysis of calls"
    _auto = False
    _order = "called_at desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "crm.callback.attempt": [
            *["callback_id", "rule_id", "partner_id", "person_id", "company_id"],
            *["agent_id", "outcome_id", "called_at", "number", "number_taken_by_id"],
            *["seconds", "is_number_invalid"],
        ],
        "crm.callback.outcome": ["category", "is_invalid", "is_contact"],
        "crm.callback": ["source"],
        "res.users": ["sale_team_id"],
    }

    called_at = fields.Datetime(string="Called", readonly=True)
    callback_id = fields.Many2one(comodel_name="crm.callback", readonly=True)
    rule_id = fields.Many2one(comodel_name="crm.callback.rule", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    agent_id = fields.Many2one(comodel_name="res.users", readonly=True)
    outcome_id = fields.Many2one(comodel_name="crm.callback.outcome", readonly=True)
    category = fields.Selection(
        selection=lambda self: self._selection_category(),
        string="AAPOR Category",
        readonly=True,
    )
    number = fields.Char(string="Telephone Number", readonly=True)
    number_taken_by_id = fields.Many2one(comodel_name="res.users", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Team That Took the Number", readonly=True
    )
    attempt_count = fields.Integer(string="Calls", readonly=True)
    contact_count = fields.Integer(string="Reached", readonly=True)
    invalid_count = fields.Integer(string="Invalid", readonly=True)
    wrong_number_count = fields.Integer(string="Wrong Numbers", readonly=True)
    invalid_rate = fields.Float(
        string="Invalid (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of the calls made: those that reached nobody who could or would answer.",
    )
    seconds = fields.Integer(readonly=True)

    def _selection_category(self):
        outcomes = self.env["crm.callback.outcome"]
        return outcomes._fields["category"]._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL("%s %s", self._select(), self._from())

    def _select(self):
        return SQL(
            """
            SELECT attempt.id, attempt.called_at, attempt.callback_id, attempt.rule_id,
                   attempt.partner_id, attempt.company_id, attempt.agent_id,
                   attempt.outcome_id, outcome.category, attempt.number,
                   attempt.number_taken_by_id, taker.sale_team_id AS team_id,
                   1 AS attempt_count, attempt.seconds,
                   COALESCE(outcome.is_contact, FALSE)::int AS contact_count,
                   COALESCE(outcome.is_invalid, FALSE)::int AS invalid_count,
                   COALESCE(attempt.is_number_invalid, FALSE)::int
                       AS wrong_number_count,
                   100.0 * COALESCE(outcome.is_invalid, FALSE)::int AS invalid_rate
            """
        )

    def _from(self):
        return SQL(
            """
              FROM crm_callback_attempt AS attempt
              JOIN crm_callback_outcome AS outcome ON outcome.id = attempt.outcome_id
         LEFT JOIN res_users AS taker ON taker.id = attempt.number_taken_by_id
            """
        )
