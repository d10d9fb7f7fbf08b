from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolBlocker(RelationsCommon):
    """PO-5, PO-11: open matters keep a customer, and say so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Blocked", user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer)
        cls.free = cls._create_customer("Free", user_id=cls.sally.id)
        both = cls.customer | cls.free
        cls.rule = cls._create_pool_rule(30, domain=cls._only(both))
        cls._age_ownership(both, 40)
        cls.rules = cls.env["crm.pool.rule"]

    def _respect(self, field):
        self.rule.write({field: True, "start_date": False})
        self.env["res.partner"]._refresh_release_dates((self.customer | self.free).ids)

    def _run_night(self, days=0):
        with freeze_time(fields.Datetime.now() + timedelta(days=days)):
            processed = self.rules._release_due()
            self.assertEqual(self.rules._release_due(), 0)  # does not loop
        return processed

    def assertBlocked(self, field, words, settle):
        self._respect(field)
        self.assertEqual(self._run_night(), 2)
        self.assertFalse(self.free.user_id)
        self.assertEqual(self.customer.user_id, self.sally)
        self.assertIn(words, self.customer.pool_blocked_text)
        self.assertIn(words, self.customer._get_blocking_matters()[self.customer.id][0])
        settle()
        self.assertFalse(self.customer._get_blocking_matters())
        self._run_night(1)
        self.assertFalse(self.customer.user_id)
        self.assertFalse(self.customer.pool_blocked_text)

    def test_a_quotation_of_a_contact(self):
        order = self._create_order(self.person, 10, confirm=False)
        self.assertBlocked(
            "block_quotation", "an open quotation", lambda: order._action_cancel()
        )

    def test_an_order_not_fully_delivered(self):
        order = self._create_order(self.customer, 10)
        self.assertBlocked(
            "block_delivery",
            "not fully delivered",
            lambda: order.order_line.write({"qty_delivered": 1}),
        )

    def test_an_unpaid_order(self):
        self.product.invoice_policy = "order"
        order = self._create_order(self.customer, 10)
        self.assertEqual(order.invoice_status, "to invoice")
        self.assertBlocked(
            "block_payment", "an unpaid order", lambda: order._action_cancel()
        )

    def test_a_planned_step(self):
        activity = self.person.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.sally.id
        )
        self.assertBlocked("block_plan", "planned step", activity.unlink)

    def test_what_no_rule_respects_blocks_nobody(self):
        self._create_order(self.customer, 10, confirm=False)
        self.assertFalse(self.customer._get_blocking_matters())
        self._run_night()
        self.assertFalse(self.customer.user_id)

    def test_several_matters_are_all_named(self):
        self._create_order(self.customer, 10, confirm=False)
        self.customer.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.sally.id
        )
        self._respect("block_quotation")
        self._respect("block_plan")
        self._run_night()
        self.assertEqual(
            self.customer.pool_blocked_text,
            "a planned step of the salesperson, an open quotation",
        )

    def test_what_blocks_is_told_from_the_day_on_which_it_is_due(self):
        today = self.company._get_relations_today()
        self.env.flush_all()
        for days, told in ((-1, True), (0, True), (1, False)):
            self.env.cr.execute(
                "UPDATE res_partner SET pool_blocked_by = 'quotation',"
                " pool_release_date = %s WHERE id = %s",
                [today + timedelta(days=days), self.customer.id],
            )
            self.env.invalidate_all()
            with self.subTest(days=days):
                self.assertEqual(bool(self.customer.pool_blocked_text), told)

    def test_a_follow_up_ends_the_block(self):
        self._create_order(self.customer, 10, confirm=False)
        self._respect("block_quotation")
        self._run_night()
        self._create_followup(self.customer)
        self.assertFalse(self.customer.pool_blocked_text)

    def test_as_many_statements_for_many_as_for_one(self):
        """PO-5: constant per batch, with everything respected and something to close
        at each customer."""
        many = self._create_customers(40, user_id=self.sally.id)
        for customer in many:
            customer.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.sally.id
            )
        self._age_ownership(many, 40)
        everything = {
            "block_quotation": True,
            "block_delivery": True,
            "block_payment": True,
        }
        self._create_pool_rule(10, domain=self._only(many), **everything)
        self.env["res.partner"]._refresh_release_dates(many.ids)
        self._create_order(many[0], 10, confirm=False)
        self.rules._release_due(2)  # makes the batch of the day
        one = self._count_statements(lambda: self.rules._release_due(2))
        self.assertEqual(
            self._count_statements(lambda: self.rules._release_due(30)), one
        )


@tagged("post_install", "-at_install")
class TestPoolClosing(RelationsCommon):
    """PO-11: what hangs on the former owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer)
        cls.person.user_id = cls.sally
        cls.rule = cls._create_pool_rule(30, domain=cls._only(cls.customer))
        cls._age_ownership(cls.customer, 40)
        cls.step = cls._plan(cls.customer, cls.sally)
        cls.call_person = cls._plan(cls.person, cls.sally)
        cls.of_sam = cls._plan(cls.customer, cls.sam)

    @classmethod
    def _plan(cls, record, user):
        return record.activity_schedule(
            "mail.mail_activity_data_todo", summary="Step", user_id=user.id
        )

    def _release(self):
        self.env["crm.pool.rule"]._release_due()
        self.assertFalse(self.customer.user_id)
        return self.customer.ownership_change_ids[:1].batch_id

    def test_open_steps_are_closed_and_stay_readable(self):
        batch = self._release()
        self.assertFalse((self.step | self.call_person).filtered("active"))
        self.assertFalse(self.step.date_done)
        self.assertTrue(self.of_sam.active)
        items = batch.item_ids
        self.assertEqual(items.mapped("state"), ["closed", "closed"])
        self.assertEqual(items.mapped("name"), ["Step", "Step"])

    def test_undo_opens_them_again(self):
        self.person.message_subscribe(self.sally.partner_id.ids)
        batch = self._release()
        self.assertNotIn(self.sally.partner_id, self.person.message_partner_ids)
        batch.undo()
        self.assertTrue(self.step.active and self.call_person.active)
        self.assertEqual(set(batch.item_ids.mapped("state")), {"restored"})
        self.assertIn(self.sally.partner_id, self.person.message_partner_ids)

    def test_left_to_the_manager_of_the_pool(self):
        self.pool.write({"open_work": "manager", "manager_ids": self.max.ids})
        batch = self._release()
        self.assertEqual((self.step | self.call_person).user_id, self.max)
        self.assertTrue(self.step.active)
        batch.undo()
        self.assertEqual((self.step | self.call_person).user_id, self.sally)

    def test_without_manager_they_are_closed(self):
        self.pool.open_work = "manager"
        self._release()
        self.assertFalse(self.step.active)

    def test_shares_end(self):
        self.customer.with_user(self.max).share_with(self.sam.id)
        self.assertTrue(self.customer.share_ids.filtered("active"))
        self._release()
        self.assertFalse(self.customer.share_ids.filtered("active"))
