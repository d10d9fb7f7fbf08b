from odoo import api, fields, models

from .crm_pool_first_day_preview import OWNER, TIER


class CrmPoolFirstDayLeaving(models.TransientModel):
    """How many customers of one salesperson, or of one tier, would leave today."""

    _name = "crm.pool.first.day.leaving"
    _description = "Who would leave on the first day"
    _order = "leaving_count desc, id"

    wizard_id = fields.Many2one(
        comodel_name="crm.pool.first.day",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    kind = fields.Selection(
        selection=[("owner", "Salesperson"), ("tier", "Tier")], readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    tier_id = fields.Many2one(comodel_name="crm.tier", readonly=True)
    tier_name = fields.Char(compute="_compute_tier_name")
    customer_count = fields.Integer(string="Has Now", readonly=True)
    leaving_count = fields.Integer(string="Would Leave", readonly=True)
    share = fields.Float(string="Share of All", compute="_compute_share")

    @api.depends("tier_id")
    @api.depends_context("lang")
    def _compute_tier_name(self):
        for line in self:
            line.tier_name = line.tier_id.name or self.env._("Without a tier")

    @api.depends("customer_count", "leaving_count")
    def _compute_share(self):
        for line in self:
            whole = line.customer_count
            line.share = line.leaving_count / whole if whole else 0

    def action_view_customers(self):
        """Open those who would leave of this salesperson or tier."""
        self.ensure_one()
        if self.kind == "owner":
            return self.wizard_id._open_leaving(OWNER, self.user_id.id)
        return self.wizard_id._open_leaving(TIER, self.tier_id.id or None)
