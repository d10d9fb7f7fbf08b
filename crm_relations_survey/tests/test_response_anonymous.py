from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common.collect import CollectCommon
from .common.response import ResponseCommon

REPORTS = ("crm.satisfaction.report", "crm.satisfaction.score.report")
GROUPS = (
    *("user_id", "team_id", "company_id", "channel", "partner_id"),
    *("date:day", "date:month", "kind", "response_id"),
)


@tagged("post_install", "-at_install")
class TestResponseAnonymous(ResponseCommon, CollectCommon):
    """Five answers about the same salesperson are shown together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study.write({"is_anonymous": True, "minimum_count": 5})
        cls.customers = [
            cls._create_customer(f"Asked {number}", user_id=cls.sally.id)
            for number in range(11)
        ]
        cls.officer = new_test_user(
            cls.env, "officer", groups="survey.group_survey_manager,base.group_user"
        )
        cls.readers = (cls.spec, cls.rita, cls.adam, cls.max, cls.sally, cls.officer)

    def _give(self, *numbers, points=3, **values):
        """Return the answers of these customers."""
        found = self.env["crm.satisfaction.response"]
        for number in numbers:
            response = self._ask_for(partner=self.customers[number], **values)
            self._say(response, self.ask_reception, points)
            self._say(response, self.ask_delivery, points)
            self._say(response, self.ask_nps, points)
            self._say(response, self.ask_remark, f"It was me, {number}")
            response.user_input_id._mark_done()
            found |= response
        self.env.flush_all()
        return found

    def _count(self, user=None, model="crm.satisfaction.report"):
        reports = self.env[model].with_user(user or self.spec)
        [row] = reports.formatted_read_group(
            [("study_id", "=", self.study.id)], [], ["answer_count:sum"]
        )
        return row["answer_count:sum"] or 0

    def assertUnread(self, records):
        """Nobody reads these by any way of Odoo's."""
        for user in self.readers:
            for record in records.with_user(user):
                self._check_refused(record)
            model = records.browse().with_user(user)
            if model.has_access("read"):
                self._check_unfound(model, [("id", "in", records.ids)])

    def _check_refused(self, record):
        for read in (
            record.read,
            lambda: record.web_read({"id": {}, "create_date": {}}),
            lambda: record.export_data(["id", "create_date"]),
            record.copy_data,
        ):
            # Who may not export at all is refused with other words.
            with self.assertRaises(UserError):
                read()

    def _check_unfound(self, model, domain):
        self.assertFalse(model.search(domain))
        self.assertFalse(model.search_read(domain))
        self.assertFalse(model.name_search("", domain))
        self.assertFalse(model.formatted_read_group(domain, ["id"], ["__count"]))
        self.assertFalse(model.search_count(domain))

    def test_no_answer_is_read_on_its_own_by_anybody(self):
        answers = self._give(*range(5))
        self.assertUnread(answers)
        self.assertUnread(answers.score_ids)
        self.assertUnread(answers.user_input_id)
        self.assertUnread(answers.user_input_id.user_input_line_ids)

    def test_below_the_minimum_no_figure_counts_any(self):
        self._give(*range(4))
        for user in self.readers[:-1]:
            for model in REPORTS:
                self.assertFalse(self.env[model].with_user(user).search([]))
                self.assertEqual(self._count(user, model), 0)
        self.assertEqual(self.study.with_user(self.spec).waiting_count, 4)
        self.assertEqual(self.study.with_user(self.spec).response_count, 4)

    def test_with_enough_all_are_counted_at_once(self):
        self._give(*range(5))
        self.assertEqual(self._count(), 5)
        self.assertEqual(self._count(self.sally), 5)
        self.assertEqual(self._count(self.sam), 0)
        self.assertEqual(self.study.with_user(self.spec).waiting_count, 0)
        self._give(5)
        self.assertEqual(self._count(), 5, "the next ones wait again")

    def test_answers_about_different_people_are_no_lot(self):
        self._give(*range(4))
        self._give(4, 5, user_id=self.sam.id)
        self.assertEqual(self._count(), 0)

    def test_no_group_and_no_difference_of_groups_is_smaller_than_a_lot(self):
        self._give(*range(3), points=2)
        self._give(3, channel="email")
        self._give(*range(4, 10), points=9, user_id=self.sam.id)
        self._give(10)
        measures = dict(zip(REPORTS, ("sum", "count_distinct"), strict=True))
        for model, how in measures.items():
            lines = self.env[model].with_user(self.spec)
            for name in GROUPS:
                rows = lines.formatted_read_group(
                    [("study_id", "=", self.study.id)],
                    [name],
                    [f"answer_count:{how}"],
                )
                self.assertTrue(rows)
                for row in rows:
                    self.assertGreaterEqual(row[f"answer_count:{how}"], 5, name)

    def test_what_is_shown_leads_to_nobody(self):
        answers = self._give(*range(5))
        for model in REPORTS:
            lines = self.env[model].with_user(self.spec).search([])
            self.assertTrue(lines)
            self.assertFalse(lines.response_id or lines.partner_id)
            self.assertFalse(any(lines.mapped("channel")))
            self.assertEqual(len(set(lines.mapped("date"))), 1)
            with self.assertRaises(UserError):
                lines[0].action_open_source()
            partner = [("partner_id", "in", answers.partner_id.ids)]
            self.assertFalse(lines.search(partner))
            self.assertFalse(lines.search([("response_id", "in", answers.ids)]))
        scores = self.env["crm.satisfaction.score.report"].with_user(self.spec)
        self.assertFalse(any(scores.search([]).mapped("answer")))

    def test_numbers_of_lines_do_not_tell_the_order_of_answers(self):
        answers = self._give(*range(5))
        self.assertEqual(set(answers.mapped("shown_as")), set(answers.ids))
        scores = answers.score_ids
        self.assertEqual(set(scores.mapped("shown_as")), set(scores.ids))

    def test_no_search_through_other_models_tells_what_was_answered(self):
        answers = self._give(*range(5), points=1)
        studies = self.study.with_user(self.spec)
        for domain in (
            [("response_ids.points", "<", 50)],
            [("response_ids.partner_id", "in", answers.partner_id.ids)],
            [("response_ids.score_ids.points", "<", 50)],
        ):
            self.assertFalse(studies.search(domain), domain)
        surveys = self.survey.with_user(self.officer)
        self.assertFalse(
            surveys.search([("user_input_ids.partner_id", "=", self.customers[0].id)])
        )
        self.assertFalse(studies.read(["response_ids"])[0]["response_ids"])

    def test_no_customer_tells_it(self):
        response = self._give(0, points=1)
        customer = self.customers[0].with_user(self.sally)
        self.assertFalse(customer.satisfaction_last)
        self.assertFalse(customer.satisfaction_count)
        history = str(customer.get_history())
        self.assertNotIn("It was me", history)
        self.assertNotIn(self.study.name, history)
        self.assertFalse(customer.get_overview()["satisfaction"])
        evidence = self.env.execute_query(
            customer._get_satisfaction_evidence(customer.ids)
        )
        self.assertFalse(evidence)
        self.assertTrue(response.is_low, "else the test says nothing")

    def test_a_low_one_alarms_nobody(self):
        response = self._give(0, points=1)
        self.assertTrue(response.is_low)
        self.assertFalse(response.loop_state)
        self.assertFalse(response.loop_activity_id or response.loop_callback_id)

    def test_the_key_of_the_customer_opens_nothing_afterwards(self):
        response = self._ask_for(partner=self.customers[0])
        key = response.user_input_id.access_token
        self._say(response, self.ask_reception, 3)
        response.user_input_id._mark_done()
        self.assertNotEqual(response.user_input_id.access_token, key)
        self.assertFalse(response.url)

    def test_a_correction_stays_in_its_lot(self):
        answers = self._give(*range(5))
        day = answers[0].answered_on
        answers[2].user_input_id._mark_done()
        self.assertEqual(self._count(), 5)
        self.assertEqual(answers[2].answered_on, day)
        self.assertEqual(set(answers[2].score_ids.mapped("answered_on")), {day})
        scores = answers[2].score_ids
        self.assertEqual(set(scores.mapped("shown_as")), set(scores.ids))

    def test_nobody_of_us_fills_it_with_the_customer(self):
        for channel in ("callback", "face"):
            refusals = self.study._get_ask_refusals(self.customers[0], channel, "x")
            self.assertEqual(refusals[self.customers[0].id][0], "blocked")
        self.assertFalse(
            self.study._get_ask_refusals(self.customers[0], "link", "hand")
        )
        rule = self._create_rule(
            trigger="delivery", study_id=self.study.id, ask_by="sms"
        )
        with self.assertRaises(ValidationError):
            rule.ask_by = "call"

    def test_whether_it_is_anonymous_stays_once_somebody_has_answered(self):
        self._give(0)
        with self.assertRaises(ValidationError):
            self.study.with_user(self.spec).is_anonymous = False
        self.study.with_user(self.spec).write({"is_anonymous": True, "name": "New"})

    def test_no_named_answers_become_anonymous(self):
        self.study.is_anonymous = False
        self._give(0)
        with self.assertRaises(ValidationError):
            self.study.is_anonymous = True

    def test_a_minimum_below_five_is_refused(self):
        with self.assertRaises(ValidationError):
            self.study.minimum_count = 4
        with self.assertRaises(ValidationError):
            self.study.kind = "check"

    def test_the_ranking_says_how_many_wait_and_no_figure(self):
        self._give(*range(3))
        board = self.env["crm.satisfaction.board"].with_user(self.spec)
        [line] = board.get_board(self.study.id)["ranking"]
        self.assertEqual(line["name"], self.sally.name)
        self.assertIn("3", line["few"])
        self.assertIsNone(line["index"])
        self.assertFalse(line["place"])
        others = board.with_user(self.sam).get_board(self.study.id)
        self.assertFalse(others["ranking"], "nobody else's")

    def test_a_plan_measures_whole_lots_only(self):
        self._give(*range(4), points=8)
        plans = self.env["crm.satisfaction.plan"].with_user(self.spec)
        values = {"study_id": self.study.id, "factor_id": self.delivery.id}
        values |= {"cause": "Late", "measure": "Early"}
        self.assertEqual(plans.create(values).last_count, 0)
        self._give(4, points=8)
        self.assertEqual(plans.create(values).last_count, 5)

    def test_a_study_with_names_is_as_it_was(self):
        self.study.is_anonymous = False
        response = self._give(0)
        self.assertEqual(self._count(), 1)
        self.assertEqual(response.with_user(self.sally).points, 30)
        lines = self.env["crm.satisfaction.report"].with_user(self.spec).search([])
        self.assertEqual(lines.response_id, response)
        self.assertEqual(lines.partner_id, self.customers[0])
