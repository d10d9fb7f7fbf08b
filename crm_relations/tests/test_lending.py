from datetime import datetime, timedelta

from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.lending import LendingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestLending(LendingCommon):
    """AR-10: what is confidential is lent: asked for, approved by somebody else,
    until a day."""

    def test_nothing_is_open_before_somebody_has_approved(self):
        self.assertFalse(self._reads())
        self.assertEqual(self._ask(), ["ok"])
        self.assertFalse(self._reads())
        self.assertEqual(self._get_loans().standing, "asked")
        self._get_loans().with_user(self.sally).approve()
        self.assertTrue(self._reads())
        self.assertTrue(self._reads(record=self.relative))
        self.assertEqual(self._get_loans().standing, "running")

    def test_a_loan_opens_the_one_customer_and_the_one_part(self):
        self._lend(parts=["documents", "card"])
        self.assertFalse(self._reads())
        self._lend()
        self.assertTrue(self._reads())
        self.assertFalse(self._reads(record=self.stranger.profile_ids))
        self.assertFalse(self._reads(self.anna))

    def test_a_reader_who_sells_nothing_borrows_as_well(self):
        self._lend(user=self.anna)
        self.assertTrue(self._reads(self.anna))

    def test_a_loan_is_for_reading(self):
        self._lend()
        own = self.profile.with_user(self.sam)
        for call in (
            lambda: own.write({"personality": "Mine"}),
            lambda: own.unlink(),
            lambda: own.message_post(body="Mine"),
            lambda: self.relative.with_user(self.sam).write({"name": "Mine"}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call()

    def test_each_form_of_what_is_lent_tells_who_may_change_it(self):
        """Also that of the next model: who borrows would type what is refused."""
        self._lend()
        self.assertFalse(self.profile.with_user(self.sam).may_change)
        self.assertTrue(self.profile.with_user(self.sally).may_change)
        self.assertTrue(self.profile.with_user(self.sam).new().may_change)
        mixin = type(self.env["crm.confidential.mixin"])
        primary = [("type", "=", "form"), ("mode", "=", "primary")]
        forms = self.env["ir.ui.view"].search(primary)
        forms = forms.filtered(lambda view: isinstance(self.env.get(view.model), mixin))
        self.assertLessEqual(
            {"crm.person.profile", "crm.customer.document"}, set(forms.mapped("model"))
        )
        for view in forms:
            arch = etree.fromstring(self.env[view.model].get_view(view.id)["arch"])
            with self.subTest(view.name):
                self.assertEqual(arch.get("js_class"), "crm_guarded_form")
                self.assertTrue(arch.xpath("//field[@name='may_change']"))

    def test_it_ends_at_midnight_of_the_company_without_any_job(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self._lend(days=1)  # until the end of 5 March in Shanghai
        with freeze_time("2026-03-05 15:59:59"):
            self.assertTrue(self._reads())
        with freeze_time("2026-03-05 16:00:00"):
            self.assertFalse(self._reads())
            self.assertFalse(self._reads(record=self.relative))
            self.assertEqual(self._get_loans().state, "approved")
            self.assertEqual(self._get_loans().standing, "over")

    def test_it_begins_on_its_first_day(self):
        loan = self._lend(since=self._day(2))
        self.assertFalse(self._reads())
        self.assertEqual(loan.standing, "coming")
        with freeze_time("2026-03-06 00:00:00"):
            self.assertTrue(self._reads())

    def test_the_job_says_that_it_is_over(self):
        loan = self._lend(days=1)
        self._ask(self.anna, days=1)
        asked = self._get_loans()[-1]
        self.assertEqual(self.loans._end_due(), 0)
        with freeze_time("2026-03-06 00:00:00"):
            self.assertEqual(self.loans._end_due(), 2)
        self.assertEqual((loan.state, loan.ending), ("ended", "expired"))
        self.assertEqual((asked.state, asked.ending), ("ended", "undecided"))

    def test_refused_with_a_reason(self):
        self._ask()
        loan = self._get_loans()
        self.assertEqual(
            self._codes(loan.with_user(self.sally).refuse(" ")), ["blocked"]
        )
        self.assertEqual(
            self._codes(loan.with_user(self.sally).refuse("Not yours")), ["ok"]
        )
        self.assertEqual((loan.state, loan.refusal_reason), ("refused", "Not yours"))
        self.assertFalse(self._reads())
        self.assertEqual(self._codes(loan.with_user(self.sally).approve()), ["blocked"])

    def test_revoked_with_a_reason_by_who_may_decide(self):
        loan = self._lend()
        self.assertEqual(
            self._codes(loan.with_user(self.sam).revoke("x")), ["no_right"]
        )
        self.assertEqual(self._codes(loan.with_user(self.max).revoke("")), ["blocked"])
        self.assertEqual(
            self._codes(loan.with_user(self.max).revoke("Board met")), ["ok"]
        )
        self.assertEqual((loan.ending, loan.ending_reason), ("revoked", "Board met"))
        self.assertFalse(self._reads())

    def test_given_back_early_by_who_has_it(self):
        loan = self._lend()
        self.assertEqual(
            self._codes(loan.with_user(self.sally).give_back()), ["no_right"]
        )
        self.assertEqual(self._codes(loan.with_user(self.sam).give_back()), ["ok"])
        self.assertEqual(loan.ending, "returned")
        self.assertFalse(self._reads())
        self._ask()
        asked = self._get_loans()[-1]
        asked.with_user(self.sam).give_back()
        self.assertEqual(asked.ending, "withdrawn")

    def test_an_extension_is_asked_for_and_approved_anew(self):
        loan = self._lend(days=1)
        own = loan.with_user(self.sam)
        for day in (1, 4000):
            self.assertEqual(self._codes(own.extend(self._day(day))), ["blocked"])
        self.assertEqual(self._codes(own.extend(self._day(4))), ["ok"])
        more = self._get_loans()[-1]
        self.assertRecordValues(
            more,
            [
                {
                    "extended_id": loan.id,
                    "since": self._day(2),
                    "until": self._day(4),
                    "state": "asked",
                    "purpose": loan.purpose,
                    "with_profiles": True,
                }
            ],
        )
        self.assertEqual(self._codes(own.extend(self._day(5))), ["blocked"])
        with freeze_time("2026-03-06 00:00:00"):
            self.assertFalse(self._reads())
            self.assertEqual(
                self._codes(more.with_user(self.sam).approve()), ["no_right"]
            )
            more.with_user(self.carl).approve()
            self.assertTrue(self._reads())
        self.assertEqual(
            self._codes(loan.with_user(self.anna).extend(self._day(9))), ["no_right"]
        )

    def test_who_decides(self):
        """The owner, the leader of the owner's team, custodians, relations managers."""
        for user in (self.sally, self.max, self.carl, self.rita, self.adam):
            with self.subTest(user.login):
                self._lend(user)._end("returned")
        sharing = self._create_user("sharer", "group_sales_user")
        self.customer.share_with(sharing.id)
        stranger = self._create_user("lena", "group_sales_manager")
        for user in (self.sam, self.anna, sharing, stranger):
            self._ask()
            loan = self._get_loans()[-1]
            with self.subTest(user.login):
                answers = loan.with_user(user).approve()
                self.assertEqual(self._codes(answers), ["no_right"])
                self.assertEqual(loan.state, "asked")
            loan._end("withdrawn")

    def test_nobody_decides_on_an_own_request(self):
        """Whatever right has come since."""
        self._ask()
        loan = self._get_loans()
        self.sam.group_ids += self.env.ref("crm_relations.group_custodian")
        self.assertEqual(self._codes(loan.with_user(self.sam).approve()), ["no_right"])
        twin = self._create_user("sam_two", "group_custodian")
        twin.partner_id = self.sam.partner_id
        self.assertEqual(self._codes(loan.with_user(twin).approve()), ["no_right"])
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            loan.write({"state": "approved", "decided_by_id": self.sam.id})
            self.env.flush_all()

    def test_nobody_types_a_loan(self):
        self._ask()
        loan = self._get_loans()
        values = {
            "partner_id": self.customer.id,
            "user_id": self.sam.id,
            "purpose": "x",
            "since": self.today,
            "until": self._day(3),
            "state": "approved",
            "with_profiles": True,
            "decided_by_id": self.sally.id,
        }
        for user in (self.sam, self.sally, self.carl, self.rita, self.adam):
            own = self.loans.with_user(user)
            for call in (
                lambda own=own: own.create(values),
                lambda user=user: loan.with_user(user).write({"state": "approved"}),
                lambda user=user: loan.with_user(user).write({"until": self._day(9)}),
                lambda user=user: loan.with_user(user).unlink(),
                lambda user=user: loan.with_user(user).copy({"state": "approved"}),
                lambda user=user: self.customer.with_user(user).write(
                    {"loan_ids": [(0, 0, values)]}
                ),
            ):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    call()
            loaded = own.load(
                ["partner_id/.id", "user_id/.id", "purpose", "since", "until"],
                [[self.customer.id, self.sam.id, "x", "2026-03-04", "2026-03-05"]],
            )
            self.assertFalse(loaded["ids"])
        self.assertEqual(len(self._get_loans()), 1)
        self.assertFalse(self._reads())

    def test_what_cannot_be_asked(self):
        for code, values in (
            ("blocked", {"parts": []}),
            ("blocked", {"parts": ["profiles", "everything"]}),
            ("blocked", {"purpose": "  "}),
            ("blocked", {"until": "someday"}),
            ("blocked", {"until": None}),
            ("blocked", {"days": -1}),
            ("blocked", {"since": self._day(-1)}),
            ("blocked", {"since": self._day(6)}),
            ("blocked", {"since": self._day(11), "days": 12}),
            ("blocked", {"user": self.sally}),
            ("blocked", {"user": self.max}),
            ("blocked", {"user": self.carl}),
            ("blocked", {"partners": self.person}),
            ("blocked", {"partners": self.env["res.partner"].create({"name": "P"})}),
        ):
            with self.subTest(values):
                self.assertEqual(self._ask(**values), [code])
        self.assertFalse(self._get_loans())

    def test_a_loan_over_the_maximum_is_refused(self):
        self.assertEqual(self._ask(days=10), ["blocked"])  # the tenth day is the last
        self.assertFalse(self._get_loans())
        self.assertEqual(self._ask(days=9), ["ok"])

    def test_two_loans_of_one_part_never_share_a_day(self):
        self.assertEqual(self._ask(days=3), ["ok"])
        self.assertEqual(self._ask(days=1), ["blocked"])
        self.assertEqual(self._ask(since=self._day(3), days=6), ["blocked"])
        self.assertEqual(self._ask(since=self._day(4), days=6), ["ok"])
        self.assertEqual(self._ask(parts=["profiles", "card"]), ["blocked"])
        self.assertEqual(self._ask(parts=["card"]), ["ok"])
        self.assertEqual(self._ask(self.anna), ["ok"])
        values = self.customer.sudo()._prepare_loan_vals(
            ["profiles"], "x", self.today, self.today
        )
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.loans._create_loans([{**values, "user_id": self.sam.id}])

    def test_what_time_has_overtaken_is_not_approved(self):
        self._ask(days=1)
        loan = self._get_loans()
        with freeze_time("2026-03-05 10:00:00"):
            self.assertEqual(loan.standing, "overdue")
        with freeze_time("2026-03-06 10:00:00"):
            self.assertEqual(
                self._codes(loan.with_user(self.sally).approve()), ["blocked"]
            )

    def test_a_setting_says_how_long(self):
        self.company.loan_days_most = 2
        self.assertEqual(self._ask(days=2), ["blocked"])
        self.assertEqual(self._ask(days=1), ["ok"])
        for days in (0, 367):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.company.loan_days_most = days

    def test_answers_stand_in_the_order_given(self):
        mine = self._create_customer("Own", user_id=self.sam.id)
        asked = self.customer | mine | self.other
        self.assertEqual(self._ask(partners=asked), ["ok", "blocked", "ok"])

    def test_ten_are_asked_for_with_as_many_statements_as_two(self):
        few = self._create_customers(2, user_id=self.sally.id)
        many = self._create_customers(10, user_id=self.sally.id)
        self._ask(partners=self.other)
        counts = [
            self._count_statements(
                lambda c=customers: self._ask(partners=c), unread=True
            )
            for customers in (few, many)
        ]
        self.assertEqual(counts[0], counts[1])

    def test_moments_follow_the_company(self):
        loan = self._lend(days=1)
        self.assertEqual(loan.ends_at, datetime(2026, 3, 6))
        calendar = self.env["resource.calendar"].create(
            {"name": "East", "tz": "Asia/Shanghai"}
        )
        east = self.env["res.company"].create(
            {"name": "East", "resource_calendar_id": calendar.id}
        )
        self.sally.company_ids += east
        self.customer.company_id = east
        self.assertEqual(loan.ends_at, datetime(2026, 3, 6) - timedelta(hours=8))
        # Nobody enters another company by a loan.
        self.assertFalse(self._reads())
