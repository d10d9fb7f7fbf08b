from datetime import date, timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# The id of a line tells target, person and first day of the period.
PERSONS, DAYS = 10**6, 10**5
EPOCH = date(2000, 1, 1)


class CrmTargetResult(models.Model):
    """What each person achieved of each target, period by period."""

    _name = "crm.target.result"
    _description = "Achievement of targets"
    _auto = False
    _order = "period_start desc, id"
    _rec_name = "target_id"
    _depends = {
        "crm.followup.target": [
            *["goal", "period", "measure", "kind_id", "lifecycle", "tier_ids"],
            "category_ids",
            *["user_id", "team_id", "company_id", "start_date", "end_date", "active"],
        ],
        "crm.followup": [
            *["user_id", "date", "kind_id", "customer_id", "duration_minutes"],
        ],
        "crm.followup.kind": ["counts_as_followup"],
        "res.partner": ["tier_id", "lifecycle", "category_id"],
        "res.users": ["sale_team_id", "active", "company_id"],
    }

    target_id = fields.Many2one(comodel_name="crm.followup.target", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Person", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    period_start = fields.Date(string="First Day", readonly=True)
    period_end = fields.Date(string="Last Day", readonly=True)
    goal = fields.Integer(readonly=True)
    achieved = fields.Integer(readonly=True)
    rate = fields.Integer(
        string="Achieved (%)",
        readonly=True,
        aggregator="avg",
        help="At most 100: more on one day makes up for no other.",
    )
    state = fields.Selection(
        selection=[("met", "Met"), ("missed", "Missed"), ("open", "Under way")],
        string="Status",
        readonly=True,
    )

    @property
    def _table_query(self):
        # Superuser: what counts is a matter of the targets, not of the reader, whose
        # lines are cut down by the record rules of this report.
        targets = self.env["crm.followup.target"].sudo()
        targets = targets.search([])  # pylint: disable=no-search-all
        return SQL(
            """
            SELECT (line.target_id::bigint * %(persons)s + line.user_id) * %(days)s
                   + (line.period_start - %(epoch)s::date) AS id,
                   line.target_id, line.user_id, line.period_start, line.period_end,
                   line.achieved::int AS achieved, target.goal, target.company_id,
                   person.sale_team_id AS team_id,
                   LEAST(100, 100 * line.achieved / target.goal)::int AS rate,
                   CASE WHEN line.achieved >= target.goal THEN 'met'
                        WHEN line.period_end < own.today THEN 'missed'
                        ELSE 'open' END AS state
              FROM (%(lines)s) AS line
              JOIN crm_followup_target AS target ON target.id = line.target_id
              JOIN %(companies)s ON own.id = target.company_id
              JOIN res_users AS person ON person.id = line.user_id
            """,
            persons=PERSONS,
            days=DAYS,
            epoch=EPOCH,
            lines=targets._get_results_sql(),
            companies=self.env["res.partner"]._get_companies_sql("own"),
        )

    def action_open_followups(self):
        """Open what the person did in this period."""
        self.ensure_one()
        rest, days = divmod(self.id, DAYS)
        target_id, user_id = divmod(rest, PERSONS)
        target = self.env["crm.followup.target"].browse(target_id).exists()
        if not target:
            raise UserError(self.env._("This target does not exist any more."))
        start = EPOCH + timedelta(days=days)
        # Superuser: the clock of a company is no secret.
        company = target.company_id.sudo()
        stop = start + target._get_period_length()
        if target.end_date:  # it may lie within the period
            stop = min(stop, target.end_date + timedelta(days=1))
        domain = [
            ("user_id", "=", user_id),
            ("kind_id.counts_as_followup", "=", True),
            ("date", ">=", company._get_relations_day_start(start)),
            ("date", "<", company._get_relations_day_start(stop)),
            *target._get_followup_domain(),
        ]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_followup_action"
        )
        return action | {"domain": domain, "context": {}}
