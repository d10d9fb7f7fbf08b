from odoo import api, models
from odoo.tools import html2plaintext

CHOICES = ("simple_choice", "multiple_choice")


class CrmSatisfactionTalk(models.AbstractModel):
    """A question as the screen shows it."""

    _inherit = "crm.satisfaction.talk"

    @api.model
    def _get_questions(self, answer):
        answer = answer.with_context(lang=answer.lang_id.code or self.env.lang)
        lines = answer.user_input_line_ids
        given = lines.grouped("question_id")
        questions = answer.predefined_question_ids.sorted(
            lambda one: (one.page_id.sequence, one.page_id.id, one.sequence, one.id)
        )
        return [
            self._prepare_question(question, given.get(question, lines.browse()))
            for question in questions
        ]

    @api.model
    def _prepare_question(self, question, lines):
        return {
            "id": question.id,
            "page": question.page_id.title or "",
            "title": question.title or "",
            "help": html2plaintext(question.description or "").strip(),
            "kind": question.question_type,
            "is_needed": question.constr_mandatory,
            "choices": _name_each(question.suggested_answer_ids),
            "rows": _name_each(question.matrix_row_ids),
            "is_multiple": _takes_several(question),
            "numbers": _get_numbers(question),
            "ends": [question.scale_min_label or "", question.scale_max_label or ""],
            "value": self._get_given(question, lines),
            **_tell_note(question, lines),
        }

    @api.model
    def _get_given(self, question, lines):
        """Return what was answered, in the shape that ``save_answer`` takes."""
        kind = question.question_type
        told = [line for line in lines if not line.skipped and not _is_note(line)]
        if kind in CHOICES:
            return [line.suggested_answer_id.id for line in told]
        if kind == "matrix":
            return self._get_given_rows(told)
        return _get_value(kind, told[0]) if told else ""

    @api.model
    def _get_given_rows(self, told):
        rows = {}
        for line in told:
            row = rows.setdefault(str(line.matrix_row_id.id), [])
            row.append(line.suggested_answer_id.id)
        return rows


def _name_each(answers):
    return [{"id": answer.id, "name": answer.value or ""} for answer in answers]


def _has_choices(question):
    return question.question_type in (*CHOICES, "matrix")


def _takes_several(question):
    if question.question_type == "matrix":
        return question.matrix_subtype == "multiple"
    return question.question_type == "multiple_choice"


def _get_numbers(question):
    """Return what can be chosen on a scale; nothing of other questions."""
    if question.question_type != "scale":
        return []
    return list(range(question.scale_min, question.scale_max + 1))


def _get_value(kind, line):
    value = line[f"value_{kind}"]
    return str(value or "") if kind in ("date", "datetime") else value


def _tell_note(question, lines):
    """Return the comment beside choices: whether there is one, and what it says."""
    return {
        "has_note": _has_choices(question) and question.comments_allowed,
        "note_label": question.comments_message or "",
        "note": lines.filtered(_is_note)[:1].value_char_box or "",
    }


def _is_note(line):
    """Return whether a line is the comment beside choices, no answer of its own."""
    return _has_choices(line.question_id) and line.answer_type == "char_box"
