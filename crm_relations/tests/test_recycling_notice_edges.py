from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")  # a Monday
class TestRecyclingNoticeEdges(RelationsCommon):
    """PO-4: to the day, whose steps hold, and of whom nobody is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.env["crm.pool.notice.step"]
        cls.steps.search([]).active = False
        cls.env.flush_all()
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.rule = cls._create_pool_rule(30, domain=cls._only(cls.customer))
        cls.east = cls.env["res.company"].create({"name": "East"})
        cls.today = cls.company._get_relations_today()

    def _let_leave(self, days):
        self._age_ownership(self.customer, 30 - days)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)

    def _announce(self, *users):
        """Return ``{(user, days before)}`` of what is told today, as if anew."""
        notices, digests = self.env["crm.pool.notice"], self.env["crm.daily.digest"]
        notices.search([]).unlink()
        digests.search([]).unlink()
        users = users or (self.sally, self.max)
        digests = digests.create(
            [{"user_id": user.id, "day": self.today} for user in users]
        )
        notices._announce(digests, self.today)
        found = notices.search([("partner_id", "=", self.customer.id)])
        return {(notice.user_id, notice.step_days) for notice in found}

    def test_a_step_is_told_on_its_day_and_not_before(self):
        self.steps.create({"days": 3})
        for days, told in ((4, False), (3, True), (0, True)):
            self._let_leave(days)
            with self.subTest(days):
                self.assertEqual(self._announce(), {(self.sally, 3)} if told else set())

    def test_an_archived_step_is_told_to_nobody(self):
        self.steps.create([{"days": 7}, {"days": 3}])[1].active = False
        self._let_leave(2)
        self.assertEqual(self._announce(), {(self.sally, 7)})

    def test_steps_of_another_company_or_rule_are_none_of_this_customer(self):
        other = self._create_pool_rule(90, name="Other")
        self.steps.create(
            [
                {"days": 7},
                {"days": 5, "company_id": self.east.id},
                {"days": 4, "rule_id": other.id},
            ]
        )
        self._let_leave(2)
        self.assertEqual(self._announce(), {(self.sally, 7)})
        self.steps.create({"days": 6, "company_id": self.company.id})
        self.assertEqual(self._announce(), {(self.sally, 6)})
        self.customer.relation_company_id = self.east
        self.sally.company_ids |= self.east
        self._let_leave(2)
        self.assertEqual(self._announce(), {(self.sally, 5)})

    def test_who_is_told_is_said_by_the_step(self):
        for values, told in (
            ({"to_owner": True, "to_leader": False}, {self.sally}),
            ({"to_owner": False, "to_leader": True}, {self.max}),
            ({"to_owner": True, "to_leader": True}, {self.sally, self.max}),
        ):
            self.steps.search([]).unlink()
            self.steps.create({"days": 7, **values})
            self._let_leave(2)
            with self.subTest(values):
                self.assertEqual({user for user, _days in self._announce()}, told)

    def test_who_leads_the_own_team_is_told_of_the_own_ones_as_salesperson(self):
        self.steps.create({"days": 7, "to_owner": False, "to_leader": True})
        self.north.member_ids |= self.max
        self.customer.user_id = self.max
        self._let_leave(2)
        self.assertEqual(self._announce(), set())

    def test_of_archived_and_other_contacts_nobody_is_told(self):
        self.steps.create({"days": 7})
        self._let_leave(2)
        release = self.customer.pool_release_date
        self.assertTrue(self._announce())
        for column in ("active", "is_managed_customer"):
            self.env.flush_all()
            self.env.cr.execute(
                f"UPDATE res_partner SET {column} = FALSE, pool_release_date = %s"
                "  WHERE id = %s",  # pylint: disable=E8103
                [release, self.customer.id],
            )
            self.env.invalidate_all()
            with self.subTest(column):
                self.assertEqual(self._announce(), set())
            self.env.cr.execute(
                f"UPDATE res_partner SET {column} = TRUE WHERE id = %s",  # pylint: disable=E8103
                [self.customer.id],
            )
            self.env.invalidate_all()

    def test_the_same_step_of_another_date_is_told_again(self):
        self.steps.create({"days": 7})
        self._let_leave(2)
        notices = self.env["crm.pool.notice"]
        digest = self.env["crm.daily.digest"].create(
            {"user_id": self.sally.id, "day": self.today}
        )
        for days, count in ((2, 1), (2, 1), (3, 2)):
            self._let_leave(days)
            notices._announce(digest, self.today)
            with self.subTest(days):
                self.assertEqual(notices.search_count([]), count)

    def test_told_on_the_last_day_before_the_next_one_that_is_worked(self):
        last = self.env["crm.pool.notice"]._get_last_days
        friday = date(2026, 3, 6)
        self.assertEqual(last(self.sally, self.today), {self.sally: self.today})
        self.assertEqual(last(self.sally, friday), {self.sally: date(2026, 3, 8)})
        self.env["resource.resource"].create(
            {
                "name": "Sally",
                "user_id": self.sally.id,
                "company_id": self.company.id,
                "calendar_id": self.company.resource_calendar_id.id,
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": self.sally.resource_ids[:1].id,
                "date_from": "2026-03-02 20:00:00",
                "date_to": "2026-03-20 20:00:00",
            }
        )
        days = last(self.sally, self.today)
        self.assertEqual(days, {self.sally: self.today + timedelta(days=6)})
