from odoo import api, models
from odoo.tools import html2plaintext


class CrmSatisfactionTalk(models.AbstractModel):
    """A question as the screen shows it."""

    _inherit = "crm.satisfaction.talk"

    @api.model
    def _get_questions(self, answer):
        answer = answer.with_context(lang=answer.lang_id.code or self.env.lang)
        given = answer.user_input_line_ids.grouped("question_id")
        questions = answer.predefined_question_ids.sorted(
            lambda one: (one.page_id.sequence, one.page_id.id, one.sequence, one.id)
        )
        return [
            self._prepare_question(question, given.get(question, answer.browse()))
            for question in questions
        ]

    @api.model
    def _prepare_question(self, question, lines):
        kind = question.question_type
        return {
            "id": question.id,
            "page": question.page_id.title or "",
            "title": question.title or "",
            "help": html2plaintext(question.description or "").strip(),
            "kind": kind,
            "is_needed": question.constr_mandatory,
            "choices": [
                {"id": choice.id, "name": choice.value or ""}
                for choice in question.suggested_answer_ids
            ],
            "rows": [
                {"id": row.id, "name": row.value or ""}
                for row in question.matrix_row_ids
            ],
            "is_multiple": kind == "multiple_choice"
            or (kind == "matrix" and question.matrix_subtype == "multiple"),
            "numbers": list(range(question.scale_min, question.scale_max + 1))
            if kind == "scale"
            else [],
            "ends": [question.scale_min_label or "", question.scale_max_label or ""],
            "has_note": kind in ("simple_choice", "multiple_choice", "matrix")
            and question.comments_allowed,
            "note_label": question.comments_message or "",
            "value": self._get_given(question, lines),
            "note": next((line.value_char_box for line in lines if _is_note(line)), ""),
        }

    @api.model
    def _get_given(self, question, lines):
        """Return what was answered, in the shape that ``save_answer`` takes."""
        kind = question.question_type
        told = [line for line in lines if not line.skipped and not _is_note(line)]
        if kind in ("simple_choice", "multiple_choice"):
            return [line.suggested_answer_id.id for line in told]
        if kind == "matrix":
            rows = {}
            for line in told:
                row = rows.setdefault(str(line.matrix_row_id.id), [])
                row.append(line.suggested_answer_id.id)
            return rows
        if not told:
            return ""
        value = told[0][f"value_{kind}"]
        if kind in ("date", "datetime"):
            return str(value or "")
        return value


def _is_note(line):
    """Return whether a line is the comment beside choices, no answer of its own."""
    choices = ("simple_choice", "multiple_choice", "matrix")
    return line.question_id.question_type in choices and line.answer_type == "char_box"
