from odoo import api, fields, models
from odoo.tools import SQL


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

    def _get_latest_changes(self, model):
        """Return ``{partner id: latest line}`` of a decision ledger; one query."""
        ledger = self.env[model].sudo()
        ids = tuple(self._origin.ids)
        if not ids:
            return {}
        ledger.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (partner_id) partner_id, id
                  FROM %s
                 WHERE partner_id IN %s
              ORDER BY partner_id, decided_at DESC, id DESC
                """,
                SQL.identifier(ledger._table),
                ids,
            )
        )
        return {partner_id: ledger.browse(line_id) for partner_id, line_id in rows}

    def _segment_changed(self):
        """Hook: the tier of these customers has just changed (written by SQL)."""
