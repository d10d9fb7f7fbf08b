from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_DAYS = 3650


class ResCompany(models.Model):
    """How long people at the top of a customer may hear nothing from us."""

    _inherit = "res.company"

    map_silence_days = fields.Integer(
        string="Silence at the Top (days)",
        default=60,
        help="Contact maps name persons who decide or have a say, and with whom nobody "
        "has spoken for longer.",
    )

    @api.constrains("map_silence_days")
    def _check_map_silence_days(self):
        for company in self:
            if not 1 <= company.map_silence_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "Silence at the top: 1 to %(most)s days.", most=MOST_DAYS
                    )
                )
