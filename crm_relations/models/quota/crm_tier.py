from odoo import fields, models


class CrmTier(models.Model):
    _inherit = "crm.tier"

    holding_weight = fields.Float(
        string="Counts As",
        digits=(12, 2),
        default=1,
        required=True,
        help="How many customers one of this tier counts for in the quotas of "
        "salespeople. 0: it does not count.",
    )

    _holding_weight_positive = models.Constraint(
        "CHECK(holding_weight >= 0)", "A customer cannot count for less than nothing."
    )

    def write(self, vals):
        result = super().write(vals)
        if "holding_weight" in vals:
            self.env.flush_all()
            # Superuser: counters of all salespeople, whoever sets the rules.
            self.env["crm.pool.holding"].sudo()._recount_all()
        return result
