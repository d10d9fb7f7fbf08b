import doctest

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import choice_points, choice_words, names
from .common.satisfaction import SatisfactionCommon


@tagged("post_install", "-at_install")
class TestStudyMap(SatisfactionCommon):
    """Which question speaks of which factor."""

    def _map(self, study=None):
        study = (study or self.study).with_user(self.spec)
        study.action_map_questions()
        return study

    def _choices(self, *words):
        return [Command.create({"value": word}) for word in words]

    def test_the_doctests(self):
        for module in (choice_points, choice_words, names):
            self.assertFalse(doctest.testmod(module).failed)

    def test_one_click_proposes_what_questions_speak_of(self):
        self.items.unlink()
        standard = self._create_factor("Greeted by name", is_standard=True)
        greeted = self._ask(
            "Greeted by name?",
            "simple_choice",
            suggested_answer_ids=self._choices("Yes", "No", "N/A"),
        )
        self.ask_csat.title = "All in all, how satisfied are you?"
        self._ask("When?", "date")
        waiting = self._ask("Minutes of waiting", "numerical_box")
        study = self._map()
        found = {item.question_id: item for item in study.item_ids}
        kinds = {question.title: item.kind for question, item in found.items()}
        self.assertEqual(
            kinds,
            {
                "Reception": "factor",
                "Delivery": "factor",
                "Would you recommend us?": "nps",
                "All in all, how satisfied are you?": "csat",
                "Anything else?": "comment",
                "Greeted by name?": "standard",
            },
        )
        self.assertEqual(found[self.ask_delivery].factor_id, self.delivery)
        self.assertEqual(found[greeted].factor_id, standard)
        worth = found[greeted].choice_ids.mapped(
            lambda one: (one.points, one.is_counted)
        )
        self.assertEqual(worth, [(100, True), (0, True), (0, False)])
        self.assertEqual(
            found[self.ask_csat].choice_ids.mapped("points"), [0, 25, 50, 75, 100]
        )
        self.assertEqual((study.unmapped_count, study.unmapped), (1, waiting.title))
        count = len(study.item_ids)
        self._map()
        self.assertEqual(len(study.item_ids), count)

    def test_a_name_of_signs_alone_is_that_of_no_question(self):
        self._create_factor("★★★")
        asked = self._ask("???", "simple_choice", suggested_answer_ids=self._choices())
        self.assertNotIn(asked, self._map().item_ids.question_id)

    def _create_service(self):
        """Return a study of a survey with two pages, and its question of two rows."""
        survey = self.env["survey.survey"].create({"title": "Service"})
        scale = {"scale_min": 1, "scale_max": 5}
        asked = [
            {"title": "Reception", "is_page": True},
            {"title": "Waiting time", "question_type": "scale", **scale},
            {"title": "Told what it costs", "question_type": "simple_choice"},
            {"title": "Workshop", "is_page": True},
            {"title": "How was", "question_type": "matrix"},
        ]
        asked[2]["suggested_answer_ids"] = self._choices("是", "否")
        asked[4]["suggested_answer_ids"] = self._choices("poor", "fair", "good")
        asked[4]["matrix_row_ids"] = self._choices("the work", "the price")
        questions = self.env["survey.question"].create(
            [
                {**values, "survey_id": survey.id, "sequence": number}
                for number, values in enumerate(asked, 1)
            ]
        )
        study = self.env["crm.satisfaction.study"].create(
            {"name": "Service", "survey_id": survey.id}
        )
        return study, questions[-1]

    def test_a_study_without_factors_gets_those_of_its_survey(self):
        study, matrix = self._create_service()
        study = self._map(study)
        tree = {
            (factor.name, factor.parent_id.name, factor.is_standard)
            for factor in study.factor_ids
        }
        self.assertEqual(
            tree,
            {
                ("Reception", False, False),
                ("Waiting time", "Reception", False),
                ("Told what it costs", False, True),
                ("Workshop", False, False),
                ("the work", "Workshop", False),
                ("the price", "Workshop", False),
            },
        )
        self.assertFalse(study.unmapped_count or study.problem_count)
        self.assertEqual(study.item_ids.row_id, matrix.matrix_row_ids)
        waiting = study.item_ids.filtered(lambda one: one.title == "Waiting time")
        self.assertEqual((waiting.low, waiting.high), (1, 5))

    def test_without_survey_there_is_nothing_to_map(self):
        self.study.survey_id = False
        with self.assertRaisesRegex(UserError, "Choose the survey"):
            self._map()
        self.assertFalse(self.study.unmapped_count)

    def test_what_does_not_fit_any_more_is_said(self):
        item = self.items[0]
        self.assertFalse(self.study.problem_count)
        self.ask_reception.scale_max = 5
        self.assertIn("0 to 5", item.problem)
        self.ask_csat.suggested_answer_ids = self._choices("6")
        self.assertIn("6", self.items[3].problem)
        self.delivery.active = False
        self.assertIn("in use", self.items[1].problem)
        self.ask_nps.unlink()
        self.assertEqual(self.items[2].problem, "The question is gone.")
        self.assertEqual(self.study.problem_count, 4)
        self.assertFalse(self.study.unmapped_count)

    def test_a_question_speaks_of_what_it_can(self):
        other = self.study.copy({"name": "Other"})
        standard = self._create_factor("Greeted", is_standard=True)
        for factor in (standard, other.factor_ids[0]):
            with self.assertRaisesRegex(ValidationError, "cannot speak of"):
                self.items[0].factor_id = factor
        with self.assertRaisesRegex(ValidationError, "cannot speak of"):
            self.items[2].factor_id = self.delivery
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.items[0].write({"low": 10, "high": 0})
            self.env.flush_all()

    def test_weights_are_shares_of_their_sum(self):
        self.assertEqual(self.delivery.share, 0.75)
        parts = [self._create_factor(n, parent_id=self.delivery.id) for n in "ab"]
        self.assertEqual([part.share for part in parts], [0.375] * 2)
        parts[0].weight = 0
        self.assertEqual([part.share for part in parts], [0, 0.75])
        self._create_factor("Minute", parent_id=self.reception.id, weight=9)
        self._create_factor("On time", is_standard=True, weight=9)
        self.assertEqual(self.delivery.share, 0.75, "a standard takes no share")
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            parts[0].weight = -1
            self.env.flush_all()

    def test_a_copy_has_the_tree_and_the_questions(self):
        part = self._create_factor("Waiting", parent_id=self.delivery.id)
        copied = self.study.copy()
        self.assertEqual(copied.name, "Purchase (copy)")
        waiting = copied.factor_ids.filtered(lambda one: one.name == part.name)
        self.assertEqual(waiting.parent_id.name, "Delivery")
        self.assertEqual(waiting.parent_id.study_id, copied)
        self.assertEqual(copied.item_ids.factor_id.study_id, copied)
        self.assertEqual(
            copied.item_ids.mapped("title"), self.study.item_ids.mapped("title")
        )
        self.assertEqual(len(copied.item_ids.choice_ids), 5)
        self.assertFalse(copied.problem_count)
        self.assertEqual(len(copied.factor_ids), len(self.study.factor_ids))
        self.assertEqual(self.study.copy({"sequence": 3}).name, "Purchase (copy)")
        self.assertEqual(self.study.copy({"name": "Own"}).name, "Own")

    def test_what_was_deleted_in_the_survey_keeps_its_words(self):
        self.ask_nps.unlink()
        self.study.item_ids._take_titles()
        self.assertIn("Would you recommend us?", self.study.item_ids.mapped("title"))
