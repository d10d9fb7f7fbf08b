from odoo import api, fields, models


class ResPartner(models.Model):
    """Why a customer is in the pool, or would leave its salesperson."""

    _inherit = "res.partner"

    pool_reason = fields.Json(string="Why", compute="_compute_pool_reason")
    pool_reason_text = fields.Char(
        string="Left Because",
        compute="_compute_pool_reason_text",
        help="In a few words: why it came into the pool, or would leave.",
    )

    @api.depends("pool_release_date", "pool_id")
    @api.depends_context("lang")
    def _compute_pool_reason(self):
        renderer = self.env["crm.reason"]
        changes = self._get_pool_entries()
        for partner in self:
            change = changes.get(partner._origin.id)
            if change:
                partner.pool_reason = renderer._explain(
                    change.facts, rule=change.rule_id, since=change.decided_at
                )
            elif partner.pool_release_date:
                partner.pool_reason = renderer._explain(
                    partner.pool_release_facts,
                    rule=partner.pool_rule_id,
                    following=self.env._(
                        "A follow-up that counts, or a new salesperson, starts the "
                        "clock again."
                    ),
                )
            else:
                partner.pool_reason = False

    @api.depends("pool_id", "pool_release_date")
    @api.depends_context("lang")
    def _compute_pool_reason_text(self):
        renderer = self.env["crm.reason"]
        changes = self._get_pool_entries()
        for partner in self:
            change = changes.get(partner._origin.id)
            if change:
                partner.pool_reason_text = renderer._get_brief(change.facts)
            elif partner.pool_release_date:
                facts = partner.pool_release_facts
                partner.pool_reason_text = renderer._get_brief(facts)
            else:
                partner.pool_reason_text = False
