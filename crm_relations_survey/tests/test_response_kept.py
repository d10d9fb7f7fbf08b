from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common.response import ResponseCommon


@tagged("post_install", "-at_install")
class TestResponseKept(ResponseCommon):
    """A response stays what it was; what is asked once is answered once."""

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
