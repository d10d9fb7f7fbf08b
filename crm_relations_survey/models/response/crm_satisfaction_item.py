from odoo import models

from odoo.addons.crm_relations.tools.sentences import join_words, tell_number

from ...tools.scoring import get_points

NUMBERS = {"scale": "value_scale", "numerical_box": "value_numerical_box"}
TEXTS = {"text_box": "value_text_box", "char_box": "value_char_box"}


class CrmSatisfactionItem(models.Model):
    """How an answer is read: as points, or as a remark."""

    _inherit = "crm.satisfaction.item"

    def _filter_lines(self, lines):
        """Return the lines that answer this question, or this row of a matrix."""
        if self.question_id.question_type == "matrix" and not self.row_id:
            return lines.browse()
        return lines.filtered(
            lambda line: (
                line.question_id == self.question_id
                and (
                    line.matrix_row_id == self.row_id
                    or line.answer_type != "suggestion"
                )
            )
        )

    def _read_lines(self, lines):
        """Return what the lines say: a score, a remark, both or nothing."""
        if self.kind == "comment":
            return [self._prepare_remark(text) for text in _get_texts(lines)]
        score = self._read_choices(lines) or self._read_number(lines)
        remarks = [self._prepare_remark(text) for text in self._get_remarks(lines)]
        return [*filter(None, [score]), *remarks]

    def _get_remarks(self, lines):
        """Return what was written beside a choice; for a matrix with its first row."""
        if self.row_id != self.question_id.matrix_row_ids[:1]:
            return []
        return _get_texts(lines)

    def _read_number(self, lines):
        for line in lines:
            name = NUMBERS.get(line.answer_type)
            if not name:
                continue
            raw = line[name]
            points = get_points(raw, self.low, self.high, self.is_reversed)
            if points is not None:
                return self._prepare_answer(points, raw, tell_number(raw))
        return None

    def _read_choices(self, lines):
        """Return the mean of the answers chosen that count."""
        chosen = self._find_choices(lines.suggested_answer_id)
        counted = chosen.filtered("is_counted")
        if not counted:
            return None
        points = sum(counted.mapped("points")) / len(counted)
        names = join_words(self.env, chosen.mapped("name"))
        return self._prepare_answer(points, points, names, low=0, high=100)

    def _find_choices(self, answers):
        return self.choice_ids.filtered(lambda choice: choice.answer_id in answers)

    def _prepare_answer(self, points, raw, text, **limits):
        return {
            "score": {
                "item_id": self.id,
                "factor_id": self.factor_id.id,
                "kind": self.kind,
                # One question is one in figures, whatever language it is asked in.
                "question": self.with_context(lang=self._get_kept_lang()).title,
                "answer": text,
                "points": points,
                "raw": raw,
                "low": self.low,
                "high": self.high,
                **limits,
            },
            "is_remark": False,
        }

    def _get_kept_lang(self):
        """Return the code of the language in which scores keep their question."""
        # Superuser: whoever answers, the language of the company.
        company = (self.study_id.company_id or self.env.company).sudo()
        return company.partner_id.lang or "en_US"

    def _prepare_remark(self, text):
        return {"score": {"kind": "comment", "answer": text}, "is_remark": True}


def _get_texts(lines):
    return [
        line[TEXTS[line.answer_type]].strip()
        for line in lines
        if line.answer_type in TEXTS and line[TEXTS[line.answer_type]].strip()
    ]
