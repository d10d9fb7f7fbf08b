from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_contact_escalation import ESCALATION_DAYS
from .my_day.crm_daily_digest import DIGEST_HOUR
from .visit.crm_followup_measure import ACCURACY_M, RANGE_M

FARTHEST_RANGE_M = 100_000
MOST_ESCALATION_DAYS = 3650


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

    relations_digest_way = fields.Selection(
        related="company_id.relations_digest_way", readonly=False
    )
    relations_digest_hour = fields.Integer(
        string="Hour of the Digest",
        default=DIGEST_HOUR,
        config_parameter="crm_relations.digest_hour",
    )
    relations_escalation_days = fields.Integer(
        string="Tell the Leader after (days)",
        default=ESCALATION_DAYS,
        config_parameter="crm_relations.escalation_days",
    )

    @api.constrains("relations_digest_hour", "relations_escalation_days")
    def _check_reminders(self):
        for settings in self:
            if not 0 <= settings.relations_digest_hour <= 23:
                raise ValidationError(
                    self.env._("The hour of the digest lies between 0 and 23.")
                )
            if not 0 <= settings.relations_escalation_days <= MOST_ESCALATION_DAYS:
                raise ValidationError(
                    self.env._(
                        "The leader is told after 0 (never) to %(most)s days.",
                        most=MOST_ESCALATION_DAYS,
                    )
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
