from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common.act import ActCommon
from .common.stay import StayCommon


@tagged("post_install", "-at_install")
class TestActStays(StayCommon, ActCommon):
    """Extensions are asked for and decided where they are seen."""

    def _ask(self, user=None):
        wizards = self.env["crm.stay.wizard"].with_user(user or self.sally)
        action = self.customer.with_user(user or self.sally).action_extend()
        wizard = wizards.with_context(**action["context"]).create({"reason": "Tender"})
        return wizard.action_apply()

    def test_a_request_is_taken_back_and_who_was_asked_is_told(self):
        leaves = self.customer.pool_release_date
        action = self._ask()
        self.assertTrue(self._get_stays())
        self._undo(action)
        self.assertFalse(self._get_stays())
        self.assertEqual(self.customer.pool_release_date, leaves)
        self.assertIn("takes the request back", self._get_told(self.max)[0].subject)

    def test_a_request_that_was_decided_is_not_taken_back(self):
        action = self._ask()
        self._get_stays().with_user(self.max).approve()
        self.assertKept(action, "changed here since")
        self.assertEqual(self._get_stays().state, "approved")

    def test_an_approval_is_taken_back(self):
        leaves = self.customer.pool_release_date
        self._ask()
        stay = self._get_stays()
        hold = stay.hold_until
        action = stay.with_user(self.max).action_approve()
        self.assertGreater(self.customer.pool_release_date, leaves)
        self._undo(action, self.max)
        self.assertRecordValues(
            stay, [{"state": "requested", "hold_until": hold, "decided_by_id": False}]
        )
        self.assertIn("takes the decision back", self._get_told(self.sally)[0].subject)

    def test_an_approval_stays_after_the_customer_has_gone(self):
        self._ask()
        action = self._get_stays().with_user(self.max).action_approve()
        self.customer.user_id = self.sam
        self.assertKept(action, "no right|changed here since", Exception, self.max)
        self.assertEqual(self._get_stays().state, "ended")

    def test_who_leads_the_team_no_longer_takes_nothing_back(self):
        self._ask()
        action = self._get_stays().with_user(self.max).action_approve()
        self.north.user_id = self.rita
        self.assertKept(action, "no right", AccessError, self.max)

    def test_refusing_takes_a_reason_that_is_told(self):
        self._ask()
        stay = self._get_stays()
        answers = stay.with_user(self.max).refuse()
        self.assertEqual((answers[0]["code"], stay.state), ("blocked", "requested"))
        self._refuse(stay, self.max)
        self.assertRecordValues(
            stay, [{"state": "refused", "refusal_reason": "It is not so"}]
        )
        self.assertIn("It is not so", self._get_told(self.sally)[0].body)

    def test_a_refusal_is_taken_back(self):
        self._ask()
        stay = self._get_stays()
        self._undo(self._refuse(stay, self.max), self.max)
        self.assertEqual((stay.state, stay.refusal_reason), ("requested", False))

    def test_who_may_not_decide_is_not_asked_for_a_reason(self):
        self._ask()
        with self.assertRaisesRegex(UserError, "leader of the salesperson"):
            self._get_stays().with_user(self.sally).action_refuse()

    def test_many_are_approved_and_taken_back_at_once(self):
        self._extend(partners=self.customers)
        stays = self._get_stays(self.customers)
        action = stays.with_user(self.max).action_approve()
        self.assertIn("2 customers", action["params"]["message"])
        self._undo(action, self.max)
        self.assertEqual(set(stays.mapped("state")), {"requested"})


@tagged("post_install", "-at_install")
class TestActProposals(ActCommon):
    """Proposals are decided where they are seen, and who proposed is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.city = "Suzhou"

    def _propose(self, user=None, **values):
        proposals = self.env["crm.archive.proposal"].with_user(user or self.anna)
        values = {
            "partner_id": self.customer.id,
            "field_name": "city",
            "new_value": "Wuxi",
        } | values
        return proposals.create(values)

    def test_what_was_taken_over_is_put_back(self):
        proposal = self._propose()
        action = proposal.with_user(self.sally).action_approve()
        self.assertEqual(self.customer.city, "Wuxi")
        self.assertIn("taken over", self._get_told(self.anna)[0].subject)
        self._undo(action)
        self.assertEqual((self.customer.city, proposal.state), ("Suzhou", "proposed"))

    def test_what_was_overwritten_since_stays(self):
        action = self._propose().with_user(self.sally).action_approve()
        self.customer.city = "Nanjing"
        self.assertKept(action, "no right", AccessError)
        self.assertEqual(self.customer.city, "Nanjing")

    def test_an_outdated_one_is_not_taken_back_to_what_nobody_knows(self):
        proposal = self._propose()
        self.customer.city = "Nanjing"
        action = proposal.with_user(self.sally).action_approve()
        self.assertFalse(action["params"]["act"])

    def test_refusing_takes_a_reason_that_is_told(self):
        proposal = self._propose()
        with self.assertRaisesRegex(UserError, "Give the reason"):
            proposal.with_user(self.sally).refuse(" ")
        self._refuse(proposal, self.sally)
        self.assertRecordValues(
            proposal, [{"state": "refused", "refusal_reason": "It is not so"}]
        )
        told = self._get_told(self.anna)[0]
        self.assertIn("It is not so", told.body)
        self.assertNotIn("Wuxi", told.body)

    def test_a_refusal_is_taken_back(self):
        proposal = self._propose()
        self._undo(self._refuse(proposal, self.sally))
        self.assertEqual((proposal.state, proposal.refusal_reason), ("proposed", False))

    def test_the_reason_is_typed_by_nobody(self):
        proposal = self._propose(refusal_reason="Mine")
        self.assertFalse(proposal.refusal_reason)

    def test_who_decides_on_the_own_is_told_nothing(self):
        before = self._get_told(self.rita)
        self._propose(self.rita).with_user(self.rita).action_approve()
        self.assertEqual(self._get_told(self.rita), before)
