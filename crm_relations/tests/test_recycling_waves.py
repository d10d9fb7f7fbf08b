from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolWaves(RelationsCommon):
    """PO-1: a pool takes so many a night; the date of each customer is its night."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_relations_today()
        cls.many = cls._create_customers(7, user_id=cls.sally.id)
        cls.rule = cls._create_pool_rule(30, domain=cls._only(cls.many))
        for number, customer in enumerate(cls.many):
            cls._age_ownership(customer, 50 - number)  # the first one longest
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env["crm.pool.wave"].search([]).unlink()

    def _limit(self, most):
        self.pool.most_per_night = most
        self._decide()

    def _decide(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_pool_dates").method_direct_trigger()
        self.env.invalidate_all()

    def _run_night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_pool_release").method_direct_trigger()
        self.env.invalidate_all()

    def _get_nights(self, customers=None):
        customers = self.many if customers is None else customers
        return [
            customer.pool_release_date
            and (customer.pool_release_date - self.today).days
            for customer in customers
        ]

    def _tomorrow(self):
        self._pass_a_day()
        self._decide()

    def _pass_a_day(self):
        """Let all that counts days have happened a day earlier."""
        self.env.flush_all()
        for statement in (
            "UPDATE crm_pool_wave SET due_on = due_on - 1, leaves_on = leaves_on - 1",
            "UPDATE res_partner SET owner_since = owner_since - interval '1 day' "
            "WHERE user_id IS NOT NULL",
            "UPDATE crm_ownership_change "
            "SET decided_at = decided_at - interval '1 day'",
            "UPDATE crm_pool_batch SET date = date - 1",
        ):
            self.env.cr.execute(statement)
        self.env.invalidate_all()

    def test_without_a_limit_all_are_due(self):
        self._decide()
        self.assertTrue(all(night <= 0 for night in self._get_nights()))

    def test_who_has_been_due_longest_goes_first_and_the_date_tells_the_night(self):
        self._limit(3)
        nights = self._get_nights()
        self.assertTrue(all(night <= 0 for night in nights[:3]))
        self.assertEqual(nights[3:], [1, 1, 1, 2])

    def test_form_list_and_reminder_say_the_night_and_why(self):
        self._limit(3)
        last = self.many[6]
        self.assertEqual(last.pool_time_left, "in 2 days")
        self.assertIn("its turn is on", last.pool_reason["sentence"])
        self.assertNotIn("its turn", self.many[0].pool_reason["sentence"])
        judgement = self.env["crm.pool.judgement"].with_user(self.sally)
        judgement._open_for_customers(last)
        line = judgement.search([("partner_id", "=", last.id)])
        self.assertEqual(line.release_date, last.pool_release_date)
        steps = self.env["crm.pool.notice.step"].search([])
        self.assertIn(1, steps.mapped("days"))
        # Without working hours every day counts, on which somebody is told.
        self.sally.resource_ids.calendar_id = False
        self.company.resource_calendar_id = False
        self.env["crm.daily.digest"]._send(self.sally, self.company, self.today)
        told = self.env["crm.pool.notice"].search([("partner_id", "in", self.many.ids)])
        dates = {notice.partner_id: notice.release_date for notice in told}
        self.assertEqual(dates[last], last.pool_release_date)

    def test_deciding_one_customer_anew_keeps_its_night(self):
        self._limit(3)
        night = self.many[6].pool_release_date
        self.many[6]._release_date_changed()
        self.env.flush_all()
        self.assertEqual(self.many[6].pool_release_date, night)

    def test_nights_release_wave_after_wave(self):
        self._limit(3)
        for left in (4, 1, 0):
            self._run_night()
            self._run_night()  # again in the same night: nobody more
            owned = self.many.filtered("user_id")
            self.assertEqual(owned, self.many[7 - left :])
            self._tomorrow()

    def test_a_follow_up_takes_a_customer_out_and_moves_nobody(self):
        self._limit(3)
        self._create_followup(self.many[3])
        self.env.flush_all()
        self.assertEqual(self._get_nights(self.many[3:]), [30, 1, 1, 2])
        self._decide()
        self.assertEqual(self._get_nights(self.many[3:]), [30, 1, 1, 2])

    def test_who_becomes_due_later_takes_the_next_night_with_room(self):
        self._limit(3)
        late = self._create_customer("Late", user_id=self.sam.id)
        self.rule.domain = self._only(self.many | late)
        self.rule.start_date = self.today
        self._age_ownership(late, 40)
        self._decide()
        self.assertEqual(self._get_nights(self.many[3:]), [1, 1, 1, 2])
        self.assertEqual(self._get_nights(late), [2])

    def test_nights_missed_are_made_up_for_one_a_night(self):
        self._limit(3)
        for _day in range(4):
            self._pass_a_day()
        self._decide()
        nights = self._get_nights()
        self.assertEqual([max(night, 0) for night in nights], [0, 0, 0, 1, 1, 1, 2])
        self._run_night()
        self.assertEqual(len(self.many.filtered("user_id")), 4)

    def test_a_wave_starts_with_the_rule(self):
        """A time of grace: nobody leaves before, and the waves begin then."""
        self.rule.start_date = self.today + timedelta(days=10)
        self._limit(3)
        self.assertEqual(self._get_nights(), [10, 10, 10, 11, 11, 11, 12])

    def test_a_customer_kept_by_agreement_queues_anew_when_that_ends(self):
        self._limit(3)
        self.many[3].sudo().pool_kept_until = self.today + timedelta(days=1)
        self.many[6].sudo().pool_kept_until = self.today + timedelta(days=5)
        self._decide()
        self.assertEqual(self._get_nights(self.many[3:]), [1, 1, 1, 5])

    def test_another_limit_lays_the_nights_anew(self):
        self._limit(3)
        self._limit(5)
        self.assertEqual([max(n, 0) for n in self._get_nights()], [0, 0, 0, 0, 0, 1, 1])
        self._limit(0)
        self.assertTrue(all(night <= 0 for night in self._get_nights()))
        self.assertFalse(self.env["crm.pool.wave"].search([]))

    def test_a_blocked_customer_takes_no_room_of_others(self):
        self.rule.block_quotation = True
        self.rule.start_date = self.today - timedelta(days=1)
        self._create_order(self.many[0], 100, confirm=False)
        self._limit(3)
        self._run_night()
        self.assertEqual(self.many[:3].filtered("user_id"), self.many[0])
        self._tomorrow()
        self._run_night()
        self.assertEqual(self.many.filtered("user_id"), self.many[0] | self.many[6])

    def test_the_night_keeps_the_word_if_somebody_is_due_since(self):
        """Nothing has been planned since: the release itself counts."""
        self._limit(3)
        late = self._create_customers(5, user_id=self.sam.id)
        self.rule.domain = self._only(self.many | late)
        self.rule.start_date = self.today
        self._age_ownership(late, 60)
        self.env["res.partner"]._refresh_release_dates(late.ids)
        self.assertEqual(self.env["crm.pool.rule"]._count_due(), 8)
        rules = self.env["crm.pool.rule"]
        self.assertEqual(rules._release_due(2), 2)
        self.assertEqual(rules._release_due(100), 1)
        self.assertEqual(rules._release_due(100), 0)

    def test_preview_tells_all_who_may_leave(self):
        self._limit(3)
        self.assertEqual(self.rule.with_user(self.rita).preview()["count"], 7)

    def test_the_rule_says_how_many(self):
        self._limit(3)
        self.assertIn("At most 3 come there in a night.", self.rule.sentence)

    def test_two_statements_a_batch_more_whatever_the_number(self):
        self._limit(3)
        waves = self.env["crm.pool.wave"]
        waves._plan_pool(self.pool)
        few = self._count_statements(lambda: waves._plan_pool(self.pool))
        many = self._create_customers(60, user_id=self.sam.id)
        self.rule.domain = self._only(self.many | many)
        self.rule.start_date = self.today
        self._age_ownership(many, 60)
        self.env["res.partner"]._refresh_release_dates(many.ids)
        self.assertEqual(
            self._count_statements(lambda: waves._plan_pool(self.pool)), few
        )

    def test_less_than_nobody_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.pool.most_per_night = -1
            self.env.flush_all()

    def test_merged_customers_keep_one_night(self):
        self._limit(1)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.many[5] | self.many[6]).ids, self.many[5])
        waves = self.env["crm.pool.wave"].search([("partner_id", "=", self.many[5].id)])
        self.assertEqual(len(waves), 1)
        self.assertFalse(self.many[6].exists())
