from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    tier_id = fields.Many2one(
        comodel_name="crm.tier",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Decided every night by the tier schemes.",
    )
    tier_since = fields.Date(readonly=True, copy=False)
    tier_reason = fields.Json(string="Why This Tier", compute="_compute_tier_reason")
    tier_change_ids = fields.One2many(
        comodel_name="crm.tier.change",
        inverse_name="partner_id",
        string="Tier History",
    )

    @api.depends("tier_id")
    @api.depends_context("lang")
    def _compute_tier_reason(self):
        renderer = self.env["crm.reason"]
        changes = self._get_latest_changes("crm.tier.change")
        for partner in self:
            change = changes.get(partner._origin.id)
            partner.tier_reason = bool(change) and renderer._explain(
                change.facts, rule=change.scheme_id, since=partner.tier_since
            )

    def _get_decided_fields(self):
        return super()._get_decided_fields() | {"tier_id", "tier_since"}

    def _segment_changed(self):
        """Hook: tier or layer of these customers has just changed (written by SQL)."""
