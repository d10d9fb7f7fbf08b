from odoo import api, fields, models


class CrmSatisfactionFactor(models.Model):
    """How much of the index a factor is, whatever the weights sum to."""

    _inherit = "crm.satisfaction.factor"

    share = fields.Float(
        string="Share of the Index",
        compute="_compute_share",
        aggregator=None,
        help="Its weight divided by the sum of the weights beside it, times the share "
        "of what it is part of.",
    )

    @api.depends(
        "weight",
        "is_standard",
        "active",
        "parent_id",
        "study_id.factor_ids.weight",
        "study_id.factor_ids.parent_id",
        "study_id.factor_ids.is_standard",
    )
    def _compute_share(self):
        for factor in self:
            factor.share = factor._get_share()

    def _get_share(self):
        share, factor, seen = 1, self, self.browse()
        # A form may hold a circle until it is saved.
        while factor and factor not in seen:
            seen += factor
            share *= factor._get_share_beside()
            factor = factor.parent_id
        return share

    def _get_share_beside(self):
        if self.is_standard or not self.active:
            return 0
        beside = self.study_id.factor_ids.filtered(
            lambda one: one.parent_id == self.parent_id and not one.is_standard
        )
        return self.weight / (sum(beside.mapped("weight")) or 1)
