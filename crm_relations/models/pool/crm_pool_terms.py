from datetime import timedelta

from odoo import fields, models


class CrmPool(models.Model):
    """The terms on which customers are taken from this pool."""

    _inherit = "crm.pool"

    cool_down_days = fields.Integer(
        string="Closed to Former Owners",
        help="Whoever has had a customer before may not take it again until this many "
        "days after it left them, whoever else has had it in between. 0: at once.",
    )
    freeze_hours = fields.Integer(
        string="Closed to Everybody",
        help="A customer that has just come into the pool cannot be taken for this "
        "many hours, so that everybody has a chance to see it.",
    )
    _terms_positive = models.Constraint(
        "CHECK(cool_down_days >= 0 AND freeze_hours >= 0)",
        "Days and hours cannot be negative.",
    )

    def _get_frozen_until(self, since):
        """Return the moment until which what came at ``since`` stays, or None."""
        self.ensure_one()
        if not self.freeze_hours or not since:
            return None
        until = since + timedelta(hours=self.freeze_hours)
        return until if until > fields.Datetime.now() else None

    def _get_cool_until(self, lost):
        """Return the moment until which whoever lost a customer at ``lost`` may not
        take it again, or None."""
        self.ensure_one()
        if not self.cool_down_days or not lost:
            return None
        until = lost + timedelta(days=self.cool_down_days)
        return until if until > fields.Datetime.now() else None
