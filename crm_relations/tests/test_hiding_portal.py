from itertools import product

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common.hiding import PERSON_EMAIL, PERSON_PHONE, SHOWN_PHONE, HidingCommon

HOME_PHONE, HOME_EMAIL = "+86 136 5907 2634", "home@hidden.example.com"
NEW_PHONE = "+86 135 9999 0000"


@tagged("post_install", "-at_install")
class TestHidingPortal(HidingCommon, HttpCase):
    """Bob, whose customer is in a pool that hides, logs in: he sees and changes what is
    his, and nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.env["res.partner"].create(
            {
                "name": "Bob at Home",
                "parent_id": cls.person.id,
                "type": "delivery",
                "phone": HOME_PHONE,
                "email": HOME_EMAIL,
            }
        )
        cls.person.write({"street": "1 Lane", "city": "York", "zip": "1"})
        cls.person.country_id = cls.env.ref("base.be")
        colleague = cls._create_person(cls.customer, "Carol")
        cls.bob, cls.carol = (
            cls.env["res.users"].create(
                {
                    "name": partner.name,
                    "login": partner.name.lower(),
                    "password": partner.name * 4,
                    "partner_id": partner.id,
                    "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
                }
            )
            for partner in (cls.person, colleague)
        )
        cls.person.email = PERSON_EMAIL

    def setUp(self):
        super().setUp()
        self._release()

    def _open(self, user, path):
        self.authenticate(user.login, user.login)
        return self.url_open(path).text

    def _submit(self, user, partner, **values):
        self.authenticate(user.login, user.login)
        data = {
            "partner_id": partner.id,
            "address_type": "billing",
            "use_delivery_as_billing": "true",
            "name": partner.name,
            "email": PERSON_EMAIL,
            "street": "1 Lane",
            "city": "York",
            "zip": "1",
            "country_id": self.env.ref("base.be").id,
            "callback": "/my",
            "csrf_token": http.Request.csrf_token(self),
            **values,
        }
        answer = self.url_open("/my/address/submit", data=data)
        self.env.invalidate_all()
        return answer

    def test_he_sees_what_is_his(self):
        self.assertFalse(self.person.phone)
        page = self._open(self.bob, "/my/account")
        self.assertIn(f'value="{PERSON_PHONE}"', page)
        self.assertIn(f'value="{PERSON_EMAIL}"', page)
        page = self._open(self.bob, f"/my/address?partner_id={self.home.id}")
        self.assertIn(f'value="{HOME_PHONE}"', page)
        self.assertIn(f'value="{HOME_EMAIL}"', page)

    def test_nobody_else_does(self):
        paths = [
            *("/my", "/my/account", "/my/addresses"),
            *(
                f"/my/address?partner_id={partner.id}"
                for partner in (self.person, self.home, self.customer)
            ),
        ]
        for user, path in product((self.carol, self.sally, self.rita), paths):
            with self.subTest(user=user.name, path=path):
                page = self._open(user, path)
                for value in (PERSON_PHONE, HOME_PHONE, HOME_EMAIL):
                    self.assertNotIn(value, page)

    def test_what_he_changes_is_hidden_and_comes_back(self):
        answer = self._submit(self.bob, self.person, phone=NEW_PHONE)
        self.assertIn("redirectUrl", answer.text)
        self.assertFalse(self.person.phone)
        self.assertIn(NEW_PHONE, self._open(self.bob, "/my/account"))
        self._claim()
        self.assertEqual(self.person.phone, NEW_PHONE)
        self.assertEqual(self.home.phone, HOME_PHONE)

    def test_saving_without_a_change_loses_nothing(self):
        self._submit(self.bob, self.person, phone=PERSON_PHONE)
        self.assertEqual(self.person.hidden_phone, SHOWN_PHONE.replace("138", "139"))
        self._claim()
        self.assertEqual(self.person.phone, PERSON_PHONE)

    def test_nobody_becomes_his_kin_to_see_it(self):
        """A colleague who puts himself below the customer sees nothing of it."""
        self.sally.partner_id.sudo().parent_id = self.person
        page = self._open(self.sally, f"/my/address?partner_id={self.home.id}")
        self.assertNotIn(HOME_PHONE, page)
        self.assertEqual(self.person.with_user(self.sally)._get_own_value("phone"), "")
