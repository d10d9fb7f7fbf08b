from odoo import fields, models


class CrmTierCut(models.Model):
    """Where a tier of a scheme begins: by share, by value, or by points."""

    _name = "crm.tier.cut"
    _description = "Cut of a tier scheme"
    _order = "scheme_id, share, id"
    _rec_name = "tier_id"

    scheme_id = fields.Many2one(
        comodel_name="crm.tier.scheme",
        required=True,
        index=True,
        ondelete="cascade",
    )
    tier_id = fields.Many2one(comodel_name="crm.tier", required=True)
    at_least = fields.Float(
        digits=(16, 2),
        help="With fixed thresholds: who reaches this value of the measure belongs to "
        "the tier.",
    )
    share = fields.Float(
        string="Up to (%)",
        digits=(5, 2),
        help="Customers are lined up by the measure. Those from the first on who "
        "together bring this share belong to the tier; the customer that crosses "
        "the border still does. 100 % takes everyone, also those without revenue.",
    )
    points_from = fields.Float(
        string="Points, at Least",
        digits=(5, 1),
        help="Who reaches so many points belongs to the tier. RFM gives 3 to 15 "
        "points, a weighted score 0 to 100.",
    )
