from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_followup_measure import ACCURACY_M, RANGE_M

FARTHEST_RANGE_M = 100_000


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    visit_range_m = fields.Integer(
        string="Range of a Visit",
        default=RANGE_M,
        config_parameter="crm_relations.visit_range_m",
    )
    visit_accuracy_m = fields.Integer(
        string="Accuracy of a Position",
        default=ACCURACY_M,
        config_parameter="crm_relations.visit_accuracy_m",
    )

    @api.constrains("visit_range_m", "visit_accuracy_m")
    def _check_visit_limits(self):
        for settings in self:
            limits = settings.visit_range_m, settings.visit_accuracy_m
            if not all(1 <= limit <= FARTHEST_RANGE_M for limit in limits):
                raise ValidationError(
                    self.env._(
                        "Range and accuracy of a visit lie between 1 and %(most)s m.",
                        most=FARTHEST_RANGE_M,
                    )
                )
