from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestReceptionEdges(RelationsCommon):
    """FU-3: what the front desk cannot do, and what it need not have thought of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.receptions = cls.env["crm.reception"].with_user(cls.sam)
        turns = cls.env["crm.reception.consultant"]
        turns.search([]).unlink()
        cls.turn = turns.create({"user_id": cls.sally.id, "is_present": True})

    def _receive(self, **values):
        return self.receptions.create({"name": "Ms Wang"} | values)

    def test_it_is_no_way_to_the_follow_ups_of_others(self):
        call = self.env["crm.followup"].browse(
            self.env["crm.followup"]
            .with_user(self.max)
            .log_call("+8613800138000", "in", "2026-03-01T10:00:00", 60)
        )
        reception = self._receive()
        for vals in (
            {"followup_id": call.id},
            {"received_at": "2026-03-01 10:00:00"},
            {"state": "left"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                reception.write(vals)
            with self.subTest(vals, new=True), self.assertRaises(AccessError):
                self._receive(**vals)
        self.assertEqual(call.duration_minutes, 1)

    def test_the_front_desk_still_hands_over(self):
        reception = self._receive()
        reception.action_hand_over()
        self.assertEqual(reception.received_at, fields.Datetime.now())
        self.assertEqual(reception.followup_id.user_id, self.sally)

    def test_who_is_archived_gets_no_visitor(self):
        self.sally.active = False
        with self.assertRefused("No consultant is present", UserError):
            self._receive().action_hand_over()
        with self.assertRefused("cannot be put in charge"):
            self._receive(consultant_id=self.sally.id)

    def test_who_leaves_after_the_visitor_came_gets_none(self):
        reception = self._receive(consultant_id=self.sally.id)
        self.sally.active = False
        with self.assertRefused("No consultant is present", UserError):
            reception.action_hand_over()
        self.assertFalse(reception.partner_id.user_id)
        self.turn.create({"user_id": self.max.id, "is_present": True})
        reception.action_hand_over()
        self.assertEqual(reception.consultant_id, self.max)

    def test_who_works_for_other_companies_gets_no_visitor(self):
        other = self.env["res.company"].create({"name": "Other"})
        there = self._create_user(
            "there", "group_sales_user", company_id=other.id, company_ids=other.ids
        )
        with self.assertRefused("cannot receive visitors", UserError):
            self._receive(consultant_id=there.id).action_hand_over()

    def test_who_was_present_on_another_local_day_gets_no_visitor(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        with freeze_time("2026-03-02 15:59:00"):  # the last minute there
            self._receive().action_hand_over()
        with (
            freeze_time("2026-03-02 16:00:00"),
            self.assertRefused("No consultant is present", UserError),
        ):
            self._receive().action_hand_over()

    def test_whose_turn_it_is_depends_on_the_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sam.company_ids |= other
        self.turn.create(
            {"user_id": self.sam.id, "company_id": other.id, "is_present": True}
        )
        for _visitor in range(2):
            reception = self._receive()
            reception.action_hand_over()
            self.assertEqual(reception.consultant_id, self.sally)

    def test_a_stay_of_exactly_half_a_day_counts(self):
        reception = self._receive()
        reception.action_hand_over()
        with freeze_time("2026-03-02 22:00:00"):
            reception.action_leave()
        self.assertEqual(reception.followup_id.duration_minutes, 720)

    def test_who_does_not_sell_receives_but_owns_nobody(self):
        reception = self._receive(consultant_id=self.anna.id)
        reception.action_hand_over()
        self.assertEqual(reception.followup_id.user_id, self.anna)
        self.assertFalse(reception.partner_id.user_id)

    def test_whom_nobody_has_seen_off_did_not_stay_until_the_next_day(self):
        reception = self._receive()
        reception.action_hand_over()
        with freeze_time("2026-03-04 09:00:00"):
            reception.action_leave()
        self.assertEqual(reception.state, "left")
        self.assertEqual(reception.followup_id.duration_minutes, 0)

    def test_a_clock_may_run_ahead_and_so_many_persons_may_come(self):
        for values in ({"arrived_at": "2026-03-02 10:05:00"}, {"visitor_count": 1000}):
            self.assertTrue(self._receive(**values))
        for values, message in (
            ({"arrived_at": "2026-03-02 10:05:01"}, "not the future"),
            ({"visitor_count": 1001}, "How many persons"),
        ):
            with self.assertRefused(message):
                self._receive(**values)

    def test_of_equal_turns_the_sequence_decides(self):
        self.turn.sequence = 2
        turns = self.turn
        for number, user in ((3, self.max), (1, self.sam)):
            turns |= turns.create({"user_id": user.id, "sequence": number})
        turns.is_present = True
        taken = []
        for minute in range(1, 6):
            reception = self._receive()
            with freeze_time(f"2026-03-02 10:0{minute}:00"):
                reception.action_hand_over()
            taken.append(reception.consultant_id.login)
        self.assertEqual(taken, ["sam", "sally", "max", "sam", "sally"])

    def test_a_turn_in_one_company_is_none_in_another(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.company_ids |= other
        there = self.turn.create({"user_id": self.sally.id, "company_id": other.id})
        self._receive().action_hand_over()
        self.assertTrue(self.turn.last_turn_at)
        self.assertFalse(there.last_turn_at)

    def test_who_has_left_leaves_no_second_time(self):
        reception = self._receive()
        reception.action_hand_over()
        with freeze_time("2026-03-02 10:30:00"):
            reception.action_leave()
        with freeze_time("2026-03-02 11:00:00"):
            reception.action_leave()
        self.assertEqual(reception.followup_id.duration_minutes, 30)

    def test_who_was_said_to_have_left_may_be_there_still(self):
        reception = self._receive()
        reception.action_hand_over()
        reception.sudo().received_at = "2026-03-02 10:04:00"
        with freeze_time("2026-03-02 10:30:00"):
            reception.action_leave()
            reception.left_at = False
            self.assertEqual(reception.state, "served")
        with freeze_time("2026-03-02 11:00:00"):
            reception.action_leave()
        self.assertEqual(reception.followup_id.duration_minutes, 56)

    def test_who_is_no_customer_belongs_to_nobody(self):
        supplier = self.env["res.partner"].create({"name": "Supplier"})
        customer = self._create_customer("Known", user_id=self.max.id)
        for partner, owner in ((supplier, None), (customer, "max")):
            reception = self._receive(partner_id=partner.id)
            reception.consultant_id = self.sally
            reception.action_hand_over()
            self.assertEqual(partner.user_id.login or None, owner)

    def test_who_receives_nobody_is_not_shown_who_waits(self):
        self._receive()
        for user, shown in ((self.sally, True), (self.anna, False)):
            with self.subTest(user.name):
                day = self.env["crm.my.day"].with_user(user).get_day()
                cards = [card for column in day["columns"] for card in column["cards"]]
                keys = {card["key"] for card in cards}
                self.assertEqual("reception" in keys, shown)
                view = (
                    self.env["crm.reception"]
                    .with_user(user)
                    .get_view(view_type="kanban")
                )
                self.assertEqual("action_hand_over" in view["arch"], shown)
