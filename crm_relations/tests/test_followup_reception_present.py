from odoo.tests import Form, freeze_time, tagged

from .common import RelationsCommon

NOW = "2026-03-02 10:00:00"
DESK = "crm_relations.crm_reception_view_form_desk"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReceptionPresent(RelationsCommon):
    """FU-3: who is here already is not received a second time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.customer = cls._create_customer("Great Wall", phone="+86 13800138000")
        cls.receptions = cls.env["crm.reception"].with_user(cls.sally)

    def _type_number(self):
        form = Form(self.receptions, view=DESK)
        form.phone = "138 0013 8000"
        return form

    def test_who_waits_is_said_to_wait_while_the_number_is_typed(self):
        self.assertFalse(self._type_number().present_id)
        waiting = self.receptions.create({"partner_id": self.customer.id})
        form = self._type_number()
        self.assertEqual(form.present_id, waiting)
        self.assertIn("has waited since", form.present_text)
        form.partner_id = self._create_customer("Somebody else")
        self.assertFalse(form.present_id)

    def test_who_is_with_a_consultant_is_said_to_be(self):
        reception = self.receptions.create(
            {"partner_id": self.customer.id, "consultant_id": self.sally.id}
        )
        reception.action_hand_over()
        self.assertIn("with Sally", self._type_number().present_text)

    def test_who_has_left_or_came_yesterday_is_welcome(self):
        reception = self.receptions.create({"partner_id": self.customer.id})
        with freeze_time("2026-03-03 10:00:00"):
            self.assertFalse(self._type_number().present_id)
        reception.action_leave()
        self.assertFalse(self._type_number().present_id)

    def test_the_first_one_is_not_here_a_second_time(self):
        first = self.receptions.create({"partner_id": self.customer.id})
        self.assertFalse(first.present_id)
        self.assertEqual(self._type_number().present_id, first)
