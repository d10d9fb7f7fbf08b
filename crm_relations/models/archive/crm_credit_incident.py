from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmCreditIncident(models.Model):
    """A payment that went wrong, kept to judge the customer's credit."""

    _name = "crm.credit.incident"
    _description = "Credit incident"
    _inherit = ["crm.archive.kept.mixin"]
    _order = "date desc, id desc"
    _rec_name = "description"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection(
        selection=[
            ("late", "Late payment"),
            ("default", "Not paid"),
            ("dispute", "Disputed"),
            ("cheque", "Returned payment"),
            ("insolvency", "Insolvency"),
            ("other", "Other"),
        ],
        required=True,
        default="late",
    )
    currency_id = fields.Many2one(related="partner_id.relation_currency_id")
    amount = fields.Monetary()
    description = fields.Char(required=True)
    resolved_on = fields.Date()

    @api.constrains("date", "resolved_on", "amount")
    def _check_dates(self):
        today = fields.Date.context_today(self)
        for incident in self:
            if incident.date > today:
                raise ValidationError(
                    self.env._("A credit incident cannot lie in the future.")
                )
            if incident.amount < 0:
                raise ValidationError(
                    self.env._("The amount of a credit incident cannot be negative.")
                )
            if incident.resolved_on and incident.resolved_on > today:
                raise ValidationError(
                    self.env._("A credit incident cannot be resolved in the future.")
                )
            if incident.resolved_on and incident.resolved_on < incident.date:
                raise ValidationError(
                    self.env._("A credit incident is resolved after it happened.")
                )

    @api.model
    def _get_kept_title(self):
        return self.env._("Credit Incident")
