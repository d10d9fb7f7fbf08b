"""CO-12: what a complaint does to the customer's ladder, care, calls and release."""

from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common.effects import EffectsCommon


@tagged("post_install", "-at_install")
class TestEffectsCustomer(EffectsCommon):
    def _get_evidence(self, customer=None):
        """Return ``{complaint id: (kind, factor)}`` of the customer."""
        customer = customer or self.customer
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT * FROM (%s) AS piece WHERE kind LIKE 'complaint%%'",
                self.partners._get_relationship_evidence(customer.ids),
            )
        )
        return {row["res_id"]: (row["kind"], float(row["factor"])) for row in rows}

    def _is_paused(self):
        pauses = self.partners._get_care_pauses_sql()
        rows = self.env.execute_query(
            SQL("SELECT FROM (%s) AS p (id) WHERE id = %s", pauses, self.customer.id)
        )
        return bool(rows)

    def test_an_open_serious_complaint_holds_the_level_until_it_is_closed(self):
        for number in range(6):
            self._create_order(self.customer, 100, days_ago=number * 10)
        refresh = self.partners._refresh_relationship
        refresh(self.customer.ids)
        self.assertEqual(self.customer.relationship_level, "4")
        complaint = self._register(impact="high")
        refresh(self.customer.ids)
        self.assertEqual(self.customer.relationship_level, "2")
        sentence = self.customer.relationship_reason["sentence"]
        self.assertIn("Serious complaint open", sentence)
        self._end(complaint)
        refresh(self.customer.ids)
        self.assertEqual(self.customer.relationship_level, "4")

    def test_each_complaint_is_one_piece_of_evidence(self):
        minor = self._register(impact="low")
        serious = self._register(impact="high")
        unsafe = self._register(category_id=self.unsafe.id)
        settled, unsettled, again, taken_back = (self._register() for _n in range(4))
        self._end(settled)
        self._end(unsettled, confirmed=False)
        self._end(again)
        again.write({"state": "handling", "round": 2, "closed_at": False})
        self._end(again, confirmed=False)
        self.assertAnswers(taken_back.with_user(self.olga).withdraw("No more"), "ok")
        self.assertEqual(
            self._get_evidence(),
            {
                minor.id: ("complaint_open", 0.5),
                serious.id: ("complaint_serious", 2),
                unsafe.id: ("complaint_serious", 3),
                settled.id: ("complaint_settled", 1),
                unsettled.id: ("complaint_unsettled", 1),
                again.id: ("complaint_unsettled", 1),
            },
        )
        kinds = self.env["crm.relationship.evidence.kind"].search(
            [("source_model", "=", "crm.complaint")]
        )
        told = {kind for kind, _factor in self._get_evidence().values()}
        self.assertEqual(set(kinds.mapped("code")), told)

    def test_evidence_is_of_the_customers_asked_for(self):
        complaint = self._register()
        other = self._create_customer("Other")
        self.assertFalse(self._get_evidence(other))
        self.assertEqual(list(self._get_evidence()), [complaint.id])

    def test_care_waits_while_a_serious_complaint_is_open(self):
        self._register(impact="medium")
        self.assertFalse(self._is_paused())
        serious = self._register(impact="high")
        self.assertTrue(self._is_paused())
        self._end(serious)
        self.assertFalse(self._is_paused())

    def test_an_unknown_caller_pauses_nobody(self):
        self._register(partner_id=False, caller_name="Somebody", impact="high")
        everybody = self.partners.search([("is_managed_customer", "=", True)])
        pauses = self.partners._get_care_pauses_sql()
        paused = self.env.execute_query(SQL("SELECT id FROM (%s) AS p (id)", pauses))
        self.assertNotIn((None,), paused)
        self.assertTrue(everybody)

    def test_a_condolence_does_not_wait(self):
        self._register(impact="high")
        for despite in (False, True):
            rule = self.env["crm.care.rule"].create(
                {"name": "Care", "trigger": "birthday", "despite_complaint": despite}
            )
            task = self.env["crm.care.task"].create(
                {
                    "rule_id": rule.id,
                    "partner_id": self.customer.id,
                    "user_id": self.sally.id,
                    "occasion": "today",
                    "occasion_date": fields.Date.today(),
                    "due_at": fields.Datetime.now(),
                }
            )
            [case] = self.env["crm.care.dispatch"]._get_cases(task)
            self.assertEqual(case.is_paused, not despite)
            told = "An open complaint does not stop it" in rule.sentence
            self.assertEqual(told, despite)

    def test_who_complained_is_called_back_once_a_round(self):
        rule = self.env["crm.callback.rule"].create(
            {
                "name": "After a complaint",
                "trigger": "complaint",
                "purpose": "Is it settled?",
                "start_date": fields.Date.today() - timedelta(days=9),
                "rest_days": 0,
                "domain": self._only(self.customer),
            }
        )
        self.person.phone = "138 0013 8000"
        complaint = self._register(partner_id=self.person.id)
        calls = self.env["crm.callback"]
        self.assertEqual(rule._create_callbacks(), 0)
        # Another one that is open, and serious: the call is no disturbance.
        self._register(impact="high")
        self._end(complaint)
        self.assertEqual(rule._create_callbacks(), 1)
        call = calls.search([("rule_id", "=", rule.id)])
        self.assertEqual(
            (call.partner_id, call.person_id), (self.customer, self.person)
        )
        self.assertIn(complaint.name, call.reason)
        self.assertEqual(rule._create_callbacks(), 0)
        complaint.write({"state": "handling", "round": 2, "closed_at": False})
        self.assertEqual(rule._create_callbacks(), 0)
        self._end(complaint)
        self.assertEqual(rule._create_callbacks(), 1)

    def test_who_complains_is_contacted_next_and_it_is_said_why(self):
        lines = self.env["crm.next.contact"].with_user(self.sally)

        def read():
            self.env.flush_all()
            self.env.invalidate_all()
            return lines.search_read(
                [("partner_id", "=", self.customer.id)], ["chance", "why"]
            )

        [before] = read()
        complaint = self._register()
        [line] = read()
        self.assertGreater(line["chance"], before["chance"])
        self.assertIn("Complained", line["why"])
        self.assertNotIn("Complained", before["why"])
        # A serious one is the officer's to speak about.
        complaint.impact = "high"
        self.assertFalse(read())
        self._end(complaint)
        [after] = read()
        self.assertEqual(after["chance"], before["chance"])

    def test_an_open_complaint_keeps_a_customer_from_the_pool(self):
        rule = self._create_pool_rule(30, domain=self._only(self.customer))
        self.assertTrue(rule.block_complaint)
        self.assertIn("an open complaint", rule.sentence)
        self._age_ownership(self.customer, 40)
        rule.start_date = False
        self.partners._refresh_release_dates(self.customer.ids)
        complaint = self._register()
        self.env["crm.pool.rule"]._release_due()
        self.assertEqual(self.customer.user_id, self.sally)
        self.assertEqual(self.customer.pool_blocked_text, "an open complaint")
        self.assertAnswers(complaint.with_user(self.olga).withdraw("Solved"), "ok")
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self.env["crm.pool.rule"]._release_due()
        self.assertFalse(self.customer.user_id)

    def test_the_first_page_tells_complaints_of_its_customer_only(self):
        self._register(partner_id=self._create_customer("Neighbour").id)
        own = self._register(partner_id=self.person.id)
        for user in (self.sally, self.mona):
            told = self.customer.with_user(user).get_overview()["complaints"]
            self.assertEqual([line["id"] for line in told], own.ids)

    def test_how_long_ago_somebody_complained_is_told_in_days(self):
        reasons = self.env["crm.reason"]
        for age, words in ((None, "today"), (0, "today"), (1, "yesterday"), (2, "2 d")):
            told = reasons._next_complaint({"complaint_age": age})
            self.assertIn(words, told)

    def test_a_complaint_closed_when_the_rule_looks_back_to_is_called_about(self):
        complaint = self._register()
        self._end(complaint)
        self.env.flush_all()
        rules = self.env["crm.callback.rule"]
        for seconds, count in ((0, 1), (1, 0)):
            first = complaint.closed_at + timedelta(seconds=seconds)
            rows = self.env.execute_query(rules._get_complaint_occasions_sql(first))
            mine = [row for row in rows if row[-1] == complaint.id]
            self.assertEqual(len(mine), count)
