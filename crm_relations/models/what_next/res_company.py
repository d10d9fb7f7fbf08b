from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.what_next import Weights

WEIGHTS = tuple(f"next_{name}_percent" for name in Weights._fields)


def _get_default(name):
    return round(100 * Weights._field_defaults[name])


class ResCompany(models.Model):
    """How much each sign counts when it is decided whom to contact next; see
    ``tools/what_next.py``."""

    _inherit = "res.company"

    next_rhythm_percent = fields.Integer(
        string="Weight of the Rhythm", default=_get_default("rhythm")
    )
    next_layer_percent = fields.Integer(
        string="Weight of the Layer", default=_get_default("layer")
    )
    next_due_percent = fields.Integer(
        string="Weight of a Follow-up Due", default=_get_default("due")
    )
    next_release_percent = fields.Integer(
        string="Weight of the Release Date", default=_get_default("release")
    )
    next_quotation_percent = fields.Integer(
        string="Weight of an Open Quotation", default=_get_default("quotation")
    )
    next_message_percent = fields.Integer(
        string="Weight of an Unanswered Message", default=_get_default("message")
    )
    next_contacted_percent = fields.Integer(
        string="Left on the Day of a Contact", default=_get_default("contacted")
    )
    next_planned_percent = fields.Integer(
        string="Left while a Contact Is Planned", default=_get_default("planned")
    )
    next_lost_percent = fields.Integer(
        string="Left of a Lost Customer", default=_get_default("lost")
    )

    next_by_value = fields.Boolean(
        string="Count What Is Expected",
        help="What customers are expected to bring within 12 months counts, instead of "
        "what they bought; where only averages are known, still what they bought.",
    )

    @api.constrains(*WEIGHTS)
    def _check_next_weights(self):
        for company in self:
            if not all(0 <= company[name] <= 100 for name in WEIGHTS):
                raise ValidationError(
                    self.env._("The weights of What Next lie between 0 and 100 %.")
                )

    def _get_next_weights(self):
        """Return the ``Weights`` of this company."""
        return Weights(*(self[name] / 100 for name in WEIGHTS))
