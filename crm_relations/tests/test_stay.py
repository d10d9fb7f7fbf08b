from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common.stay import StayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestPoolExtension(StayCommon):
    """PO-4: extensions are asked for, approved, limited."""

    def test_a_request_holds_until_it_is_approved(self):
        self.assertEqual(self.customer.pool_release_date, self._day(5))
        self.assertEqual(self._extend(), ["ok"])
        stay = self._get_stays()
        self.assertRecordValues(
            stay,
            [
                {
                    "state": "requested",
                    "user_id": self.sally.id,
                    "approver_id": self.max.id,
                    "requested_by_id": self.sally.id,
                    "release_date": self._day(5),
                    "until": self._day(12),
                    "hold_until": self._day(3),
                    "reason": "Tender",
                    "decided_by_id": False,
                }
            ],
        )
        self.assertEqual(self.customer.pool_kept_until, self._day(3))
        self.assertEqual(self._codes(stay.with_user(self.max).approve()), ["ok"])
        self.assertRecordValues(
            stay,
            [{"state": "approved", "decided_by_id": self.max.id, "hold_until": False}],
        )
        self.assertEqual(self.customer.pool_kept_until, self._day(12))

    def test_refused_it_leaves_as_the_rules_say(self):
        self._extend()
        self._get_stays().with_user(self.max).refuse("No")
        self.assertStays(("extension", "refused", False))
        self.assertFalse(self.customer.pool_kept_until)

    def test_a_second_request_after_a_refusal_holds_nothing(self):
        self._extend()
        self._get_stays().with_user(self.max).refuse("No")
        self.assertEqual(self._extend(), ["ok"])
        self.assertFalse(self._get_stays()[-1].hold_until)
        self.assertFalse(self.customer.pool_kept_until)

    def test_nor_after_one_that_was_taken_back(self):
        self._extend()
        self.assertEqual(
            self._codes(self._get_stays().with_user(self.sally).end()), ["ok"]
        )
        self._extend()
        self.assertFalse(self._get_stays()[-1].hold_until)

    def test_extensions_are_counted_while_with_this_salesperson(self):
        self.company.pool_extension_approval = False
        self.assertEqual(self._extend(), ["ok"])
        self.assertEqual(self._extend(), ["ok"])
        self.assertEqual(self._extend(), ["cap_reached"])
        self.customer.user_id = self.sam
        self.customer.user_id = self.sally
        with freeze_time("2026-03-04 10:01:00"):
            self._age_ownership(self.customer, 0)
            self.assertEqual(self._extend(), ["ok"])

    def test_without_approval_it_holds_at_once(self):
        self.company.pool_extension_approval = False
        self._extend(days=10)
        self.assertRecordValues(
            self._get_stays(),
            [{"state": "approved", "until": self._day(15), "decided_at": self._now()}],
        )
        self.assertEqual(self.customer.pool_kept_until, self._day(15))

    def _now(self):
        return fields.Datetime.now()

    def test_what_a_leader_asks_is_approved(self):
        self.assertEqual(self._extend(self.max), ["ok"])
        self.assertEqual(self._get_stays().state, "approved")

    def test_nobody_approves_for_oneself_but_relations_managers(self):
        self.north.member_ids |= self.max
        self.customer.user_id = self.max
        self.assertEqual(self._extend(self.max), ["ok"])
        stay = self._get_stays()
        self.assertEqual(stay.state, "requested")
        self.assertFalse(stay.approver_id)
        self.assertEqual(self._codes(stay.with_user(self.max).approve()), ["no_right"])
        self.assertEqual(self._codes(stay.with_user(self.rita).approve()), ["ok"])

    def test_a_manager_of_the_pool_may_decide(self):
        self.customer.user_id = self.sam  # whose team nobody leads
        self.pool.manager_ids = self.anna | self.sally
        self._extend(self.sam)
        stay = self._get_stays()
        self.assertIn(stay.approver_id, self.anna | self.sally)
        self.assertEqual(self._codes(stay.with_user(self.max).approve()), ["no_right"])
        self.assertEqual(self._codes(stay.with_user(self.sally).approve()), ["ok"])

    def test_who_is_asked_follows_the_team(self):
        self._extend()
        self.north.user_id = self.rita
        self.assertEqual(self._get_stays().approver_id, self.rita)

    def test_bad_calls_get_a_clear_answer_and_write_nothing(self):
        for days in (0, -3, 31, 10**9, 1.5, "7", True):
            with self.subTest(days=days):
                self.assertEqual(self._extend(days=days), ["blocked"])
        for reason in ("", "  ", None, False, 7):
            with self.subTest(reason=reason):
                self.assertEqual(self._extend(reason=reason), ["blocked"])
        self.assertFalse(self._get_stays())

    def test_each_customer_has_its_answer(self):
        pooled = self._create_customer("Pooled")
        other = self._create_customer("Sam's", user_id=self.sam.id)
        safe = self._create_customer("Safe", user_id=self.sally.id)
        gone = self._create_customer("Gone")
        ids = [gone.id, self.customer.id, pooled.id, other.id, safe.id, gone.id]
        gone.unlink()
        partners = self.env["res.partner"].browse(ids).with_user(self.sally)
        answers = partners.pool_extend("Tender")
        self.assertEqual([answer["id"] for answer in answers], ids)
        self.assertEqual(
            self._codes(answers),
            ["missing", "ok", "no_right", "no_right", "blocked", "missing"],
        )
        self.assertIn("No rule would take it", answers[4]["message"])

    def test_asked_twice_it_is_one_request(self):
        twice = self.customer.browse(self.customer.ids * 2).with_user(self.sally)
        self.assertEqual(self._codes(twice.pool_extend("Tender")), ["ok", "ok"])
        self.assertEqual(self._extend(self.max), ["blocked"])
        self.assertStays(("extension", "requested", False))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._get_stays().copy()

    def test_decided_once(self):
        self._extend()
        stay = self._get_stays()
        stay.with_user(self.max).approve()
        answers = stay.with_user(self.rita).refuse()
        self.assertEqual(self._codes(answers), ["blocked"])
        self.assertEqual(stay.state, "approved")
        with self.assertRefused("decided or has ended", UserError):
            stay.with_user(self.max).action_approve()

    def test_not_approved_after_the_salesperson_changed(self):
        self._extend()
        stay = self._get_stays()
        self.customer.user_id = self.sam
        self.assertStays(("extension", "ended", "owner"))
        self.assertFalse(self.customer.pool_kept_until)
        self.assertEqual(self._codes(stay.with_user(self.max).approve()), ["blocked"])
        self.assertFalse(self.customer.pool_kept_until)

    def test_not_approved_after_the_release(self):
        self._extend()
        self.customer.with_context(active_test=False)
        with freeze_time("2026-03-12 10:00:00"):
            self.env["res.partner"]._refresh_release_dates(self.customers.ids)
            self.env["crm.pool.rule"]._release_due()
            self.env.invalidate_all()
            self.assertEqual(self.customer.pool_id, self.pool)
            stay = self._get_stays()
            self.assertEqual((stay.state, stay.ending), ("ended", "owner"))
            answers = stay.with_user(self.max).approve()
            self.assertEqual(self._codes(answers), ["blocked"])
            self.assertFalse(self.customer.user_id)

    def test_not_approved_when_its_day_has_passed(self):
        self._extend()
        self.customer.pool_release_date = False
        with freeze_time("2026-03-20 10:00:00"):
            answers = self._get_stays().with_user(self.max).approve()
        self.assertEqual(self._codes(answers), ["blocked"])
        self.assertIn("has passed", answers[0]["message"])

    def test_a_manager_of_another_company_cannot(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_user(
            "stranger",
            "group_relations_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        self.assertEqual(self._extend(stranger), ["no_right"])
        self._extend()
        stay = self._get_stays().with_user(stranger)
        self.assertEqual(self._codes(stay.approve()), ["no_right"])
        self.assertEqual(self._codes(stay.end()), ["no_right"])
        self.assertEqual(self._codes(stay.browse(10**9).approve()), ["missing"])
        answers = self.customers[1].with_user(self.sally).pool_extend("Tender")
        self.assertEqual(self._codes(answers), ["ok"])
        stay = self._get_stays(self.customers[1])
        stay.company_id = self.company
        with self.assertRaises(AccessError):
            stay.with_user(stranger).read(["reason"])
        self.assertEqual(self._codes(stay.with_user(stranger).approve()), ["no_right"])

    def test_roles(self):
        self.assertEqual(self._extend(self.sam), ["no_right"])
        self.assertEqual(self._extend(self.anna), ["no_right"])
        self._extend()
        stay = self._get_stays()
        for user in (self.sally, self.sam, self.anna, self.carl):
            with self.subTest(user=user.name):
                answers = stay.with_user(user).approve()
                self.assertEqual(self._codes(answers), ["no_right"])
        self.assertFalse(self.stays.with_user(self.sam).search([]) & stay)
        with self.assertRaises(AccessError):
            stay.with_user(self.rita).write({"state": "approved"})
        with self.assertRaises(AccessError):
            self.stays.with_user(self.rita).create(
                {"partner_id": self.customer.id, "kind": "extension", "reason": "x"}
            )
        self.assertFalse(self.customer.pool_kept_until > self._day(3))

    def test_nobody_writes_the_day_directly(self):
        for user in (self.sally, self.rita, self.adam):
            with self.assertRaises(AccessError):
                self.customer.with_user(user).write({"pool_kept_until": self._day(99)})
        self.assertFalse(self.customer.copy().pool_kept_until)

    def test_who_is_asked_and_who_has_asked_get_one_message(self):
        self.max.notification_type = self.sally.notification_type = "inbox"
        self._extend(partners=self.customers)
        told = self._get_told(self.max)
        self.assertEqual(len(told), 1)
        self.assertIn("2 customers", told.subject)
        self.assertIn("Tender", told.body)
        self._get_stays(self.customers).with_user(self.max).approve()
        told = self._get_told(self.sally)
        self.assertEqual(len(told), 1)
        self.assertIn("Great Wall", told.body)

    def _get_told(self, user):
        notices = self.env["mail.notification"].search(
            [("res_partner_id", "=", user.partner_id.id)]
        )
        return notices.mail_message_id

    def test_my_day_of_the_leader_shows_what_is_asked(self):
        self._extend()
        day = self.env["crm.my.day"].with_user(self.max).get_day()
        cards = {
            card["key"]: card for column in day["columns"] for card in column["cards"]
        }
        self.assertEqual(cards["approvals"]["count"], 1)
        action = self.env["crm.my.day"].with_user(self.max).open_card("approvals")
        found = self.stays.with_user(self.max).search(action["domain"])
        self.assertEqual(found, self._get_stays())
        self.assertTrue(found.may_decide)

    def test_the_dialog_asks_for_many(self):
        action = self.customers.with_user(self.sally).action_extend()
        wizard = Form(
            self.env["crm.stay.wizard"]
            .with_user(self.sally)
            .with_context(**action["context"])
        )
        self.assertEqual(wizard.days, 7)
        wizard.reason = "Fair next week"
        result = wizard.save().action_apply()
        self.assertIn("Max has been asked", result["params"]["message"])
        self.assertIn("2 customers", result["params"]["message"])
        self.assertEqual(len(self._get_stays(self.customers)), 2)
        wizard = wizard.save()
        with self.assertRefused("asked for already", UserError):
            wizard.action_apply()
        with self.assertRefused("1 to 3650 days"):
            wizard.days = -1

    def test_statements_do_not_depend_on_customers(self):
        first, few, many = (self._create_due_customers(count) for count in (2, 2, 30))
        self._extend(partners=first, user=self.max)
        counts = [
            self._count_statements(
                lambda some=some: self._extend(partners=some, user=self.max),
                unread=True,
            )
            for some in (few, many)
        ]
        self.assertEqual(counts[0], counts[1])
        self.env.invalidate_all()
        some = self._get_stays(many)
        self.assertEqual(set(some.mapped("state")), {"approved"})

    def _create_due_customers(self, count):
        customers = self._create_customers(
            count, is_company=True, user_id=self.sally.id
        )
        self.rule.domain = "[]"
        self.env["res.partner"]._refresh_release_dates(customers.ids)
        return customers

    def test_settings_are_checked(self):
        for values in (
            {"pool_extension_days": 0},
            {"pool_extension_days": 40},
            {"pool_extension_days_most": 10**6},
            {"pool_protection_days_most": -1},
            {"pool_request_hold_days": -1},
            {"pool_request_hold_days": 31},
            {"pool_extension_limit": -1},
            {"pool_protection_quota": -1},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                with self.env.cr.savepoint():
                    self.company.write(values)
        settings = self.env["res.config.settings"].create({"pool_extension_limit": 5})
        settings.execute()
        self.assertEqual(self.env.company.pool_extension_limit, 5)
