from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Ten years: beyond it a date means "never", and an exemption of a rule says that.
MOST_DAYS = 3650
MOST_CUSTOMERS = 100_000


class ResCompany(models.Model):
    """How long customers may be kept from the pool, and who has to agree."""

    _inherit = "res.company"

    pool_extension_days = fields.Integer(string="Days of an Extension", default=7)
    pool_extension_days_most = fields.Integer(
        string="Longest Extension (days)", default=30
    )
    pool_extension_limit = fields.Integer(string="Extensions", default=2)
    pool_extension_approval = fields.Boolean(
        string="Extensions Need Approval", default=True
    )
    pool_request_hold_days = fields.Integer(string="A Request Holds (days)", default=3)
    pool_protection_quota = fields.Integer(string="Protected at Once", default=10)
    pool_protection_days_most = fields.Integer(
        string="Longest Protection (days)", default=180
    )
    pool_protection_approval = fields.Boolean(
        string="Protection Needs Approval", default=True
    )

    @api.constrains(
        "pool_extension_days",
        "pool_extension_days_most",
        "pool_protection_days_most",
        "pool_request_hold_days",
    )
    def _check_pool_stay_days(self):
        for company in self:
            longest = company.pool_extension_days_most
            days = (longest, company.pool_protection_days_most)
            if not all(1 <= number <= MOST_DAYS for number in days):
                raise ValidationError(
                    self.env._(
                        "The longest extension and protection: 1 to %(most)s days.",
                        most=MOST_DAYS,
                    )
                )
            if not 1 <= company.pool_extension_days <= longest:
                raise ValidationError(
                    self.env._(
                        "An extension lasts 1 to %(most)s days, the longest one.",
                        most=longest,
                    )
                )
            if not 0 <= company.pool_request_hold_days <= longest:
                raise ValidationError(
                    self.env._(
                        "A request holds a customer for 0 to %(most)s days, not more "
                        "than the longest extension.",
                        most=longest,
                    )
                )

    @api.constrains("pool_extension_limit", "pool_protection_quota")
    def _check_pool_stay_numbers(self):
        for company in self:
            numbers = (company.pool_extension_limit, company.pool_protection_quota)
            if not all(0 <= number <= MOST_CUSTOMERS for number in numbers):
                raise ValidationError(
                    self.env._(
                        "Extensions and protected customers: 0 to %(most)s.",
                        most=MOST_CUSTOMERS,
                    )
                )

    def _get_last_hold_day(self):
        """Return until when a request of today holds a customer, as text."""
        days = timedelta(days=self.pool_request_hold_days)
        return str(self._get_relations_today() + days)

    def _get_longest_stay(self, kind):
        return self[f"pool_{kind}_days_most"]
