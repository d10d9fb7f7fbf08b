from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from odoo.addons.crm_relations.tools.sentences import join_words

from ...tools.choice_points import get_choice_points

BY_FACTOR = ("factor", "standard")
CHOICES = ("simple_choice", "multiple_choice", "matrix")
SCORED = (*CHOICES, "scale", "numerical_box")


class CrmSatisfactionItem(models.Model):
    """What an item takes from its question, and whether the two still fit."""

    _inherit = "crm.satisfaction.item"

    problem = fields.Char(
        compute="_compute_problem",
        help="Why the question gives no points, or wrong ones.",
    )
    question_type = fields.Selection(related="question_id.question_type")

    _range = models.Constraint(
        "CHECK (low < high)", "The worst answer is a smaller number than the best."
    )

    @api.depends(
        "kind",
        "factor_id.active",
        "low",
        "high",
        "choice_ids.answer_id",
        "question_id.question_type",
        "question_id.scale_min",
        "question_id.scale_max",
        "question_id.suggested_answer_ids",
        "row_id",
    )
    @api.depends_context("lang")
    def _compute_problem(self):
        for item in self:
            # Superuser: whoever reads a study need not read surveys.
            item.problem = item.sudo()._get_problem()

    def _get_problem(self):
        """Return what is wrong with the question, "" if it gives its points."""
        question = self.question_id
        kind = question.question_type
        if not question:
            return self.env._("The question is gone.")
        if kind == "matrix" and not self.row_id:
            return self.env._("The row of the matrix is gone.")
        if self.kind in BY_FACTOR and not self.factor_id.active:
            return self.env._("Choose a factor that is in use.")
        if self.kind == "comment":
            return ""
        if kind not in SCORED:
            return self.env._("This kind of question gives no points.")
        return self._get_answer_problem(question)

    def _get_answer_problem(self, question):
        if question.question_type == "scale":
            limits = (question.scale_min, question.scale_max)
            if limits != (self.low, self.high):
                return self.env._(
                    "The scale of the question goes from %(low)s to %(high)s.",
                    low=limits[0],
                    high=limits[1],
                )
        if question.question_type in CHOICES:
            unknown = question.suggested_answer_ids - self.choice_ids.answer_id
            if unknown:
                return self.env._(
                    "Say what these answers are worth: %s",
                    join_words(self.env, unknown.mapped("value")),
                )
        return ""

    @api.constrains("kind", "factor_id", "study_id")
    def _check_factor_id(self):
        for item in self.filtered("factor_id"):
            factor = item.factor_id
            fits = factor.is_standard == (item.kind == "standard")
            if (
                factor.study_id != item.study_id
                or item.kind not in BY_FACTOR
                or not fits
            ):
                raise ValidationError(
                    self.env._(
                        "“%(question)s” cannot speak of “%(factor)s”: factors and "
                        "standards have questions of their own, in their own study.",
                        question=item.title,
                        factor=factor.name,
                    )
                )

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.kind not in BY_FACTOR or self.factor_id.is_standard != (
            self.kind == "standard"
        ):
            self.factor_id = False

    @api.onchange("question_id", "row_id")
    def _onchange_question_id(self):
        if self.row_id.matrix_question_id != self.question_id:
            self.row_id = False
        if self.question_id:
            vals = self._prepare_question_vals(self.question_id, self.row_id)
            self.choice_ids = [Command.clear(), *vals.pop("choice_ids")]
            self.update(vals)

    def _take_titles(self):
        """Take the words of the questions in the other languages as well."""
        for code, _name in self.env["res.lang"].get_installed():
            for item in self.with_context(lang=code):
                item.title = item.row_id.value or item.question_id.title or item.title
                for choice in item.choice_ids.filtered("answer_id"):
                    choice.name = choice.answer_id.value or choice.name

    @api.model
    def _prepare_question_vals(self, question, row):
        """Return what an item takes from its question: title, limits and answers."""
        low, high = 0, 10
        if question.question_type == "scale":
            low, high = question.scale_min, question.scale_max
        elif question.question_type == "numerical_box" and question.validation_required:
            low = question.validation_min_float_value
            high = question.validation_max_float_value
        answers = question.suggested_answer_ids.filtered("value")
        points = get_choice_points(
            answers.mapped("value"), answers.mapped("answer_score")
        )
        return {
            "title": row.value or question.title,
            "low": low,
            "high": high if high > low else low + 10,
            "choice_ids": [
                Command.create(
                    {
                        "answer_id": answer.id,
                        "name": answer.value,
                        "sequence": sequence,
                        "points": worth,
                        "is_counted": is_counted,
                    }
                )
                for sequence, (answer, (worth, is_counted)) in enumerate(
                    zip(answers, points, strict=True)
                )
            ],
        }
