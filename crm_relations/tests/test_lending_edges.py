from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common.lending import LendingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestLendingEdges(LendingCommon):
    """What becomes of a loan when something else happens; how it is asked for and told
    on the screens."""

    def assertEnding(self, loan, ending):
        self.env.invalidate_all()
        self.assertEqual((loan.state, loan.ending), ("ended", ending))

    def test_a_new_owner_finds_what_is_lent_and_may_revoke_it(self):
        loan = self._lend()
        self.customer.user_id = self._create_user("nina", "group_sales_user")
        self.assertTrue(self._reads())
        self.assertFalse(loan.with_user(self.sally).may_revoke)
        own = loan.with_user(self.customer.user_id)
        self.assertTrue(own.may_revoke)
        self.assertEqual(self._codes(own.revoke("Mine now")), ["ok"])
        self.assertFalse(self._reads())

    def test_who_gets_the_customer_needs_no_loan(self):
        loan = self._lend()
        self.customer.user_id = self.sam
        self.assertEnding(loan, "owner")
        self.assertTrue(self._reads())
        self.customer.user_id = self.sally
        self.assertFalse(self._reads())

    def test_in_a_pool_nothing_is_lent(self):
        loan = self._lend()
        self._ask(self.anna)
        self.customer.with_user(self.sally).pool_release("No time")
        self.assertEnding(loan, "pool")
        self.assertEnding(self._get_loans()[-1], "pool")
        self.assertFalse(self._reads())

    def test_of_a_customer_in_a_pool_who_answers_for_all_decides(self):
        self.customer.with_user(self.sally).pool_release("No time")
        loan = self._lend(self.carl)
        self.assertTrue(self._reads())
        self.assertEqual(loan._get_asked(), self.env["res.users"])

    def test_what_is_lent_of_a_merged_customer_ends(self):
        """The survivor has more persons than were lent."""
        loan = self._lend()
        kept = self._lend(partners=self.other, user=self.anna)
        twin = self._lend(partners=self.other, days=7)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.customer | self.other).ids, self.other, extra_checks=False)
        self.assertEnding(loan, "merge")
        self.assertEqual(loan.partner_id, self.other)
        self.assertEqual((kept.state, twin.state), ("approved", "approved"))

    def test_a_customer_that_joins_another_is_lent_no_more(self):
        loan = self._lend()
        self.customer.is_company = False
        self.customer.parent_id = self.other
        self.assertEnding(loan, "archived")
        self.assertFalse(self._reads())

    def test_who_leaves_has_nothing_lent(self):
        loan = self._lend()
        self.sam.active = False
        self.assertEnding(loan, "left")
        self.sam.active = True
        self.assertFalse(self._reads())

    def test_an_archived_customer_is_lent_no_more_after_the_night(self):
        loan = self._lend()
        self.customer.with_context(active_test=False).active = False
        self.assertEqual(self.loans._end_due(), 1)
        self.assertEnding(loan, "archived")

    def test_who_has_no_right_sees_that_something_is_there(self):
        own = self.customer.with_user(self.sam)
        told = "Person profiles: 1, closed · Data card: closed"
        self.assertEqual(own.closed_parts, told)
        for user in (self.sally, self.max, self.carl, self.rita):
            self.assertFalse(self.customer.with_user(user).closed_parts)
        outsider = new_test_user(self.env, "outsider", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.customer.with_user(outsider).read(["closed_parts"])
        self._lend(parts=["profiles", "card"])
        self.env.invalidate_all()
        self.assertFalse(own.closed_parts)

    def test_a_closed_profile_offers_to_ask(self):
        action = self.person.with_user(self.sam).action_open_profile()
        self.assertEqual(action["res_model"], "crm.archive.loan.wizard")
        self.assertEqual(action["context"]["default_partner_ids"], self.customer.ids)
        self._lend()
        self.env.invalidate_all()
        action = self.person.with_user(self.sam).action_open_profile()
        self.assertEqual(action["res_id"], self.profile.id)

    def test_the_dialog_asks(self):
        action = self.customer.with_user(self.sam).action_ask_for_access()
        wizards = self.env["crm.archive.loan.wizard"].with_user(self.sam)
        form = Form(wizards.with_context(**action["context"]))
        form.purpose = "Visit"
        form.save().action_apply()
        loan = self._get_loans()
        self.assertEqual((loan.until, loan.with_profiles), (self._day(6), True))
        loan.with_user(self.sally).approve()
        action = loan.with_user(self.sam).action_extend()
        form = Form(wizards.with_context(**action["context"]))
        self.assertEqual((form.purpose, form.until), ("Visit", self._day(13)))
        form.save().action_apply()
        self.assertEqual(self._get_loans()[-1].extended_id, loan)

    def test_a_decision_is_taken_back_for_some_seconds(self):
        self._ask()
        loan = self._get_loans()
        action = loan.with_user(self.sally).action_approve()
        self.assertTrue(self._reads())
        self.env["crm.act"].browse(action["params"]["act"]).with_user(self.sally).undo()
        self.assertEqual((loan.state, loan.decided_by_id.id), ("asked", False))
        self.assertFalse(self._reads())

    def test_the_dialog_of_reasons_refuses_and_revokes(self):
        self._ask()
        loan = self._get_loans()
        wizards = self.env["crm.refusal.wizard"].with_user(self.sally)
        for button, state in (("action_refuse", "refused"), ("action_revoke", "ended")):
            action = getattr(loan.with_user(self.sally), button)()
            form = Form(wizards.with_context(**action["context"]))
            form.reason = "No"
            form.save().action_apply()
            self.assertEqual(loan.state, state)
            loan = self._lend()

    def _get_card(self, user, key):
        day = self.env["crm.my.day"].with_user(user).get_day()
        cards = [card for column in day["columns"] for card in column["cards"]]
        return next((card for card in cards if card["key"] == key), None)

    def test_my_day_asks_the_owner_and_shows_who_borrows(self):
        self._ask()
        card = self._get_card(self.sally, "loans_to_decide")
        self.assertEqual(card["count"], 1)
        self.assertEqual(
            [act["method"] for act in card["acts"]], ["action_approve", "action_refuse"]
        )
        self.assertFalse(self._get_card(self.sam, "loans_to_decide"))
        self.assertFalse(self._get_card(self.carl, "loans_to_decide"))
        with freeze_time("2026-03-05 10:00:00"):  # too late for the owner alone
            self.assertEqual(self._get_card(self.carl, "loans_to_decide")["count"], 1)
            self.assertEqual(self._get_card(self.max, "loans_to_decide")["count"], 1)
        self._get_loans().with_user(self.sally).approve()
        self.assertFalse(self._get_card(self.sally, "loans_to_decide"))
        self.assertEqual(self._get_card(self.sam, "loans_mine")["count"], 1)

    def test_what_runs_is_approved_begun_and_ones_own(self):
        def find(user):
            running = self.env["crm.my.day"]._get_running_loans(user)
            return self.loans.search(running & Domain("partner_id", "in", ours))

        ours = (self.customer | self.other).ids
        self._ask(partners=self.other)
        self.assertFalse(find(self.sam))
        loan = self._lend()
        self.assertEqual(find(self.sam), loan)
        self.assertFalse(find(self.anna))
        loan.sudo().starts_at += timedelta(days=1)
        self.assertFalse(find(self.sam))

    def test_the_leader_is_told_where_the_owner_left(self):
        self.sally.active = False
        self._ask()
        notice = self.env["mail.message"].search([], order="id desc", limit=1)
        self.assertEqual(notice.notified_partner_ids, self.max.partner_id)

    def test_the_owner_is_told_and_who_asked(self):
        self._ask()
        notice = self.env["mail.message"].search([], order="id desc", limit=1)
        self.assertEqual(notice.notified_partner_ids, self.sally.partner_id)
        self.assertIn("asks for access", notice.subject)
        self._get_loans().with_user(self.sally).refuse("Not yours")
        notice = self.env["mail.message"].search([], order="id desc", limit=1)
        self.assertEqual(notice.notified_partner_ids, self.sam.partner_id)
        self.assertIn("Not yours", notice.body)

    def test_the_timeline_tells_it(self):
        self._lend()
        lines = self.customer.with_user(self.sally).get_history(["loan"])["lines"]
        self.assertEqual([line["title"] for line in lines], ["Lent to Sam: Running"])
        self.assertFalse(
            self.customer.with_user(self.anna).get_history(["loan"])["lines"]
        )

    def test_ones_own_card_holds_what_is_lent_to_oneself_now(self):
        mine = self._lend()
        theirs = self._lend(
            decider=self.sally,
            user=self._create_user("other", "group_sales_user"),
            partners=self.other,
        )
        coming = self._lend(partners=self.other, since=self._day(1))
        days = self.env["crm.my.day"].with_user(self.sam)

        def running():
            self.env.flush_all()
            return self.loans.search(days._get_running_loans(self.sam)) & (
                mine | theirs | coming
            )

        self.assertEqual(running(), mine)
        mine.sudo().ends_at = fields.Datetime.now()
        self.assertFalse(running())

    def test_a_request_that_was_refused_waits_no_longer(self):
        self._ask()
        loan = self._get_loans()
        loan.with_user(self.sally).refuse("No")
        loan.sudo().since = self._day(-2)
        loan.invalidate_recordset()
        self.assertEqual(loan.standing, "refused")

    def test_access_to_the_same_on_one_day_overlaps(self):
        self._lend(since=self._day(3), days=5)
        for since, until, code in (
            (0, 3, "blocked"),
            (5, 6, "blocked"),
            (0, 2, "ok"),
            (6, 7, "ok"),
        ):
            asked = self._ask(since=self._day(since), days=until)
            self.assertEqual(asked, [code], (since, until))

    def test_what_was_lent_opens_of_its_customer_only(self):
        other = self._create_customer("Other", user_id=self.sally.id)
        self._ask()
        loan = self._get_loans()
        for customer in (loan.partner_id, other):
            self._create_person(customer, customer.name, birth_month=1, birth_day=1)
        for name in ("with_profiles", "with_documents"):
            loan.sudo().with_profiles = name == "with_profiles"
            action = loan.action_open_lent()
            found = self.env[action["res_model"]].search(action["domain"])
            with self.subTest(name):
                self.assertLessEqual(found.customer_id, loan.partner_id)
                self.assertFalse(action["context"]["create"])
