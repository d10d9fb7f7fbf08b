from odoo import api, models
from odoo.exceptions import AccessError

# What says which reward a line is, and what it costs.
REWARD = ("reward_id", "coupon_id", "points_cost", "reward_identifier_code")


class SaleOrderLine(models.Model):
    """What a reward of a club costs is said by its program. On a quotation Odoo counts
    it once more as it is confirmed; on a confirmed order nobody types it."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            for line in lines.filtered(lambda line: line.state == "sale"):
                line._check_reward_untyped(line.coupon_id)
        return lines

    def write(self, vals):
        if not self.env.su and not vals.keys().isdisjoint(REWARD):
            card = self.env["loyalty.card"].browse(vals.get("coupon_id") or [])
            for line in self.filtered(lambda line: line.state == "sale"):
                if line._is_other_reward(vals):
                    line._check_reward_untyped(line.coupon_id | card)
        return super().write(vals)

    def _is_other_reward(self, vals):
        """Return whether these values say anything else than what stands."""
        return any(
            (self._fields[name].convert_to_write(self[name], self) or False)
            != (vals[name] or False)
            for name in REWARD
            if name in vals
        )

    def _check_reward_untyped(self, cards):
        if cards._filter_club():
            raise AccessError(
                self.env._(
                    "What a reward costs in points follows from its program: nobody "
                    "types it."
                )
            )

    def _reset_loyalty(self, complete=False):
        """Superuser: a program counts its rewards anew, on orders that the caller may
        change; so that what a client types can be told from that."""
        self.check_access("write")
        super(SaleOrderLine, self.sudo())._reset_loyalty(complete)
        return self
