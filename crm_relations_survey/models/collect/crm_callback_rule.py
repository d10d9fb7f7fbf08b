from odoo import api, fields, models
from odoo.exceptions import ValidationError

MESSAGES = [
    ("call", "The call"),
    ("sms", "Text message with the link"),
    ("email", "E-mail with the link"),
]


class CrmCallbackRule(models.Model):
    """A rule whose calls ask a study: after a delivery within 48 hours, after a visit,
    when a customer is lost. By whom, of whom and when is the rule's own."""

    _inherit = "crm.callback.rule"

    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        string="Survey",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('survey_id', '!=', False), ('kind', '!=', 'check')]",
        help="Which study the agent asks in these calls.",
    )
    ask_by = fields.Selection(
        selection=MESSAGES,
        string="Asked Through",
        required=True,
        default="call",
        help="By message: instead of being called, the customer gets the link at the "
        "time of the call. Who cannot be reached that way is called.",
    )

    @api.constrains("ask_by", "study_id")
    def _check_ask_by(self):
        for rule in self:
            if rule.ask_by != "call" and not rule.study_id:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: choose the survey that the message links to.",
                        rule=rule.name,
                    )
                )
            # Superuser: how a study is asked is no secret of it.
            study = rule.sudo().study_id
            if rule.ask_by == "call" and study.is_anonymous:
                raise ValidationError(study._get_alone_words())

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {"study_id", "ask_by"}

    def _get_sentence_words(self):
        words = super()._get_sentence_words()
        if not self.study_id and self.ask_by in (False, "call"):
            return words
        study = self.study_id.name or "…"
        told = {
            "call": self.env._("The call asks the survey “%s”.", study),
            "sms": self.env._(
                "A text message with the link of the survey “%s” goes out instead.",
                study,
            ),
            "email": self.env._(
                "An e-mail with the link of the survey “%s” goes out instead.", study
            ),
        }
        return [*words, told[self.ask_by or "call"]]
