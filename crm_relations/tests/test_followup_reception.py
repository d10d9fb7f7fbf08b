from datetime import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import RelationsCommon

NOW = "2026-03-02 10:00:00"
NUMBER = "13800138000"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReception(RelationsCommon):
    """FU-3: who walks or calls in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.desk = cls._create_user("desk", "group_sales_user")
        cls.receptions = cls.env["crm.reception"].with_user(cls.desk)
        cls.env["crm.reception.consultant"].search([]).unlink()
        cls.turns = cls.env["crm.reception.consultant"].create(
            [
                {"user_id": user.id, "sequence": number, "company_id": cls.company.id}
                for number, user in enumerate((cls.sally, cls.sam))
            ]
        )
        cls.turns.is_present = True

    def _receive(self, name="Ms Wang", **values):
        return self.receptions.create({"name": name} | values)

    def _count_visitors(self):
        return self.env["crm.reception"].search_count([])

    def test_the_number_finds_the_customer_while_typing(self):
        customer = self._create_customer("Great Wall", phone="+86 " + NUMBER)
        form = Form(self.receptions, view="crm_relations.crm_reception_view_form_desk")
        form.phone = "138 0013 8000"
        self.assertEqual(form.partner_id, customer)
        self.assertEqual(form.name, "Great Wall")
        self.assertEqual(form.save().partner_id, customer)

    def test_an_unknown_number_makes_a_customer(self):
        reception = self._receive(phone=NUMBER)
        customer = reception.partner_id
        self.assertTrue(customer.is_managed_customer)
        self.assertEqual(customer.name, "Ms Wang")
        self.assertEqual(customer.phone_sanitized, "+86" + NUMBER)
        self.assertEqual(self._receive("Somebody", phone=NUMBER).partner_id, customer)

    def test_nobody_without_a_name_and_a_known_number(self):
        before = self._count_visitors()
        with self.assertRefused("visitor's name", UserError):
            self._receive("", phone=NUMBER)
        self.assertEqual(self._count_visitors(), before)

    def test_arrival_hand_over_and_leaving(self):
        reception = self._receive(need="A van", background="Drives an old one")
        self.assertEqual(reception.state, "waiting")
        self.assertEqual(reception.arrived_at, datetime(2026, 3, 2, 10))
        with freeze_time("2026-03-02 10:07:00"):
            reception.invalidate_recordset(["minutes"])
            self.assertEqual(reception.minutes, 7)
            reception.action_hand_over()
        self.assertEqual(reception.state, "served")
        followup = reception.followup_id
        self.assertRecordValues(
            followup,
            [
                {
                    "partner_id": reception.partner_id.id,
                    "user_id": self.sally.id,
                    "date": datetime(2026, 3, 2, 10, 7),
                    "content": "A van\nDrives an old one",
                }
            ],
        )
        self.assertEqual(followup.kind_id.channel, "reception")
        self.assertEqual(reception.partner_id.last_followup_at, followup.date)
        with freeze_time("2026-03-02 10:52:00"):
            reception.action_leave()
        self.assertEqual(reception.state, "left")
        self.assertEqual((reception.minutes, followup.duration_minutes), (45, 45))

    def test_who_leaves_unserved_was_not_followed_up(self):
        """FU-2"""
        reception = self._receive()
        reception.action_leave()
        self.assertFalse(reception.followup_id)
        self.assertFalse(reception.partner_id.last_followup_at)
        with self.assertRefused("does not wait", UserError):
            reception.action_hand_over()

    def test_those_present_take_turns(self):
        taken = []
        for minute in range(1, 6):
            reception = self._receive(f"Visitor {minute}")
            with freeze_time(f"2026-03-02 10:0{minute}:00"):
                reception.action_hand_over()
            taken.append(reception.consultant_id.name)
        self.assertEqual(taken, ["Sally", "Sam", "Sally", "Sam", "Sally"])

    def test_who_is_chosen_has_had_a_turn(self):
        self._receive("First", consultant_id=self.sally.id).action_hand_over()
        second = self._receive("Second")
        second.action_hand_over()
        self.assertEqual(second.consultant_id, self.sam)

    def test_a_customer_meets_the_own_salesperson(self):
        customer = self._create_customer("Loyal", user_id=self.sam.id)
        reception = self._receive(partner_id=customer.id)
        reception.action_hand_over()
        self.assertEqual(reception.consultant_id, self.sam)
        self.turns[1].is_present = False
        again = self._receive(partner_id=customer.id)
        again.action_hand_over()
        self.assertEqual(again.consultant_id, self.sally)
        self.assertEqual(customer.user_id, self.sam)

    def test_a_new_customer_belongs_to_who_receives_it(self):
        reception = self._receive()
        reception.action_hand_over()
        self.assertEqual(reception.partner_id.user_id, self.sally)

    def test_a_customer_of_the_pool_is_not_claimed_at_the_front_desk(self):
        pooled = self._create_customer("Pooled")
        pooled.pool_id = self.pool
        self._receive(partner_id=pooled.id).action_hand_over()
        self.assertFalse(pooled.user_id)

    def test_nobody_present_is_said(self):
        self.turns.is_present = False
        with self.assertRefused("No consultant is present", UserError):
            self._receive().action_hand_over()

    def test_presence_ends_with_the_day(self):
        with freeze_time("2026-03-03 10:00:00"):
            self.turns.invalidate_recordset(["is_present"])
            self.assertEqual(self.turns.mapped("is_present"), [False, False])

    def test_times_in_their_order_and_not_in_the_future(self):
        reception = self._receive()
        reception.action_hand_over()
        with self.assertRefused("First arrival"):
            reception.left_at = datetime(2026, 3, 2, 9)
        with self.assertRefused("not the future"):
            self._receive(arrived_at=datetime(2026, 3, 2, 11))
        with self.assertRaises(ValidationError):
            self._receive(visitor_count=0)

    def test_the_board_costs_the_same_for_many(self):
        def show():
            self.env.invalidate_all()
            self.receptions.search([]).read(["name", "minutes", "state", "phone"])

        self._receive()
        show()
        few = self._count_statements(show)
        for number in range(15):
            self._receive(f"Visitor {number}")
        self.assertEqual(self._count_statements(show), few)
