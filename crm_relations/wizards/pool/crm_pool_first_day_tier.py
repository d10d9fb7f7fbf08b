from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...models.recycling.crm_pool_rule import LONGEST_DAYS


class CrmPoolFirstDayTier(models.TransientModel):
    """After how many days without a follow-up the customers of a tier leave.

    Only the days are typed; the rest is proposed with them, and a client that does not
    save what is read-only sends it all the same.
    """

    _name = "crm.pool.first.day.tier"
    _description = "Days of a tier on the first day"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        comodel_name="crm.pool.first.day",
        required=True,
        ondelete="cascade",
        index=True,
    )
    sequence = fields.Integer()
    tier_id = fields.Many2one(comodel_name="crm.tier", help="Empty: all others.")
    tier_name = fields.Char(compute="_compute_tier_name")
    customer_count = fields.Integer(string="Customers")
    days = fields.Integer(
        string="Number of Days",
        required=True,
        help="So many days after the last follow-up, or after they came to their "
        "salesperson, they go to the pool.",
    )
    reason = fields.Char(string="Why")

    @api.depends("tier_id")
    @api.depends_context("lang")
    def _compute_tier_name(self):
        for line in self:
            line.tier_name = line.tier_id.name or self.env._("All others")

    @api.constrains("days")
    def _check_days(self):
        if not all(1 <= line.days <= LONGEST_DAYS for line in self):
            raise ValidationError(
                self.env._(
                    "A customer is kept for one day at least and for %(days)s days at "
                    "most.",
                    days=LONGEST_DAYS,
                )
            )
