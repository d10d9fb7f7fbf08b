from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_hidden_guess import DEFAULT_MOST, PARAMETER


class ResConfigSettings(models.TransientModel):
    """How often a person may guess at a hidden number."""

    _inherit = "res.config.settings"

    relations_hidden_guesses = fields.Integer(
        string="Wrong Guesses in an Hour",
        config_parameter=PARAMETER,
        default=DEFAULT_MOST,
        help="Whoever types a whole number learns to which hidden customer it "
        "belongs. For so many numbers in an hour that look like a hidden one and are "
        "none may a person ask, and for ten times as many addresses; then no answer "
        "comes, not for the right one either. Each is listed under Hidden Values "
        "Guessed. Telephone exchanges and system administrators are not counted.",
    )

    @api.constrains("relations_hidden_guesses")
    def _check_relations_hidden_guesses(self):
        if any(settings.relations_hidden_guesses < 1 for settings in self):
            raise ValidationError(
                self.env._("Guesses at hidden numbers in an hour: 1 or more.")
            )
