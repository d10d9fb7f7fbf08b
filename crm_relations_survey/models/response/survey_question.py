from odoo import models

from ...tools.scoring import write_number


class SurveyQuestion(models.Model):
    """What is an answer: 0 is one; what the scale does not have is none."""

    _inherit = "survey.question"

    def validate_question(self, answer, comment=None):
        # Of no question or several, Odoo itself says that one is needed.
        if len(self) == 1 and self.question_type in ("scale", "numerical_box"):
            answer = write_number(answer)
            if answer and not isinstance(answer, str):
                return {self.id: self.env._("This is not a number")}
        return super().validate_question(answer, comment)

    def _validate_numerical_box(self, answer):
        errors = super()._validate_numerical_box(answer)
        number = float(answer) if not errors else 0
        if number - number:  # not a number, or without end
            return {self.id: self.env._("This is not a number")}
        return errors

    def _validate_scale(self, answer):
        errors = super()._validate_scale(answer)
        if errors or not answer:
            return errors
        steps = {str(step) for step in range(self.scale_min, self.scale_max + 1)}
        if answer not in steps:
            return {
                self.id: self.validation_error_msg
                or self.env._("The answer you entered is not valid.")
            }
        return {}
