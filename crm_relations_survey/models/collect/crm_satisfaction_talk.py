from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.crm_relations.tools.arguments import Given, Id, Text


class CrmSatisfactionTalk(models.AbstractModel):
    """The agent fills the survey while talking: every answer is kept as it is given."""

    _name = "crm.satisfaction.talk"
    _description = "Survey filled while talking"

    @api.model
    def open_talk(self, response_id: Id):
        """Return the survey of a response as the screen shows it.

        :return: ``{"id", "study", "customer", "is_done", "questions", "hidden"}``;
            ``hidden``: ids of questions that the answers so far make pointless
        :raise AccessError: it is not the caller who asks
        """
        answer = self._find(response_id)
        response = answer._get_satisfaction()
        if answer.state == "new":
            answer._mark_in_progress()
        return {
            "id": response.id,
            "study": response.study_id.name,
            "customer": response.person_id.name or response.partner_id.display_name,
            "is_done": answer.state == "done",
            "questions": self._get_questions(answer),
            "hidden": answer._get_inactive_conditional_questions().ids,
        }

    @api.model
    def save_answer(
        self, response_id: Id, question_id: Id, value: Given = None, note: Text = ""
    ):
        """Keep one answer; nothing given takes it back.

        :param value: text, number, list of ids of choices, or of a matrix
            ``{id of the row: [ids of columns]}``
        :param note: comment beside a choice
        :return: ``{"hidden", "error"}``; ``error``: why it is no answer, or ""
        """
        answer = self._find(response_id)
        question = answer.predefined_question_ids.filtered(
            lambda one: one.id == question_id
        )
        if not question:
            raise ValidationError(self.env._("The survey has no such question."))
        value = self._read_value(question, value)
        error = ""
        if value:
            error = question.validate_question(value, note).get(question.id, "")
        if not error:
            answer._save_lines(question, value, note, overwrite_existing=True)
        return {
            "hidden": answer._get_inactive_conditional_questions().ids,
            "error": error,
        }

    @api.model
    def finish(self, response_id: Id):
        """End the survey; what was answered counts.

        :return: ``{"missing"}``: ids of questions that must be answered first
        """
        answer = self._find(response_id)
        answer._clear_inactive_conditional_answers()
        missing = self._get_missing(answer)
        if not missing:
            answer._mark_done()
        return {"missing": missing.ids}

    @api.model
    def _find(self, response_id):
        """Return the survey, as superuser, of a call that is the caller's.

        :raise AccessError: it is not; :raise UserError: it has ended
        """
        responses = self.env["crm.satisfaction.response"]
        response = responses.browse(response_id or []).exists()
        if not response or not response.has_access("read"):
            raise AccessError(self.env._("There is no such survey of yours."))
        response._check_talk()
        # Superuser: agents have no rights on surveys.
        answer = response.sudo().user_input_id
        if not answer:
            raise UserError(self.env._("Its survey has been deleted."))
        return answer

    @api.model
    def _get_missing(self, answer):
        """Return the mandatory questions that say nothing yet."""
        told = answer.user_input_line_ids.filtered(lambda line: not line.skipped)
        needed = answer.predefined_question_ids.filtered("constr_mandatory")
        hidden = answer._get_inactive_conditional_questions()
        return needed - told.question_id - hidden

    @api.model
    def _read_value(self, question, value):
        """Return the answer as Odoo's survey keeps it.

        :raise ValidationError: it is none, or names what the question does not offer
        """
        kind = question.question_type
        if kind in ("simple_choice", "multiple_choice"):
            return self._read_choices(question.suggested_answer_ids, value)
        if kind == "matrix":
            return self._read_matrix(question, value)
        if value is None or value is False:
            return ""
        return self._read_text(question, value)

    def _read_text(self, question, value):
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            self._refuse_value(value)
        if question.question_type == "scale" and value != "":
            numbers = range(question.scale_min, question.scale_max + 1)
            if str(value) not in map(str, numbers):
                self._refuse_value(value)
        return str(value).strip()[:10000]

    def _read_choices(self, offered, value):
        ids = value if isinstance(value, (list, tuple)) else [value]
        ids = [number for number in ids if number]
        if not all(number in offered.ids for number in ids):
            self._refuse_value(value)
        return [str(number) for number in ids]

    def _read_matrix(self, question, value):
        if not value:
            return {}
        if not isinstance(value, dict):
            self._refuse_value(value)
        rows = {str(row) for row in question.matrix_row_ids.ids}
        if not {str(row) for row in value} <= rows:
            self._refuse_value(value)
        read = {
            str(row): self._read_choices(question.suggested_answer_ids, columns)
            for row, columns in value.items()
        }
        return {row: columns for row, columns in read.items() if columns}

    def _refuse_value(self, value):
        raise ValidationError(
            self.env._(
                "“%(value)s” is no answer to this question.", value=str(value)[:80]
            )
        )
