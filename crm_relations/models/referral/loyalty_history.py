from odoo import models


class LoyaltyHistory(models.Model):
    """What points for a referral are for, to colleagues who may read that."""

    _inherit = "loyalty.history"

    def _compute_reason(self):
        result = super()._compute_reason()
        lines = self.filtered(lambda line: line.order_model == "crm.referral")
        referrals = self.env["crm.referral"].browse(lines.mapped("order_id")).exists()
        readable = referrals._filtered_access("read")
        for line in lines:
            referral = readable.filtered(lambda one, line=line: one.id == line.order_id)
            if referral:
                line.reason = f"{referral.display_name}. {line.reason or ''}".strip()
        return result
