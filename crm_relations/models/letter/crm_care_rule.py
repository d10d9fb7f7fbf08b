from odoo import api, fields, models
from odoo.exceptions import ValidationError

LETTER_MODELS = ("res.partner", "crm.care.task")


class CrmCareRule(models.Model):
    """Care by letter: what is due waits to be printed with others."""

    _inherit = "crm.care.rule"

    channel = fields.Selection(
        selection_add=[("letter", "Letter")], ondelete={"letter": "set default"}
    )
    letter_template_id = fields.Many2one(
        comodel_name="mail.template",
        domain=[("model", "in", LETTER_MODELS)],
        ondelete="restrict",
        help="The text of the letter, with the same placeholders as an e-mail, in the "
        "language of who gets it.",
    )

    @api.constrains("channel", "letter_template_id")
    def _check_letter_template(self):
        for rule in self:
            if rule.channel == "letter" and not rule.letter_template_id:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” sends letters: choose the template.", rule=rule.name
                    )
                )
            # Superuser: who may choose a template need not read all of it.
            if rule.sudo().letter_template_id.model not in (False, *LETTER_MODELS):
                raise ValidationError(
                    self.env._(
                        "A template of care is made for contacts or for care tasks."
                    )
                )
