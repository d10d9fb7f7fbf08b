from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_value_model import MEASURES
from .crm_value_terms import DISCOUNT_PERCENT, HORIZON_YEARS, MEASURE


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    relations_value_measure = fields.Selection(
        selection=MEASURES,
        string="Value Measured by",
        config_parameter=MEASURE[0],
        default=MEASURE[1],
        help="Order revenue: confirmed orders without taxes, less what was taken back. "
        "Margin: that less the cost of what was sold, of goods with a known cost and "
        "their part of price reductions.",
    )
    relations_value_horizon_years = fields.Integer(
        string="Horizon of the Lifetime Value (years)",
        config_parameter=HORIZON_YEARS[0],
        default=HORIZON_YEARS[1],
        help="1 to 10 years. What lies beyond says little: a customer's habits change.",
    )
    relations_value_discount_percent = fields.Float(
        string="Discount of the Lifetime Value (%)",
        digits=(5, 2),
        config_parameter=DISCOUNT_PERCENT[0],
        default=DISCOUNT_PERCENT[1],
        help="What comes in a year from now is worth so much less today.",
    )

    @api.constrains("relations_value_horizon_years", "relations_value_discount_percent")
    def _check_relations_value(self):
        for settings in self:
            years = settings.relations_value_horizon_years
            percent = settings.relations_value_discount_percent
            if not HORIZON_YEARS[2] <= years <= HORIZON_YEARS[3]:
                raise ValidationError(
                    self.env._("The horizon of the lifetime value: 1 to 10 years.")
                )
            if not DISCOUNT_PERCENT[2] <= percent <= DISCOUNT_PERCENT[3]:
                raise ValidationError(
                    self.env._("The discount of the lifetime value: 0 to 100 % a year.")
                )

    def set_values(self):
        terms = self.env["crm.value.terms"]
        before = terms._get_measure()
        result = super().set_values()
        if terms._get_measure() != before:
            # Superuser: who may set this lets the job fit what it changes.
            self.env.ref("crm_relations.ir_cron_value_fit").sudo()._trigger()
        return result
