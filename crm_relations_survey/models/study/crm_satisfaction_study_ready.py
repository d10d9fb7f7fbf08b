from odoo import api, fields, models

from ...tools.ready_studies import (
    ALL_IN_ALL,
    BEST,
    DONE,
    LAST,
    NO,
    NOT_APPLICABLE,
    NOT_LIKELY,
    READY,
    RECOMMENDATION,
    SATISFACTION,
    VERY_LIKELY,
    WORST,
    YES,
)

SOURCE = "en_US"


class CrmSatisfactionStudy(models.Model):
    """Studies that are ready: made with one click, with the survey that they ask."""

    _inherit = "crm.satisfaction.study"

    ready_code = fields.Char(readonly=True, copy=False, export_string_translation=False)

    _ready_uniq = models.UniqueIndex(
        "(ready_code) WHERE ready_code IS NOT NULL", "This study is in use already."
    )

    @api.model
    def _use_ready(self, code):
        """Return the ready study of this code: that in use, taken out of the archive,
        or a new one."""
        # Superuser: it may be that of another company, and is there once.
        known = self.sudo().with_context(active_test=False)
        study = known.search([("ready_code", "=", code)]).sudo(False)
        if study:
            study.active = True
            study.survey_id.active = True
            return study
        maker = _Maker(self.with_context(lang=SOURCE), READY[code])
        study = maker.make()
        study.ready_code = code
        maker.translate()
        return self.browse(study.id)


class _Maker:
    """Makes a study with its factors, its survey and what each question says; keeps
    which words stand where, to write them in the other languages."""

    def __init__(self, studies, ready):
        self.env = studies.env
        self.ready = ready
        self.words = []  # (record, field, lazy words)
        self.sequence = 0

    def make(self):
        """Return the study."""
        ready = self.ready
        survey = self._create(
            "survey.survey",
            {"title": ready.title},
            {
                # Who was asked, or reads a code, answers; each once.
                "access_mode": "token",
                "users_login_required": False,
                "questions_layout": "page_per_section",
                "users_can_go_back": True,
                "scoring_type": "no_scoring",
                # Each is asked in his language, also one that is added later.
                "lang_ids": [],
            },
        )
        self.survey = survey
        self.study = self._create(
            "crm.satisfaction.study",
            {"name": ready.name},
            {"kind": ready.kind, "survey_id": survey.id, "company_id": False},
        )
        for name, weight, parts in ready.factors:
            self._make_factor(name, weight, parts)
        self._ask_page(DONE)
        for name in ready.standards:
            self._make_standard(name)
        self._ask_page(LAST)
        self._make_end()
        return self.study

    def translate(self):
        """Write the words in the other languages of the database."""
        for code, _name in self.env["res.lang"].get_installed():
            if code == SOURCE:
                continue
            env = self.env(context={**self.env.context, "lang": code})
            for record, field, words in self.words:
                record.with_env(env)[field] = env._(words)
        self.study.item_ids._take_titles()

    def _create(self, model, words, values):
        said = {field: self.env._(text) for field, text in words.items()}
        record = self.env[model].create({**values, **said})
        self.words += [(record, field, text) for field, text in words.items()]
        return record

    def _make_factor(self, name, weight, parts):
        factor = self._create_factor(name, weight=weight)
        self._ask_page(name)
        for part, part_weight in parts:
            made = self._create_factor(part, weight=part_weight, parent_id=factor.id)
            self._ask_scale(part, made)
        if not parts:
            self._ask_scale(name, factor)

    def _create_factor(self, name, **values):
        return self._create(
            "crm.satisfaction.factor",
            {"name": name},
            {"study_id": self.study.id, "sequence": self._next(), **values},
        )

    def _make_standard(self, name):
        factor = self._create_factor(name, is_standard=True)
        question = self._ask(name, "simple_choice")
        self._answer(question, (YES, NO, NOT_APPLICABLE))
        self._map(question, "standard", factor)

    def _make_end(self):
        overall = self._ask(ALL_IN_ALL, "simple_choice")
        self._answer(overall, SATISFACTION)
        self._map(overall, "csat")
        labels = {"scale_min_label": NOT_LIKELY, "scale_max_label": VERY_LIKELY}
        recommend = self._ask(RECOMMENDATION, "scale", labels, scale_min=0)
        self._map(recommend, "nps")
        self._map(self._ask(self.ready.low, "text_box"), "comment")

    def _ask_page(self, title):
        self._ask(title, False, is_page=True)

    def _ask_scale(self, title, factor):
        labels = {"scale_min_label": WORST, "scale_max_label": BEST}
        question = self._ask(title, "scale", labels, scale_min=1, scale_max=10)
        self._map(question, "factor", factor)

    def _ask(self, title, question_type, words=None, **values):
        return self._create(
            "survey.question",
            {"title": title, **(words or {})},
            {
                "survey_id": self.survey.id,
                "question_type": question_type,
                "sequence": self._next(),
                **values,
            },
        )

    def _answer(self, question, names):
        for sequence, name in enumerate(names):
            self._create(
                "survey.question.answer",
                {"value": name},
                {"question_id": question.id, "sequence": sequence},
            )

    def _map(self, question, kind, factor=None):
        items = self.env["crm.satisfaction.item"]
        none = self.env["survey.question.answer"]
        items.create(
            {
                **items._prepare_question_vals(question, none),
                "study_id": self.study.id,
                "question_id": question.id,
                "kind": kind,
                "factor_id": factor.id if factor else False,
                "sequence": question.sequence,
            }
        )

    def _next(self):
        self.sequence += 1
        return self.sequence
