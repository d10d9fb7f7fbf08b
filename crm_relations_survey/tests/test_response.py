from datetime import datetime

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common.response import ResponseCommon


@tagged("post_install", "-at_install")
class TestResponse(ResponseCommon, HttpCase):
    """What customers answer becomes a response with scores."""

    def _submit(self, opened, answers):
        """Send a page over the public route; return what comes back."""
        path = f"{self.survey.access_token}/{opened.access_token}"
        if opened.state == "new":
            self.make_jsonrpc_request(f"/survey/begin/{path}", {})
        answers = {str(question.id): answer for question, answer in answers.items()}
        return self.make_jsonrpc_request(
            f"/survey/submit/{path}", {"token": opened.access_token, **answers}
        )

    def _require(self, *questions):
        for question in questions:
            question.constr_mandatory = True

    def test_an_answer_is_scored_by_its_factors(self):
        self.customer.user_id = self.anna
        response = self._fill(
            {
                self.ask_reception: "10",
                self.ask_delivery: "6",
                self.ask_nps: "9",
                self.ask_csat: str(self._choose(4)),
                self.ask_remark: "Thank you",
            }
        )
        self.assertEqual(response.state, "answered")
        self.assertEqual(response.study_id, self.study)
        self.assertAlmostEqual(response.points, (1 * 100 + 3 * 60) / 4)
        self.assertEqual((response.nps, response.csat), (9, 75))
        self.assertEqual(response.comment, "Thank you")
        self.assertFalse(response.is_low)
        self.assertEqual(response.user_id, self.anna)
        self.assertEqual(response.partner_id, self.customer)
        scores = response.score_ids
        self.assertEqual(scores.mapped("kind"), ["factor", "factor", "nps", "csat"])
        self.assertEqual(scores.mapped("answer"), ["10", "6", "9", "4"])
        self.assertEqual(scores.factor_id, self.reception + self.delivery)
        self.assertEqual(set(scores.mapped("answered_on")), {response.answered_on})
        self.assertEqual(scores.user_id, self.anna)

    def test_nothing_answered_is_no_zero(self):
        response = self._fill({self.ask_reception: "", self.ask_remark: ""})
        self.assertEqual(response.state, "answered")
        self.assertFalse(response.has_points or response.has_nps or response.has_csat)
        self.assertFalse(response.score_ids)
        self.assertFalse(response.is_low)

    def test_zero_is_an_answer_on_mandatory_questions_over_http(self):
        """PR 43 of OCA/survey: the angriest customers could not answer."""
        number = self._ask("How long did you wait?", "numerical_box")
        self._require(self.ask_reception, self.ask_nps, number)
        self._map(number, self.delivery)
        self.survey.questions_layout = "one_page"
        for zero in ("0", 0, 0.0):
            with self.subTest(zero=zero):
                opened = self._open()
                asked = (self.ask_reception, self.ask_nps, number)
                result = self._submit(opened, dict.fromkeys(asked, zero))
                self.assertNotIn("error", result[1])
                response = self._find(opened)
                self.assertEqual(response.points, 0)
                self.assertTrue(response.has_points and response.has_nps)
                self.assertEqual((response.nps, response.is_low), (0, True))
                self.assertEqual(response.score_ids.mapped("answer"), ["0"] * 3)

    def test_what_is_no_answer_on_a_scale_is_refused_over_http(self):
        number = self._ask("How long did you wait?", "numerical_box")
        self.survey.questions_layout = "one_page"
        for question, answer in (
            *(
                (self.ask_nps, text)
                for text in ("11", "-1", "5.5", "a", 11, ["1", "2"])
            ),
            *((number, text) for text in ("nan", "inf", "many", ["1", "2"])),
        ):
            with self.subTest(question=question.title, answer=answer):
                opened = self._open()
                result = self._submit(opened, {question: answer})
                self.assertEqual(result[1]["error"], "validation")
                self.assertFalse(self._find(opened))

    def test_a_skipped_mandatory_question_is_still_refused(self):
        self._require(self.ask_reception)
        self.survey.questions_layout = "one_page"
        for nothing in ("", False, None, " "):
            result = self._submit(self._open(), {self.ask_reception: nothing})
            self.assertEqual(result[1]["error"], "validation", nothing)

    def test_going_back_and_correcting_replaces_the_scores(self):
        self.survey.write(
            {"questions_layout": "page_per_question", "users_can_go_back": True}
        )
        self._require(self.ask_reception)
        opened = self._open()
        path = f"{self.survey.access_token}/{opened.access_token}"
        self.make_jsonrpc_request(f"/survey/begin/{path}", {})
        for question, answer, back in (
            (self.ask_reception, "9", False),
            (self.ask_delivery, "8", self.ask_reception),
            (self.ask_reception, "0", False),
            (self.ask_delivery, "2", False),
            (self.ask_nps, 0, False),
            (self.ask_csat, "", False),
            (self.ask_remark, "", False),
        ):
            params = {"question_id": question.id, str(question.id): answer}
            if back:
                params["previous_page_id"] = back.id
            self.make_jsonrpc_request(f"/survey/submit/{path}", params)
        response = self._find(opened)
        self.assertEqual(response.score_ids.mapped("answer"), ["0", "2", "0"])
        self.assertAlmostEqual(response.points, (1 * 0 + 3 * 20) / 4)

    def test_a_correction_replaces_the_scores(self):
        response = self._fill({self.ask_reception: "9", self.ask_delivery: "9"})
        again = self._fill({self.ask_delivery: "1"}, response.user_input_id)
        self.assertEqual(again, response)
        self.assertEqual(response.score_ids.mapped("answer"), ["9", "1"])
        self.assertTrue(response.is_low)
        self._fill({self.ask_delivery: ""}, response.user_input_id)
        self.assertEqual(response.score_ids.mapped("answer"), ["9"])

    def test_an_answer_nobody_asked_for_counts_from_when_it_was_begun(self):
        begun = datetime(2026, 3, 2, 9)
        response = self._fill({self.ask_reception: "9"}, start_datetime=begun)
        self.assertEqual(response.asked_at, begun)

    def test_tries_and_other_surveys_make_nothing(self):
        tried = self._fill({self.ask_reception: "9"}, test_entry=True)
        self.assertFalse(tried)
        other = self.survey.copy()
        opened = self._open(survey_id=other.id)
        opened._mark_done()
        self.assertFalse(self._find(opened))

    def test_a_question_whose_condition_is_not_met_any_more_does_not_count(self):
        late = self._ask(
            "How late?",
            "simple_choice",
            suggested_answer_ids=[Command.create({"value": "An hour"})],
        )
        late.triggering_answer_ids = self.ask_csat.suggested_answer_ids[0]
        later = self._ask("What then?", "scale")
        later.triggering_answer_ids = late.suggested_answer_ids
        self._map(later, self.delivery)
        opened = self._open()
        opened._save_lines(self.ask_csat, str(self._choose(1)))
        opened._save_lines(late, str(late.suggested_answer_ids.id))
        opened._save_lines(later, "1")
        met = self._fill({}, opened)
        self.assertEqual(met.points, 10)
        opened._save_lines(self.ask_csat, str(self._choose(5)))
        changed = self._fill({}, opened)
        self.assertEqual(changed, met)
        self.assertFalse(changed.has_points)
        self.assertEqual(changed.score_ids.mapped("kind"), ["csat"])

    def _ask_of_coffee_and_room(self):
        """Return a matrix: the coffee is reception, the room delivery."""
        matrix = self._ask(
            "How was",
            "matrix",
            suggested_answer_ids=[
                Command.create({"value": word}) for word in ("bad", "fair", "good")
            ],
            matrix_row_ids=[
                Command.create({"value": word}) for word in ("the coffee", "the room")
            ],
        )
        coffee, room = matrix.matrix_row_ids
        worth = zip(matrix.suggested_answer_ids, (0, 50, 100), strict=True)
        choices = [
            Command.create({"answer_id": answer.id, "name": answer.value, "points": p})
            for answer, p in worth
        ]
        self._map(matrix, self.reception, row_id=coffee.id, choice_ids=choices)
        self._map(matrix, self.delivery, row_id=room.id, choice_ids=choices)
        return matrix

    def _ask_what_was_liked(self):
        """Return a question of several choices, of which the last does not count, and
        how it is mapped."""
        several = self._ask(
            "What did you like?",
            "multiple_choice",
            suggested_answer_ids=[
                Command.create({"value": word}) for word in ("a", "b", "does not apply")
            ],
        )
        worth = zip(several.suggested_answer_ids, (100, 50, 0), strict=True)
        choices = [
            Command.create(
                {
                    "answer_id": answer.id,
                    "name": answer.value,
                    "points": points,
                    "is_counted": bool(points),
                }
            )
            for answer, points in worth
        ]
        return several, self._map(several, self.delivery, choice_ids=choices)

    def test_matrix_rows_numbers_and_several_choices(self):
        matrix = self._ask_of_coffee_and_room()
        several, item = self._ask_what_was_liked()
        coffee, room = matrix.matrix_row_ids
        bad, _fair, good = matrix.suggested_answer_ids
        opened = self._open()
        opened._save_lines(
            matrix,
            {str(coffee.id): [str(good.id)], str(room.id): [str(bad.id)]},
            comment="Cold",
        )
        opened._save_lines(
            several, [str(one) for one in several.suggested_answer_ids.ids]
        )
        response = self._fill({}, opened)
        points = {score.question: score.points for score in response.score_ids}
        self.assertEqual(points, {"How was": 0, "What did you like?": 75})
        by_factor = {
            (score.factor_id.name, score.points) for score in response.score_ids
        }
        self.assertEqual(
            by_factor, {("Reception", 100), ("Delivery", 0), ("Delivery", 75)}
        )
        self.assertEqual(response.comment, "Cold")
        several_score = response.score_ids.filtered(lambda one: one.item_id == item)
        self.assertEqual(several_score.answer, "a, b, does not apply")

    def test_a_survey_belongs_to_no_study_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.study.company_id = other
        answer = self.env["survey.user_input"].new(
            {"survey_id": self.survey.id, "partner_id": self.customer.id}
        )
        self.customer.company_id = self.company
        self.assertFalse(self.study._find_study_of(answer))
        self.customer.company_id = other
        self.assertEqual(self.study._find_study_of(answer), self.study)
