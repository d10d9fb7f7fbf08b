from odoo import api, fields, models


class CrmCareRule(models.Model):
    """Greetings wait while a serious complaint is open; a condolence does not."""

    _inherit = "crm.care.rule"

    despite_complaint = fields.Boolean(
        string="Also During a Complaint",
        help="Ticked: this care reaches the customer while a serious complaint is open "
        "as well, as a condolence or an apology must. Else it waits until that is "
        "closed.",
    )

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {"despite_complaint"}

    def _get_sentence_words(self):
        words = super()._get_sentence_words()
        if self.despite_complaint:
            words.append(self.env._("An open complaint does not stop it."))
        return words
