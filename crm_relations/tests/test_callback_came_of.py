from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.callback import CallbackCommon
from .common.opened import OpenedCase

# Made while calling, not what comes of it.
WHILE_CALLING = {"crm.callback.attempt"}


@tagged("post_install", "-at_install")
class TestCallbackCameOf(OpenedCase, CallbackCommon):
    """What came of a call stands on the call: counted, and opened from there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = cls._create_call()
        cls.quiet = cls._create_call(cls._create_customer("Quiet"))
        cls.done.with_user(cls.anna).take()
        cls.env["crm.archive.proposal"].with_user(cls.anna).create(
            {
                "partner_id": cls.customer.id,
                "field_name": "city",
                "new_value": "Leeds",
                "callback_id": cls.done.id,
            }
        )
        wizards = cls.env["crm.callback.lead.wizard"].with_user(cls.anna)
        for name in ("Ten more", "Twenty more"):
            wizards.create({"callback_id": cls.done.id, "name": name}).action_create()
        cls.leads = cls.env["crm.lead"].search([("callback_id", "=", cls.done.id)])
        outcome = cls.env.ref("crm_relations.crm_callback_outcome_complete")
        cls.done.with_user(cls.anna).record(outcome.id)

    def _read(self, user, call=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return (call or self.done).with_user(user)

    def test_each_count_opens_what_it_counts(self):
        self.leads[0].action_archive()  # lost: it came of the call all the same
        for user, expected in (
            (self.sally, (2, 1, 1)),
            # Both lead, but read no opportunities of others.
            (self.max, (0, 0, 1)),
            (self.rita, (0, 1, 1)),
        ):
            call = self._read(user)
            counts = (call.lead_count, call.proposal_count, call.followup_count)
            self.assertEqual(counts, expected, user.login)
            for name, method in (
                ("lead_count", "action_view_leads"),
                ("proposal_count", "action_view_proposals"),
                ("followup_count", "action_view_followups"),
            ):
                if call[name]:
                    self.assertOpens(getattr(call, method)(), call[name], call.env)
        self.assertFalse(self._read(self.rita, self.quiet).came_of)

    def test_an_agent_knows_of_what_was_passed_on_and_opens_none_of_it(self):
        call = self._read(self.anna)
        self.assertEqual(call.lead_count, 2)
        self.assertEqual(
            call.came_of, "Opportunities 2 · Changes proposed 1 · Follow-ups 1"
        )
        self.assertEqual(call.attempt_ids.came_of, call.came_of)
        with self.assertRaisesRegex(AccessError, "in other hands"):
            call.action_view_leads()
        arch = call.get_view(view_type="form")["arch"]
        buttons = etree.fromstring(arch).xpath("//button[@name='action_view_leads']")
        self.assertFalse(buttons)
        opened = call.attempt_ids.action_open_callback()
        self.assertEqual((opened["res_model"], opened["res_id"]), (call._name, call.id))

    def test_nobody_is_told_of_what_one_may_not_read(self):
        other = self._create_call(agent_id=self.ben.id)
        self._create_attempt(other, agent=self.ben)
        self.leads.callback_id = other
        self.assertEqual(self._read(self.ben, other).lead_count, 0)
        hidden = self.leads[0]
        hidden.user_id = self.sam
        self.assertEqual(self._read(self.sally, other).lead_count, 1)

    def test_an_appointment_is_told(self):
        again = fields.Datetime.now() + timedelta(days=1)
        self.quiet.partner_id.phone = "139 0013 9000"
        self._record(self.quiet, "again", call_again_at=str(again)[:19])
        self.assertRegex(self._read(self.anna, self.quiet).came_of, "Call again at .*")

    def test_statements_do_not_grow_with_calls(self):
        counts = []
        for size in (2, 20):
            calls = self.done
            for _number in range(size):
                calls |= self._create_call()
            self._read(self.rita, calls).mapped("came_of")  # warm
            found = self._read(self.rita, calls)
            counts.append(self._count_statements(lambda: found.mapped("came_of")))  # noqa: B023
        self.assertEqual(*counts)

    def test_whatever_names_a_call_came_of_it(self):
        """The next model that is made from a call is counted there, too."""
        named = {
            model._name
            for model in self.env.registry.values()
            if model._auto and not model._transient
            for field in model._fields.values()
            if field.type == "many2one"
            and field.comodel_name == "crm.callback"
            and field.store
        }
        counted = {model for model, _label in self.calls._get_came_of().values()}
        self.assertEqual(named - WHILE_CALLING, counted)
        self.assertLessEqual(set(self.calls._get_came_of()), set(self.calls._fields))

    def test_what_is_opened_from_a_call_came_of_this_one(self):
        action = self.quiet.action_view_leads()
        leads = self.env[action["res_model"]].search(action["domain"])
        self.assertFalse(leads & self.leads)
        action = self.done.action_view_leads()
        self.assertEqual(self.env["crm.lead"].search(action["domain"]), self.leads)
