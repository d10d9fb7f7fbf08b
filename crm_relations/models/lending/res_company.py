from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_DAYS = 366


class ResCompany(models.Model):
    """How long what is confidential of a customer is lent."""

    _inherit = "res.company"

    loan_days_most = fields.Integer(string="Longest Loan (days)", default=14)

    @api.constrains("loan_days_most")
    def _check_loan_days_most(self):
        for company in self:
            if not 1 <= company.loan_days_most <= MOST_DAYS:
                raise ValidationError(
                    self.env._("The longest loan: 1 to %(most)s days.", most=MOST_DAYS)
                )

    def _clock_changed(self):
        result = super()._clock_changed()
        self.env["crm.archive.loan"]._follow_clock(self)
        return result
