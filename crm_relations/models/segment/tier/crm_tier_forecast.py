from odoo import api, fields, models
from odoo.tools import SQL


class CrmTierForecast(models.TransientModel):
    """How many customers a scheme would let enter and leave a tier, for the user who
    asked: one line a scheme and tier."""

    _name = "crm.tier.forecast"
    _description = "Forecast of a tier scheme"
    _order = "scheme_id, tier_sequence, id"
    _rec_name = "tier_id"

    scheme_id = fields.Many2one(
        comodel_name="crm.tier.scheme", readonly=True, ondelete="cascade"
    )
    tier_id = fields.Many2one(comodel_name="crm.tier", readonly=True)
    tier_name = fields.Char(string="Belongs to", compute="_compute_tier_name")
    tier_sequence = fields.Integer(readonly=True)
    now_count = fields.Integer(string="Now", readonly=True)
    entering_count = fields.Integer(string="Enter", readonly=True)
    leaving_count = fields.Integer(string="Leave", readonly=True)
    then_count = fields.Integer(string="Then", readonly=True)

    @api.depends("tier_id")
    @api.depends_context("lang")
    def _compute_tier_name(self):
        for line in self:
            line.tier_name = line.tier_id.name or self.env._("Without tier")

    def action_view_decisions(self):
        """Open those who enter or leave this tier, with the reason of each."""
        self.ensure_one()
        action = self.env["crm.decision.preview"]._open(self.scheme_id)
        tier = str(self.tier_id.id) if self.tier_id else False
        return {
            **action,
            "domain": [
                *action["domain"],
                "|",
                ("old_value", "=", tier),
                ("new_value", "=", tier),
            ],
        }

    @api.model
    def _open(self, schemes):
        """Count for these schemes anew and return the action that shows it."""
        # Superuser: nobody writes forecasts by hand; these are the caller's own.
        self.sudo().search([("create_uid", "=", self.env.uid)]).unlink()
        for scheme in schemes:
            self._count(scheme)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_tier_forecast_action"
        )
        return {**action, "domain": [("create_uid", "=", self.env.uid)]}

    @api.model
    def _count(self, scheme):
        decisions = scheme._get_visible_preview_sql()
        self.env.execute_query(
            SQL(
                """
                WITH decision AS MATERIALIZED (%(decisions)s),
                     counted AS (
                     SELECT tier_id, count(*) AS now, 0 AS entering, 0 AS leaving
                       FROM (%(population)s) AS judged
                      WHERE id IN (%(visible)s)
                   GROUP BY tier_id
                  UNION ALL
                     SELECT new, 0, count(*), 0 FROM decision
                      WHERE new IS DISTINCT FROM old GROUP BY new
                  UNION ALL
                     SELECT old, 0, 0, count(*) FROM decision
                      WHERE new IS DISTINCT FROM old GROUP BY old)
                INSERT INTO crm_tier_forecast (scheme_id, tier_id, tier_sequence,
                       now_count, entering_count, leaving_count, then_count,
                       create_uid, create_date, write_uid, write_date)
                SELECT %(scheme)s, counted.tier_id, COALESCE(max(tier.sequence), 1000),
                       sum(now), sum(entering), sum(leaving),
                       sum(now) + sum(entering) - sum(leaving),
                       %(uid)s, %(moment)s, %(uid)s, %(moment)s
                  FROM counted
             LEFT JOIN crm_tier AS tier ON tier.id = counted.tier_id
              GROUP BY counted.tier_id
             RETURNING id
                """,
                decisions=decisions,
                # Superuser: shares are of all customers, counted are the visible.
                population=scheme.sudo()._get_population_sql(),
                visible=scheme._get_visible_sql(),
                scheme=scheme.id,
                uid=self.env.uid,
                moment=fields.Datetime.now(),
            )
        )
        self.invalidate_model()
