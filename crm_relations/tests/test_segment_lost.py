from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.lost import LostCommon


@tagged("post_install", "-at_install")
class TestLost(LostCommon):
    """SE-10: who was lost, why, and what it was worth."""

    def test_a_record_keeps_the_moment(self):
        self.customer.write({"tier_id": self.tier_a.id, "lifecycle": "dormant"})
        answers = self._register(
            self.customer, self.sally, self.competition, competitor="Acme", note="Why"
        )
        self.assertEqual(
            answers,
            [
                {
                    "id": self.customer.id,
                    "ok": True,
                    "code": "registered",
                    "message": "Registered.",
                }
            ],
        )
        self.customer.write({"tier_id": self.tier_c.id, "user_id": self.sam.id})
        self.assertRecordValues(
            self._get_lost(self.customer),
            [
                {
                    **{"state": "lost", "lost_on": self.today, "note": "Why"},
                    **{"reason_id": self.competition.id, "competitor": "Acme"},
                    **{"user_id": self.sally.id, "team_id": self.north.id},
                    **{"tier_id": self.tier_a.id, "lifecycle": "dormant"},
                    "value_lost": 400,
                    "currency_id": self.company.currency_id.id,
                    "registered_by_id": self.sally.id,
                    "last_order_on": self.today - timedelta(days=30),
                }
            ],
        )
        self.assertTrue(self.customer.is_lost)
        self.assertEqual(self.customer.lost_count, 1)

    def test_the_value_is_that_of_the_year_before_silence(self):
        silent = self._create_customer("Silent")
        self._order_on(silent, 1500, amount=1000)
        self._order_on(silent, 900, 800, amount=50)
        self.assertEqual(silent.sales_12_months, 0)
        self._register(silent)
        self.assertEqual(self._get_lost(silent).value_lost, 100)

    def test_the_value_can_be_given_but_not_a_negative_one(self):
        with self.assertRefused("cannot be negative"):
            self._register(self.customer, value_lost=-1)
        self._register(self.customer, value_lost=7)
        lost = self._get_lost(self.customer)
        self.assertEqual(lost.value_lost, 7)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            lost.value_lost = -1
            self.env.flush_all()

    def test_a_value_of_nothing_can_be_given(self):
        self._register(self.customer, value_lost=0)
        self.assertEqual(self._get_lost(self.customer).value_lost, 0)

    def test_each_customer_has_its_answer(self):
        mine = self._create_customer("Mine", user_id=self.sally.id)
        others = self._create_customer("Sam's", user_id=self.sam.id)
        nobodys = self._create_customer("Pool")
        contact = self._create_person(mine)
        self._register(self.customer)
        answers = self._register(
            mine | others | nobodys | contact | self.customer, self.sally
        )
        self.assertEqual(
            self._get_codes(answers),
            [
                "registered",
                "not_allowed",
                "not_allowed",
                "not_customer",
                "already_lost",
            ],
        )
        self.assertTrue(all(answer["message"] for answer in answers))
        self.assertEqual(self._get_lost(others | nobodys), self._get_lost(contact))

    def test_ids_from_outside_are_not_trusted(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_customer("Theirs", company_id=other.id)
        gone = self._create_customer("Gone")
        gone.unlink()
        answers = self._register(theirs | gone)
        self.assertEqual(self._get_codes(answers), ["not_customer", "not_customer"])

    def test_the_owner_the_leader_and_the_relations_manager_may(self):
        for user, allowed in [
            (self.sally, True),
            (self.max, True),
            (self.rita, True),
            (self.sam, False),
            (self.carl, False),
            (self.anna, False),
        ]:
            with self.subTest(user.login):
                customer = self._create_customer(user_id=self.sally.id)
                answers = self._register(customer, user)
                self.assertEqual(answers[0]["ok"], allowed)
                self.assertEqual(bool(self._get_lost(customer)), allowed)

    def test_nobody_is_lost_before_its_last_order_or_tomorrow(self):
        early = self.today - timedelta(days=31)
        answers = self._register(self.customer, lost_on=early)
        self.assertEqual(self._get_codes(answers), ["ordered_later"])
        with self.assertRefused("today or was lost before"):
            self._register(self.customer, lost_on=self.today + timedelta(days=1))
        self._register(self.customer, lost_on=self.today - timedelta(days=30))
        with self.assertRefused("still ordered"):
            self._get_lost(self.customer).lost_on = early

    def test_the_day_may_be_iso_text(self):
        before = (self.today - timedelta(days=31)).isoformat()
        answers = self._register(self.customer, lost_on=before)
        self.assertEqual(self._get_codes(answers), ["ordered_later"])
        self._register(self.customer, lost_on=self.today.isoformat())
        self.assertEqual(self._get_lost(self.customer).lost_on, self.today)

    def test_a_reason_may_ask_for_the_competitor(self):
        for name in (None, "", "  "):
            with self.assertRefused("Which competitor"):
                self._register(self.customer, reason=self.competition, competitor=name)

    def test_an_unknown_reason_is_refused(self):
        with self.assertRefused("Why was the customer lost"):
            self.customer.register_lost(0)

    def test_a_customer_has_one_open_record(self):
        self._register(self.customer)
        lost = self._get_lost(self.customer)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            lost.copy()
            self.env.flush_all()

    def test_only_what_is_correctable_is_corrected_and_by_whom(self):
        self._register(self.customer)
        lost = self._get_lost(self.customer)
        lost.with_user(self.sally).write({"note": "Better", "value_lost": 5})
        for user, values in [
            (self.sally, {"state": "won_back"}),
            (self.rita, {"user_id": self.sam.id}),
            (self.sam, {"note": "Mine"}),
            (self.carl, {"note": "Mine"}),
        ]:
            with self.subTest(user.login), self.assertRaises(AccessError):
                lost.with_user(user).write(values)
        with self.assertRaises(AccessError):
            self.env["crm.lost.customer"].with_user(self.rita).create({})
        with self.assertRaises(AccessError):
            lost.with_user(self.max).unlink()
        lost.with_user(self.rita).unlink()

    def test_the_form_is_open_for_whom_the_record_is(self):
        self._register(self.customer)
        lost = self._get_lost(self.customer)
        for user, may in ((self.sally, True), (self.rita, True), (self.sam, False)):
            with self.subTest(user.login):
                self.assertEqual(lost.with_user(user).may_change, may)

    def test_records_of_another_company_stay_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        shared = self._create_customer("Shared", relation_company_id=other.id)
        shared.register_lost(self.price.id)
        found = self.env["crm.lost.customer"].with_user(self.rita)
        self.assertFalse(found.search([("partner_id", "=", shared.id)]))
        self.assertEqual(
            self._get_codes(self._register(shared)), ["already_lost"], "once for all"
        )

    def test_customers_are_found_by_whether_they_are_lost(self):
        kept = self._create_customer("Kept")
        self._register(self.customer)
        ours = [("id", "in", (self.customer | kept).ids)]
        partners = self.env["res.partner"]
        self.assertEqual(
            partners.search([*ours, ("is_lost", "=", True)]), self.customer
        )
        self.assertEqual(partners.search([*ours, ("is_lost", "=", False)]), kept)

    def test_many_take_as_many_statements_as_one(self):
        customers = self.env["res.partner"].union(
            *(
                self._create_customer(f"C{number}", user_id=self.sally.id)
                for number in range(8)
            )
        )
        counts = []
        for group in (customers[:1], customers[1:2], customers[2:]):
            self.env.invalidate_all()
            counts.append(
                self._count_statements(lambda group=group: self._register(group))
            )
        self.assertEqual(counts[1], counts[2])

    def test_merged_customers_keep_their_records(self):
        other = self._create_customer("Same")
        self._register(other)
        self._get_lost(other).sudo().action_won_back()
        self._merge(other)
        self.assertEqual(self._get_lost(self.customer).state, "won_back")

    def test_of_two_open_records_the_older_takes_over_the_other(self):
        other = self._create_customer("Same")
        earlier = self.today - timedelta(days=5)
        self._register(other, lost_on=earlier, value_lost=10, note="First")
        self._register(self.customer, reason=self.competition, competitor="Acme")
        self._merge(other)
        lost = self._get_lost(self.customer)
        self.assertRecordValues(
            lost, [{"lost_on": earlier, "value_lost": 410, "state": "lost"}]
        )
        self.assertRegex(lost.note, "First\nMerged: .*Went to a competitor.*400")

    def _merge(self, other):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | other).ids, self.customer, extra_checks=False
        )


@tagged("post_install", "-at_install")
class TestLostWizard(LostCommon):
    def _open(self, customers, user=None, **values):
        wizard = self.env["crm.lost.customer.wizard"].with_user(user or self.sally)
        return wizard.create(
            {"partner_ids": customers.ids, "reason_id": self.price.id} | values
        )

    def test_value_and_competitor_of_a_single_customer_are_proposed(self):
        self.env["crm.customer.competitor"].create(
            {"partner_id": self.customer.id, "name": "Acme", "wallet_share": 60}
        )
        wizard = self._open(self.customer)
        self.assertFalse(wizard.competitor, "The price is no competitor's fault.")
        wizard.reason_id = self.competition
        self.assertEqual((wizard.value_lost, wizard.competitor), (400, "Acme"))
        wizard.value_lost = 120
        wizard.action_apply()
        self.assertRecordValues(
            self._get_lost(self.customer), [{"value_lost": 120, "competitor": "Acme"}]
        )

    def test_of_many_each_has_its_own_value(self):
        other = self._create_customer("Other", user_id=self.sally.id)
        wizard = self._open(self.customer | other, win_back_on=False)
        wizard.action_apply()
        lost = self._get_lost(self.customer | other)
        self.assertEqual(sorted(lost.mapped("value_lost")), [0, 400])

    def test_who_was_not_registered_is_listed(self):
        others = self._create_customer("Sam's", user_id=self.sam.id)
        wizard = self._open(self.customer | others)
        action = wizard.action_apply()
        self.assertEqual(action["res_id"], wizard.id)
        self.assertEqual(wizard.summary, "1 registered as lost, 1 not.")
        self.assertEqual(wizard.line_ids.partner_id, others)
        self.assertIn("Only its owner", wizard.line_ids.message)

    def test_a_win_back_can_be_planned_at_once(self):
        due = fields.Date.today() + timedelta(days=3)
        wizard = self._open(
            self.customer, wins_back=True, win_back_on=due, win_back_note="Visit"
        )
        wizard.action_apply()
        self.assertRecordValues(
            self._get_lost(self.customer),
            [{"state": "winning", "task_due_on": due, "task_user_id": self.sally.id}],
        )

    def test_a_win_back_of_yesterday_leaves_nothing_half_done(self):
        wizard = self._open(
            self.customer, wins_back=True, win_back_on=self.today - timedelta(days=1)
        )
        with self.assertRefused("today or later"):
            wizard.action_apply()
        self.assertFalse(self._get_lost(self.customer))
