from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common.callback import CallbackCommon


@tagged("post_install", "-at_install")
class TestCallbackResult(CallbackCommon):
    """CB-4: what comes out of a call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_call = cls._create_call()
        cls.open_call.with_user(cls.anna).take()

    def _propose(self, user=None, **values):
        proposals = self.env["crm.archive.proposal"].with_user(user or self.anna)
        return proposals.create(
            {
                "partner_id": self.customer.id,
                "field_name": "phone",
                "new_value": "139 0013 9000",
                "callback_id": self.open_call.id,
            }
            | values
        )

    def test_the_owner_takes_a_proposed_change_over(self):
        proposal = self._propose()
        self.assertEqual(proposal.old_value, "138 0013 8000")
        proposal.with_user(self.sally).action_approve()
        self.assertEqual(self.customer.phone, "139 0013 9000")
        self.assertEqual(proposal.state, "approved")
        self.assertEqual(proposal.decided_by_id, self.sally)
        self.assertEqual(self.open_call.number, "+8613900139000")

    def test_a_custodian_refuses(self):
        proposal = self._propose()
        proposal.with_user(self.carl).refuse("No")
        self.assertEqual(self.customer.phone, "138 0013 8000")
        with self.assertRefused("decided already", UserError):
            proposal.with_user(self.carl).action_approve()

    def test_who_proposes_does_not_decide(self):
        proposal = self._propose()
        for user in (self.anna, self.sam):
            with self.subTest(user.login), self.assertRaises(AccessError):
                proposal.with_user(user).action_approve()
        forged = self._propose(state="approved", old_value="x", field_name="city")
        self.assertEqual((forged.state, forged.old_value), ("proposed", ""))

    def test_a_change_that_is_none_is_refused(self):
        with self.assertRefused("stands there already"):
            self._propose(new_value="138 0013 8000")
        with self.assertRefused("without a name"):
            self._propose(field_name="name", new_value=" ")

    def test_an_archive_changed_meanwhile_is_told(self):
        proposal = self._propose()
        self.assertFalse(proposal.is_outdated)
        self.customer.phone = "137 0013 7000"
        proposal.invalidate_recordset()
        self.assertTrue(proposal.is_outdated)

    def test_an_opportunity_goes_to_the_owner(self):
        wizard = self._open_wizard("opportunity", name="Ten more")
        answer = wizard.action_create()
        lead = self.env["crm.lead"].search([("name", "=", "Ten more")])
        self.assertEqual(lead.partner_id, self.customer)
        self.assertEqual(lead.user_id, self.sally)
        self.assertEqual(lead.callback_id, self.open_call)
        self.assertIn("Sally", answer["params"]["message"])

    def _open_wizard(self, key, **values):
        action = self.open_call.with_user(self.anna).run_button(key)
        context = action["context"]
        wizards = self.env[action["res_model"]].with_user(self.anna)
        return wizards.with_context(**context).create(values)

    def test_a_referral_becomes_a_customer_with_an_opportunity(self):
        self._open_wizard(
            "referral", contact_name="Friend", phone="137 0013 7000"
        ).action_create()
        friend = self.env["res.partner"].search([("name", "=", "Friend")])
        self.assertEqual(friend.referred_by_id, self.customer)
        self.assertEqual(friend.phone_taken_by_id, self.anna)
        self.assertTrue(friend.is_managed_customer)
        lead = self.env["crm.lead"].search([("partner_id", "=", friend.id)])
        self.assertEqual(lead.user_id, self.sally)

    def test_who_is_known_already_is_not_made_twice(self):
        known = self._create_customer("Known", phone="137 0013 7000")
        self._open_wizard(
            "referral", contact_name="Friend", phone="13700137000"
        ).action_create()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Friend")]))
        self.assertEqual(known.referred_by_id, self.customer)

    def test_bad_input_makes_nothing(self):
        for key, values, message in (
            ("opportunity", {"name": " "}, "What does the customer want"),
            ("referral", {}, "Who is recommended"),
            ("referral", {"contact_name": "I", "phone": "13800138000"}, "recommends"),
        ):
            with self.subTest(message), self.assertRefused(message):
                self._open_wizard(key, **values).action_create()
        self.assertFalse(self.open_call.lead_ids)

    def test_another_addon_adds_its_button(self):
        """The hook that the addon of complaints fills."""

        def get_buttons(calls):
            button = {"key": "complaint", "label": "Complaint", "icon": "fa-bolt"}
            return [*old(calls), {**button, "method": "_open_proposal"}]

        model = self.env.registry["crm.callback"]
        old = model._get_buttons
        self.patch(model, "_get_buttons", get_buttons)
        card = self.open_call.with_user(self.anna)._get_card()
        self.assertEqual(card["buttons"][-1]["label"], "Complaint")
        action = self.open_call.with_user(self.anna).run_button("complaint")
        self.assertEqual(action["res_model"], "crm.archive.proposal")
        with self.assertRefused("no such button", UserError):
            self.open_call.with_user(self.anna).run_button("unlink")

    def test_care_by_telephone_is_called_and_ends_with_the_call(self):
        """CA-2: the channel of callbacks."""
        task = self._create_task()
        deadline = fields.Datetime.now() + timedelta(hours=5)
        for _time in range(2):
            task._dispatch_callback({task.id: {"deadline_at": deadline}})
        calls = task.callback_ids
        self.assertEqual(calls.partner_id, self.customer)
        self.assertEqual(calls.deadline_at, deadline.replace(microsecond=0))
        self.open_call.action_drop()
        self.assertIn("Care", calls.reason)
        self._record(calls, "complete")
        self.assertEqual(task.state, "done")

    def _create_task(self):
        rule = self.env["crm.care.rule"].create({"name": "Thanks"})
        return self.env["crm.care.task"].create(
            {
                "rule_id": rule.id,
                "partner_id": self.customer.id,
                "occasion": "x",
                "occasion_date": fields.Date.today(),
                "due_at": fields.Datetime.now() - timedelta(hours=1),
            }
        )
