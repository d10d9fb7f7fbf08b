from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestFollowupPerson(RelationsCommon):
    """PL-2: nobody tells of a colleague that he has talked to a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Acme", user_id=cls.sally.id)
        cls.customer.phone = "+8613800138000"

    def _as(self, user):
        return self.env["crm.followup"].with_user(user)

    def _values(self, user):
        return {
            "partner_id": self.customer.id,
            "purpose": "Called",
            "user_id": user.id,
        }

    def assertForbidden(self, call):
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            call()

    def test_a_salesperson_creates_none_for_a_colleague(self):
        for user in (self.sally, self.anna, self.carl):
            with self.subTest(user.login):
                self.assertForbidden(
                    lambda user=user: self._as(user).create(self._values(self.sam))
                )
        self.assertFalse(self.customer.last_followup_at)
        self.assertEqual(
            self._as(self.sally).create(self._values(self.sally)).user_id, self.sally
        )

    def test_the_form_is_open_for_whom_the_follow_up_is(self):
        """What is typed into a colleague's would only be refused, and so would the
        buttons that assign its call."""
        customer = self._create_customer("Customer", user_id=self.sally.id)
        followup = self._create_followup(customer, user_id=self.sally.id)
        for user, may in (
            *((self.sally, True), (self.max, True), (self.rita, True)),
            *((self.sam, False), (self.carl, False), (self.anna, False)),
        ):
            with self.subTest(user.login):
                self.assertEqual(followup.with_user(user).may_change, may)

    def test_a_default_of_the_client_is_none_either(self):
        calls = self._as(self.sally).with_context(default_user_id=self.sam.id)
        values = self._values(self.sam)
        del values["user_id"]
        self.assertForbidden(lambda: calls.create(values))

    def test_an_own_one_is_not_put_upon_a_colleague(self):
        own = self._as(self.sally).create(self._values(self.sally))
        self.assertForbidden(lambda: own.write({"user_id": self.sam.id}))
        own.write({"content": "More", "user_id": self.sally.id})

    def test_an_import_brings_none_of_a_colleague(self):
        names = ["partner_id/.id", "purpose", "user_id/.id"]
        rows = [[str(self.customer.id), "Called", str(self.sam.id)]]
        result = self._as(self.sally).load(names, rows)
        self.assertFalse(result["ids"])
        self.assertIn("who talked", result["messages"][0]["message"])

    def test_leaders_answer_for_their_team_and_relations_managers_for_all(self):
        of_sally = self._as(self.max).create(self._values(self.sally))
        of_sally.content = "Corrected"
        self.assertForbidden(lambda: self._as(self.max).create(self._values(self.sam)))
        of_sam = self._as(self.rita).create(self._values(self.sam))
        self.assertForbidden(lambda: of_sam.with_user(self.max).write({"content": "x"}))
        of_sam.with_user(self.rita).user_id = self.sally

    def _log(self, user, login):
        moment = "2026-03-02T09:30:00"
        calls = self._as(user)
        return calls.browse(
            calls.log_call("+8613800138000", "in", moment, 60, user_login=login)
        )

    def test_calls_of_colleagues_are_logged_by_the_exchange(self):
        self.assertForbidden(lambda: self._log(self.sally, "sam"))
        self.assertForbidden(lambda: self._log(self.max, "sam"))
        for user, login in (
            (self.exchange, "sam"),
            (self.sally, "sally"),
            (self.max, "sally"),
            (self.rita, "sam"),
        ):
            with self.subTest(user.login):
                call = self._log(user, login)
                self.assertEqual(call.sudo().user_id.login, login)

    def test_a_check_in_is_that_of_the_caller(self):
        calls = self._as(self.sally).with_context(default_user_id=self.sam.id)
        visit = calls.browse(calls.check_in(self.customer.id, 31.2, 121.5, 9))
        self.assertEqual(visit.user_id, self.sally)

    def test_a_reception_is_that_of_the_consultant(self):
        self.env["crm.reception.consultant"].create({"user_id": self.sam.id})
        reception = self.env["crm.reception"].with_user(self.sally)
        reception = reception.create(
            {"partner_id": self.customer.id, "consultant_id": self.sam.id}
        )
        reception.action_hand_over()
        self.assertEqual(reception.followup_id.user_id, self.sam)
