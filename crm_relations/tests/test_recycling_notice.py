from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")  # a Wednesday
class TestPoolNotice(RelationsCommon):
    """PO-4: notices before release, in steps, in one digest a person and day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.pool.notice.step"].search([]).active = False
        cls.env.flush_all()
        cls.steps = cls.env["crm.pool.notice.step"].create(
            [
                {"days": 7},
                {"days": 3},
                {"days": 1, "to_leader": True},
            ]
        )
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.rule = cls._create_pool_rule(30)
        cls.today = cls.company._get_relations_today()
        cls._let_leave(cls.customer, 7)

    @classmethod
    def _let_leave(cls, partners, days):
        """Let these leave in so many days."""
        cls._age_ownership(partners, 30 - days)
        cls.rule.domain = cls._only(partners)
        everyone = partners | cls.customer
        cls.env["res.partner"]._refresh_release_dates(everyone.ids)

    def _send(self, users=None, day=None):
        """Send the digests of one day by the job's own step."""
        users = users or self.sally | self.max
        day = day or self.today
        self.env["crm.daily.digest"]._send(users, self.company, day)
        self.env.flush_all()
        self.env.invalidate_all()

    def _get_notices(self, partner=None):
        return self.env["crm.pool.notice"].search(
            [("partner_id", "=", (partner or self.customer).id)], order="id"
        )

    def _get_mails(self, user=None):
        partner = (user or self.sally).partner_id
        return self.env["mail.mail"].search([("recipient_ids", "in", partner.ids)])

    def assertTold(self, *expected, partner=None):
        """(person, days before) of all notices of this customer."""
        found = [
            (notice.user_id, notice.step_days) for notice in self._get_notices(partner)
        ]
        self.assertEqual(found, list(expected))

    def test_the_digest_names_customer_day_reason_and_link(self):
        self._send()
        self.assertRecordValues(
            self._get_notices(),
            [
                {
                    "user_id": self.sally.id,
                    "owner_id": self.sally.id,
                    "release_date": self.today + timedelta(days=7),
                    "step_days": 7,
                    "company_id": self.customer.relation_company_id.id,
                }
            ],
        )
        mail = self._get_mails()
        self.assertEqual(mail.subject, "Your day: 1 due")
        for text in ("Great Wall", "Mar 11, 2026", "30 days", "/odoo/about-to-leave"):
            self.assertIn(text, mail.body_html)
        self.assertFalse(self._get_mails(self.max))

    def test_in_the_language_of_the_receiver(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.sally.lang = "fr_FR"
        self._send()
        self.assertIn("11 mars 2026", self._get_mails().body_html)

    def test_each_step_is_told_once(self):
        told = []
        for days in range(9):
            self._send(day=self.today + timedelta(days=days))
            told.append(len(self._get_notices()))
        # 7 days before on Wednesday, 3 on Sunday: on Friday; 1 on Tuesday, to both.
        self.assertEqual(told[:7], [1, 1, 2, 2, 2, 2, 4])
        self.assertTold(
            *((self.sally, 7), (self.sally, 3)),
            *((self.sally, 1), (self.max, 1)),
        )

    def test_a_step_on_the_weekend_is_told_on_friday(self):
        self._let_leave(self.customer, 4)  # Sunday: one day before is Saturday
        self._send(day=self.today + timedelta(days=2))
        self.assertTold((self.sally, 1), (self.max, 1))

    def test_of_steps_passed_only_the_nearest_is_told(self):
        self._let_leave(self.customer, 2)
        self._send()
        self.assertTold((self.sally, 3))

    def test_a_leader_is_told_the_nearest_of_the_own_steps(self):
        self.steps.create({"days": 5, "to_owner": False, "to_leader": True})
        self._let_leave(self.customer, 2)
        self._send()
        self.assertTold((self.sally, 3), (self.max, 5))

    def test_sent_twice_nothing_is_told_twice(self):
        self._send()
        self._send()
        self.assertEqual(len(self._get_notices()), 1)
        self.assertEqual(len(self._get_mails()), 1)

    def test_a_lost_digest_row_does_not_repeat_a_step(self):
        """The step is unique by itself, whatever happens to digests."""
        self._send()
        self.env["crm.daily.digest"].search([]).unlink()
        self._send()
        self.assertEqual(len(self._get_notices()), 1)
        self.assertEqual(len(self._get_mails()), 1)

    def test_when_the_date_moves_the_steps_begin_anew(self):
        self._send()
        self._let_leave(self.customer, 6)
        self._send(day=self.today + timedelta(days=1))
        self.assertTold((self.sally, 7), (self.sally, 7))

    def test_a_follow_up_ends_the_warnings(self):
        self._create_followup(self.customer)
        self._send()
        self.assertTold()

    def test_an_extension_ends_the_warnings_until_the_new_date(self):
        self.company.pool_extension_approval = False
        self.customer.with_user(self.sally).pool_extend("Tender", 20)
        self._send()
        self.assertTold()
        self._send(day=self.today + timedelta(days=20))
        self.assertTold((self.sally, 7))

    def test_the_new_salesperson_is_told(self):
        self._send()
        self.customer.user_id = self.sam
        self._let_leave(self.customer, 7)
        self._send(self.sally | self.sam, self.today + timedelta(days=1))
        self.assertTold((self.sally, 7), (self.sam, 7))

    def test_managers_of_the_pool_stand_in_for_a_missing_leader(self):
        self.pool.manager_ids = [Command.link(self.anna.id)]
        self.customer.user_id = self.sam  # whose team nobody leads
        self._let_leave(self.customer, 1)
        self._send(self.sam | self.max | self.anna)
        self.assertTold((self.sam, 1), (self.anna, 1))

    def test_they_are_not_told_where_there_is_a_leader(self):
        self.pool.manager_ids = [Command.link(self.anna.id)]
        self._let_leave(self.customer, 1)
        self._send(self.sally | self.max | self.anna)
        self.assertTold((self.sally, 1), (self.max, 1))

    def test_a_leader_of_another_company_is_not_told(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = self.company
        self.max.write({"company_ids": other.ids, "company_id": other.id})
        self._let_leave(self.customer, 1)
        self._send()
        self.assertTold((self.sally, 1))

    def test_steps_of_a_rule_come_before_those_of_the_company(self):
        self.steps.create({"days": 20, "company_id": self.company.id})
        self._let_leave(self.customer, 15)
        self._send()
        self.assertTold((self.sally, 20))
        self.rule.notice_step_ids = [Command.create({"days": 2})]
        self._let_leave(self.customer, 16)
        self._send(day=self.today + timedelta(days=1))
        self.assertTold((self.sally, 20))
        self._let_leave(self.customer, 9)
        self._send(day=self.today + timedelta(weeks=1))
        self.assertTold((self.sally, 20), (self.sally, 2))

    def test_without_steps_nobody_is_told(self):
        self.steps.active = False
        self._send()
        self.assertTold()
        self.assertFalse(self._get_mails())

    def test_only_so_many_are_named(self):
        customers = self.env["res.partner"].create(
            [
                {
                    "name": f"Great {number:02}",
                    "is_company": True,
                    "is_managed_customer": True,
                    "user_id": self.sally.id,
                }
                for number in range(25)
            ]
        )
        self._let_leave(customers, 3)
        self._send()
        body = self._get_mails().body_html
        self.assertIn("Great 19", body)
        self.assertNotIn("Great 20", body)
        self.assertIn("and 5 more", " ".join(body.split()))

    def test_bad_steps_are_refused(self):
        for values in (
            {"days": 0},
            {"days": -7},
            {"days": 366},
            {"days": 5, "to_owner": False},
        ):
            with self.subTest(values=values), self.assertRefused("notice"):
                with self.env.cr.savepoint():
                    self.steps.create(values)

    def test_who_reads_them(self):
        self._let_leave(self.customer, 1)
        self._send()
        notices = self._get_notices()
        self.assertEqual(len(notices.with_user(self.sally).search([])), 1)
        self.assertEqual(notices.with_user(self.max).search([]), notices)
        self.assertFalse(notices.with_user(self.sam).search([]) & notices)
        with self.assertRaises(AccessError):
            notices.with_user(self.rita).write({"step_days": 5})
        with self.assertRaises(AccessError):
            self.steps.with_user(self.rita).write({"days": 5})

    def test_merged_customers_keep_one_of_each_step(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        self._let_leave(self.customer | twin, 7)
        self._send()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | twin).ids, self.customer)
        self.env.invalidate_all()
        self.assertTold((self.sally, 7))

    def test_statements_do_not_depend_on_customers(self):
        counts = []
        for day, number in enumerate((2, 2, 40)):
            customers = self.env["res.partner"].create(
                [
                    {
                        "name": f"Great {day} {index}",
                        "is_company": True,
                        "is_managed_customer": True,
                        "user_id": self.sally.id,
                    }
                    for index in range(number)
                ]
            )
            self._let_leave(customers, 3 + 7 * day)
            self.env.invalidate_all()
            when = self.today + timedelta(weeks=day)
            counts.append(
                self._count_statements(
                    lambda when=when: self.env["crm.daily.digest"]._send(
                        self.sally, self.company, when
                    )
                )
            )
            self.assertTold((self.sally, 3), partner=customers[-1])
        self.assertEqual(counts[1], counts[2])
