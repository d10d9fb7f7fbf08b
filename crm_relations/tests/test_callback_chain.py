from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.callback import CallbackCommon

GENERATOR = "odoo.addons.crm_relations.models.callback.crm_callback_rule_generator"
PHONE, SHOWN = "+8613800138000", "+86138****8000"


@tagged("post_install", "-at_install")
class TestCallbackChain(CallbackCommon):
    """The job as it runs, hidden numbers, the history, what a call comes to in all."""

    def _run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_callback").method_direct_trigger()
        self.env.invalidate_all()

    def _hide_customer(self):
        pool = self.env["crm.pool"].create(
            {"name": "Hiding", "manager_ids": self.max.ids}
        )
        self.customer.write({"user_id": False, "pool_id": pool.id})
        self.env.flush_all()
        self.env.invalidate_all()

    def test_visit_to_the_next_call_and_the_history(self):
        rule = self._create_rule(trigger="visit")
        self._create_visit()
        self._run_job()
        call = self.calls.search([("rule_id", "=", rule.id)])
        self.assertEqual(call.number, PHONE)
        self._record(call, "no_answer", note="Rang long")
        self._record(call, "complete", note="Will buy")
        self._run_job()
        self.assertEqual(self.calls.search([("rule_id", "=", rule.id)]), call)
        lines = self.customer.with_user(self.rita).get_history(kinds=["callback"])
        found = [(line["title"], line["by"]) for line in lines["lines"]]
        self.assertEqual(
            found,
            [("Reached and complete", self.anna.name), ("No answer", self.anna.name)],
        )
        self.assertIn("Will buy", lines["lines"][0]["text"])

    def test_a_batch_that_meets_another_change_is_tried_again(self):
        """The queue is there still: the batch that rolls back does not take it."""
        rule = self._create_rule(trigger="visit")
        self._create_visit()
        model = type(self.env["crm.callback.rule"])
        insert, tries = model._apply_queued, []

        def insert_later(rules, first):
            tries.append(first)
            if len(tries) == 1:
                raise SerializationFailure
            return insert(rules, first)

        with patch.object(model, "_apply_queued", insert_later):
            self._run_job()
        self.assertEqual(len(tries), 2)
        self.assertEqual(self.calls.search_count([("rule_id", "=", rule.id)]), 1)

    def test_a_rule_that_breaks_keeps_no_other_from_its_calls(self):
        broken = self._create_rule(trigger="visit", sequence=1)
        fine = self._create_rule(trigger="visit", name="Fine", sequence=2)
        self._create_visit()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_callback_rule SET domain = %s WHERE id = %s",
            ["[('no_such_field', '=', 1)]", broken.id],
        )
        self.env.invalidate_all()
        with mute_logger(GENERATOR):
            self._run_job()
        self.assertEqual(self.calls.search([("rule_id", "!=", False)]).rule_id, fine)

    def test_a_hidden_number_shows_to_the_agent_who_has_the_call_open(self):
        """No list, export or search has it; on the card one can ring it, and the log
        says so."""
        call = self._create_call()
        self._hide_customer()
        seen = call.with_user(self.anna)
        [row] = seen.read(["number", "hidden_phone"])
        self.assertFalse(row["number"])
        self.assertEqual(row["hidden_phone"], SHOWN)
        calls = self.calls.with_user(self.anna)
        self.assertFalse(calls.search([("number", "=", PHONE)]))
        self.assertEqual(seen._export_rows([["number"]]), [[""]])
        card = self.env["crm.callback.desk"].with_user(self.anna).open_desk()["call"]
        self.assertEqual(card["people"][0]["number"], PHONE)
        showing = self.env["crm.hidden.showing"].search([])
        self.assertRecordValues(
            showing,
            [
                {
                    "user_id": self.anna.id,
                    "partner_id": self.customer.id,
                    "kind": "phone",
                    "reason": "call",
                }
            ],
        )
        self._record(call, "no_answer")
        self.assertFalse(call.attempt_ids.number)
        [row] = call.attempt_ids.with_user(self.anna).read(["number", "hidden_phone"])
        self.assertEqual((row["number"], row["hidden_phone"]), (False, SHOWN))
        other = self._create_call(agent_id=self.ben.id)
        with self.assertRaises(AccessError):
            other.with_user(self.anna).read(["number"])

    def test_a_call_made_while_hidden_gets_its_number_back(self):
        self._hide_customer()
        call = self._create_call()
        self.assertFalse(call.number)
        self.assertEqual(call.number_partner_id, self.customer)
        self._record(call, "no_answer")
        self.customer.user_id = self.sally
        self.env.invalidate_all()
        self.assertEqual(call.number, PHONE)
        self.assertEqual(call.attempt_ids.number, PHONE)

    def test_a_wrong_hidden_number_is_not_dialled_again(self):
        self._hide_customer()
        call = self._create_call()
        self._record(call, "wrong_number")
        self.assertEqual(call.state, "failed")
        self.assertFalse(self._create_call().number_partner_id)

    def test_nobody_proposes_over_a_hidden_number(self):
        proposals = self.env["crm.archive.proposal"].with_user(self.sally)
        values = {"partner_id": self.customer.id, "new_value": "139 0013 9000"}
        before = proposals.create({**values, "field_name": "phone"})
        self._hide_customer()
        self.assertFalse(before.old_value or before.new_value)
        with self.assertRefused("hidden until claimed", UserError):
            before.with_user(self.rita).action_approve()
        with self.assertRefused("hidden until claimed", UserError):
            proposals.create({**values, "field_name": "phone"})
        self.customer.city = "Suzhou"
        city = proposals.create(
            {**values, "field_name": "city", "new_value": "Nanjing"}
        )
        self.assertEqual(city.read(["old_value"])[0]["old_value"], "Suzhou")
        self.customer.user_id = self.sally
        self.env.invalidate_all()
        self.assertEqual(before.old_value, "138 0013 8000")

    def test_nobody_reads_by_a_proposal_what_is_not_for_him(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        with self.assertRaises(AccessError):
            self.env["crm.archive.proposal"].with_user(self.sally).create(
                {
                    "partner_id": self.customer.id,
                    "field_name": "phone",
                    "new_value": "1",
                }
            )

    def _get_category(self, call):
        self.env.flush_all()
        return self.env["crm.callback.rate"].browse(call.id).category

    def test_a_refusal_is_not_undone_by_later_calls_in_vain(self):
        """CB-3, CB-5: the final disposition is that of all attempts."""
        for outcomes, final in (
            (["refused_soft", "no_answer"], "R"),
            (["partial", "no_answer"], "P"),
            (["partial", "refused_soft"], "P"),
            (["refused_soft", "complete"], "I"),
            (["refused_soft", "not_eligible"], "NE"),
            (["no_answer", "busy"], "NC"),
        ):
            with self.subTest(outcomes):
                rule = self._create_rule(attempt_limit=len(outcomes))
                call = self._create_call(rule_id=rule.id)
                for outcome in outcomes:
                    values = self._get_appointment() if outcome == "partial" else {}
                    self._record(call, outcome, **values)
                self.assertNotEqual(call.state, "open")
                self.assertEqual(self._get_category(call), final)

    def _get_appointment(self):
        return {"call_again_at": fields.Datetime.now() + timedelta(days=2)}

    def test_a_call_that_was_deleted_meanwhile(self):
        desk = self.env["crm.callback.desk"].with_user(self.anna)
        call, other = self._create_call(), self._create_call()
        gone = call.id
        call.unlink()
        screen = desk.open_desk(gone)
        self.assertEqual((screen["call"]["id"], screen["refused"]), (other.id, True))
        with self.assertRefused("deleted", UserError):
            desk.save_call(gone, self._get_outcome("complete").id, {})

    def test_nobody_rings_a_customer_that_was_archived(self):
        call = self._create_call()
        self.customer.active = False
        self.assertFalse(self.calls.with_user(self.anna).take_next())
        self.assertFalse(call.with_user(self.anna).take())
        self.customer.active = True
        self.assertEqual(self.calls.with_user(self.anna).take_next(), call.id)

    def test_a_token_answers_for_its_own_call_only(self):
        first, second = self._create_call(), self._create_call()
        self._record(first, "complete", token="T")
        second.with_user(self.anna).take()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._record(second, "complete", token="T")
        self.assertFalse(second.attempt_ids)
