from odoo import models

from ...tools.scoring import write_number


class SurveyUserInput(models.Model):
    """A survey that is done is taken for an answer to its study."""

    _inherit = "survey.user_input"

    def _mark_done(self):
        result = super()._mark_done()
        self.env["crm.satisfaction.response"]._take_answers(self)
        return result

    def _get_counted_lines(self):
        """Return what was answered, without questions whose condition is not met any
        more and those that hung on them."""
        lines = self.user_input_line_ids.filtered(lambda line: not line.skipped)
        while lines:
            chosen = lines.suggested_answer_id
            left = lines.filtered(
                lambda line, chosen=chosen: (
                    not line.question_id.triggering_answer_ids
                    or line.question_id.triggering_answer_ids & chosen
                )
            )
            if left == lines:
                break
            lines = left
        return lines

    def _get_line_answer_values(self, question, answer, answer_type):
        """Odoo takes the number 0 for a skipped question."""
        if answer_type in ("scale", "numerical_box"):
            answer = write_number(answer)
        return super()._get_line_answer_values(question, answer, answer_type)
