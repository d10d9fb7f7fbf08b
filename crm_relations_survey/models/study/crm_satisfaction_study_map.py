from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.crm_relations.tools.sentences import join_label

from ...tools.choice_points import is_yes_or_no
from ...tools.names import OVERALL, RECOMMEND, get_key
from .crm_satisfaction_item_question import SCORED

BOXES = 5  # of a question about overall satisfaction


class CrmSatisfactionStudy(models.Model):
    """Which question speaks of which factor: proposed with one click, and what is left
    is named."""

    _inherit = "crm.satisfaction.study"

    unmapped_count = fields.Integer(compute="_compute_unmapped")
    unmapped = fields.Text(
        string="Not Mapped",
        compute="_compute_unmapped",
        help="Questions, or rows of a matrix, of which nothing is known: their answers "
        "give no points.",
    )
    problem_count = fields.Integer(compute="_compute_problem_count")

    @api.depends(
        "item_ids.question_id",
        "item_ids.row_id",
        "survey_id.question_and_page_ids.matrix_row_ids",
        "survey_id.question_and_page_ids.question_type",
    )
    def _compute_unmapped(self):
        for study in self:
            # Superuser: whoever reads a study need not read surveys.
            left = study.sudo()._get_unmapped()
            study.unmapped_count = len(left)
            study.unmapped = "\n".join(
                join_label(self.env, question.title, row.value)
                if row
                else question.title
                for question, row in left
            )

    @api.depends("item_ids.problem")
    def _compute_problem_count(self):
        for study in self:
            study.problem_count = len(study.item_ids.filtered("problem"))

    def _get_unmapped(self):
        """Return ``[(question, row)]`` of which no item speaks; ``row`` is empty unless
        the question is a matrix. Questions that say nothing of satisfaction are not
        among them."""
        known = {(item.question_id, item.row_id) for item in self.item_ids}
        none = self.env["survey.question.answer"]
        asked = [
            (question, row)
            for question in self.survey_id.question_ids
            if question.question_type in (*SCORED, "text_box")
            for row in (
                question.matrix_row_ids
                if question.question_type == "matrix"
                else [none]
            )
        ]
        return [pair for pair in asked if pair not in known]

    def action_map_questions(self):
        """Propose for each question that is not mapped yet what it speaks of. A study
        without factors gets them from the sections and questions of its survey."""
        self.ensure_one()
        if not self.survey_id:
            raise UserError(self.env._("Choose the survey of the study first."))
        left = self._get_unmapped()
        if not self.factor_ids:
            self._make_factors(left)
        names = self.factor_ids._get_by_names()
        vals_list = []
        for question, row in left:
            vals = self._propose(question, row, names)
            if vals:
                vals_list.append(
                    vals
                    | self.env["crm.satisfaction.item"]._prepare_question_vals(
                        question, row
                    )
                )
        self.env["crm.satisfaction.item"].create(vals_list)._take_titles()

    def _propose(self, question, row, names):
        """Return what a question is likely to speak of; None if nobody knows.

        :param names: see ``_get_by_names`` of factors
        """
        base = {
            "study_id": self.id,
            "question_id": question.id,
            "row_id": row.id,
            "sequence": question.sequence,
        }
        kind = self._guess_kind(question, row)
        if kind:
            return base | {"kind": kind}
        factor = names.get(get_key(row.value or question.title))
        if not factor:
            return None
        kind = "standard" if factor.is_standard else "factor"
        return base | {"kind": kind, "factor_id": factor.id}

    @api.model
    def _guess_kind(self, question, row):
        """Return nps, csat or comment if the question is one of them, else None."""
        if question.question_type == "text_box":
            return "comment"
        if _asks_to_recommend(question):
            return "nps"
        return "csat" if _asks_overall(question) else None

    def _make_factors(self, asked):
        """Make a factor of each section with its questions as parts; questions that
        belong to no section are factors themselves."""
        asked = [pair for pair in asked if not self._guess_kind(*pair)]
        pages = list(dict.fromkeys(q.page_id for q, _row in asked if q.page_id))
        factors = self.env["crm.satisfaction.factor"]
        parents = factors.create(
            [
                {"study_id": self.id, "name": page.title, "sequence": place}
                for place, page in enumerate(pages)
            ]
        )
        named = {get_key(page.title): None for page in pages}
        for question, row in asked:
            named.setdefault(get_key(row.value or question.title), (question, row))
        of_page = dict(zip(pages, parents.ids, strict=True))
        factors.create(
            [
                {**self._prepare_part_vals(*pair, of_page), "sequence": 100 + place}
                for place, pair in enumerate(filter(None, named.values()))
            ]
        )

    def _prepare_part_vals(self, question, row, of_page):
        """Return the values of the factor, or standard, of a question.

        :param of_page: ``{section: id of its factor}``
        """
        is_standard = is_yes_or_no(question.suggested_answer_ids.mapped("value"))
        return {
            "study_id": self.id,
            "name": row.value or question.title,
            "parent_id": not is_standard and of_page.get(question.page_id),
            "is_standard": is_standard,
        }

    def action_open_survey(self):
        """Open the questions in Odoo's surveys."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "survey.survey",
            "res_id": self.survey_id.id,
            "view_mode": "form",
        }


def _asks_to_recommend(question):
    limits = (question.scale_min, question.scale_max)
    is_scale = question.question_type == "scale" and limits == (0, 10)
    return is_scale and RECOMMEND.search(question.title or "")


def _asks_overall(question):
    boxes = len(question.suggested_answer_ids)
    is_choice = question.question_type == "simple_choice" and boxes == BOXES
    return is_choice and OVERALL.search(question.title or "")
