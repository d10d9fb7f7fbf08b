from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common.satisfaction import SatisfactionCommon


@tagged("post_install", "-at_install")
class TestResponse(SatisfactionCommon, HttpCase):
    """What customers answer becomes a response with scores."""

    def _open(self, **values):
        """Return an empty survey, as superuser."""
        return self.env["survey.user_input"].create(
            {"survey_id": self.survey.id, "partner_id": self.customer.id, **values}
        )

    def _fill(self, answers, opened=None, **values):
        """Return the response to ``{question: answer}``."""
        opened = opened or self._open(**values)
        for question, answer in answers.items():
            opened._save_lines(question, answer)
        opened._mark_done()
        return self._find(opened)

    def _find(self, opened):
        return self.env["crm.satisfaction.response"].search(
            [("user_input_id", "in", opened.ids)]
        )

    def _choose(self, number):
        return self.ask_csat.suggested_answer_ids[number - 1].id

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

    def _map(self, question, factor, **values):
        return self.env["crm.satisfaction.item"].create(
            self._prepare_item(question, factor_id=factor.id, **values)
        )

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

    def test_matrix_rows_numbers_and_several_choices(self):
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
        bad, fair, good = matrix.suggested_answer_ids
        choices = [
            Command.create({"answer_id": answer.id, "name": answer.value, "points": p})
            for answer, p in ((bad, 0), (fair, 50), (good, 100))
        ]
        several = self._ask(
            "What did you like?",
            "multiple_choice",
            suggested_answer_ids=[
                Command.create({"value": word}) for word in ("a", "b", "does not apply")
            ],
        )
        like = zip(several.suggested_answer_ids, (100, 50, 0), strict=True)
        self._map(matrix, self.reception, row_id=coffee.id, choice_ids=choices)
        self._map(matrix, self.delivery, row_id=room.id, choice_ids=choices)
        item = self._map(
            several,
            self.delivery,
            choice_ids=[
                Command.create(
                    {
                        "answer_id": answer.id,
                        "name": answer.value,
                        "points": points,
                        "is_counted": bool(points),
                    }
                )
                for answer, points in like
            ],
        )
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

    def test_scores_stay_when_question_answer_or_survey_go(self):
        response = self._fill(
            {self.ask_reception: "9", self.ask_csat: str(self._choose(2))}
        )
        kept = ("question", "answer", "points", "raw", "low", "high", "factor_id")
        before = response.score_ids.read(kept)
        self.ask_csat.suggested_answer_ids[1].unlink()
        self.ask_reception.unlink()
        self.assertEqual(response.score_ids.read(kept), before)
        response.user_input_id.unlink()
        self.assertEqual(response.score_ids.read(kept), before)
        self.survey.unlink()
        self.items.unlink()
        self.assertEqual(response.score_ids.read(kept), before)
        self.assertAlmostEqual(response.points, 90)

    def test_whoever_stays_unknown_is_nobody(self):
        response = self._fill({self.ask_nps: "3"}, partner_id=False)
        self.assertFalse(response.partner_id or response.user_id)
        self.assertTrue(response.is_low)
        colleague = self._fill({self.ask_nps: "3"}, partner_id=self.anna.partner_id.id)
        self.assertFalse(colleague.partner_id)
        person = self._fill({self.ask_nps: "3"}, partner_id=self.person.id)
        self.assertEqual(person.partner_id, self.customer)
        self.assertEqual(person.person_id, self.person)

    def test_the_study_of_the_company_comes_first(self):
        company = self.env["res.company"].create({"name": "South"})
        own = self.study.copy({"company_id": company.id, "survey_id": self.survey.id})
        self.assertEqual(self._fill({}).study_id, self.study)
        self.customer.company_id = company
        response = self._fill({})
        self.assertEqual(response.study_id, own)
        self.assertEqual(response.company_id, company)

    def test_the_day_is_that_of_the_company(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "Shanghai", "tz": "Asia/Shanghai"}
        )
        self.env.company.resource_calendar_id = calendar
        opened = self._open()
        opened._mark_done()
        opened.end_datetime = datetime(2026, 3, 1, 20)
        response = self._fill({}, opened)
        opened.end_datetime = datetime(2026, 3, 1, 20)
        response._take_answers(opened)
        self.assertEqual(str(response.answered_on), "2026-03-02")

    def test_what_was_asked_is_answered_once(self):
        opened = self._open()
        asked = self.env["crm.satisfaction.response"].create(
            {
                "study_id": self.study.id,
                "user_input_id": opened.id,
                "partner_id": self.customer.id,
                "user_id": self.anna.id,
                "company_id": self.company.id,
                "channel": "face",
                "asked_at": fields.Datetime.now() - timedelta(days=1),
            }
        )
        response = self._fill({self.ask_nps: "10"}, opened)
        self.assertEqual(response, asked)
        self.assertEqual((asked.state, asked.channel), ("answered", "face"))
        self.assertEqual(asked.score_ids.user_id, self.anna)

    def test_a_new_mapping_scores_again_and_tells_nobody(self):
        self.items[1].unlink()
        response = self._fill({self.ask_reception: "9", self.ask_delivery: "1"})
        self.assertFalse(response.is_low)
        self.study.survey_id = False
        early = self._open()
        early._save_lines(self.ask_nps, "2")
        early._mark_done()
        tried = self._open(test_entry=True)
        tried._mark_done()
        self.assertFalse(self._find(early))
        self.study.survey_id = self.survey
        self._map(self.ask_delivery, self.delivery)
        study = self.study.with_user(self.spec)
        self.assertEqual((study.response_count, study.untaken_count), (1, 1))
        told = self._watch("_answered")
        study.action_score_again()
        self.assertAlmostEqual(response.points, (90 + 3 * 10) / 4)
        self.assertEqual(self._find(early).nps, 2)
        study.invalidate_recordset()
        counts = (study.response_count, study.low_count, study.untaken_count)
        self.assertEqual(counts, (2, 2, 0))
        for action, count in (
            (study.action_open_responses(), 2),
            (study.action_open_low(), 2),
        ):
            found = self.env["crm.satisfaction.response"].search(action["domain"])
            self.assertEqual(len(found), count)
        self.assertFalse(told)

    def _watch(self, name):
        """Return the list of recordsets for which a hook is called from now on."""
        told = []
        self.patch(
            self.env.registry["crm.satisfaction.response"],
            name,
            lambda responses: told.append(responses),
        )
        return told

    def test_rooms_learn_of_answers_once_and_of_those_that_become_low(self):
        told = self._watch("_answered")
        response = self._fill({self.ask_nps: "9"})
        self._fill({self.ask_nps: "10"}, response.user_input_id)
        self.assertEqual(told, [response])
        self._fill({self.ask_nps: "0"}, response.user_input_id)
        self._fill({self.ask_nps: "1"}, response.user_input_id)
        self.assertEqual(told, [response, response])

    def test_what_was_answered_keeps_its_factor_and_study(self):
        self._fill({self.ask_reception: "9"})
        for records in (self.reception, self.study):
            with self.assertRaisesRegex(UserError, "archive it"):
                records.with_user(self.spec).unlink()

    def test_many_are_taken_in_like_few(self):
        def fill(count):
            opened = self.env["survey.user_input"].create(
                [
                    {
                        "survey_id": self.survey.id,
                        "partner_id": self.customer.id,
                        "state": "done",
                        "end_datetime": datetime(2026, 3, 2, 9),
                        "user_input_line_ids": [
                            Command.create(
                                {
                                    "question_id": question.id,
                                    "answer_type": "scale",
                                    "value_scale": 7,
                                }
                            )
                            for question in (self.ask_reception, self.ask_delivery)
                        ],
                    }
                    for _number in range(count)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            responses = self.env["crm.satisfaction.response"]._take_answers(opened)
            self.env.flush_all()
            self.assertEqual(set(responses.mapped("points")), {70})
            self.assertEqual(len(responses), count)
            return self.env.cr.sql_log_count - before

        fill(1)
        self.assertEqual(fill(2), fill(40))
