from odoo.addons.survey.controllers.main import Survey

from ..tools.scoring import write_number


class SatisfactionAnswers(Survey):
    """The number 0 is an answer, also of who sends it as a number."""

    def _extract_comment_from_answers(self, question, answers):
        return super()._extract_comment_from_answers(question, write_number(answers))
