import json
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common.hiding import EMAIL, LEAD_PHONE, PERSON_PHONE, PHONE, HidingCommon

LOGGER = "odoo.addons.crm_relations.models.hiding.crm_hidden_guess"
MOST = 3
TRIED = [f"+86 138 000{digit} 2634" for digit in range(6)]


@tagged("post_install", "-at_install")
class TestDuplicateHidden(HidingCommon):
    """Whoever knows the whole of a hidden value learns whose it is, nobody a value."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.own = cls._create_customer("Own", user_id=cls.sally.id)
        cls.registry_enter_test_mode_cls()
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_relations.hidden_guesses", MOST)

    def setUp(self):
        super().setUp()
        self._release()

    def _find(self, user=None, **values):
        partners = self.env["res.partner"].with_user(user or self.sally)
        return partners.find_duplicates(values)

    def test_the_whole_of_a_hidden_value_finds_its_customer(self):
        for values, person in (
            ({"phone": "138 5907 2634"}, ""),
            ({"email": EMAIL.upper()}, ""),
            ({"phone": PERSON_PHONE}, "Bob"),
        ):
            with self.subTest(values=values):
                [row] = self._find(**values)
                self.assertEqual((row["id"], row["person"]), (self.customer.id, person))
                self.assertEqual((row["where"], row["holder"]), ("pool", "Hiding"))
                self.assertEqual(row["can"], ["open", "claim"])

    def test_no_part_of_one_finds_anything(self):
        for values in (
            *({"phone": part} for part in ("1385907263", "59072634", "138****2634")),
            *({"email": part} for part in ("anna@hidden", "@hidden.example.com")),
            {"email": "a***@hidden.example.com"},
            {"name": "anna@hidden.example.com"},
            {"name": "13859072634"},
            {"vat": "13859072634"},
        ):
            with self.subTest(values=values):
                self.assertEqual(self._find(**values), [])

    def test_no_answer_holds_a_hidden_value(self):
        for values in (
            {"phone": PHONE, "email": EMAIL, "name": "Acme"},
            {"name": "Acme"},
            {"phone": LEAD_PHONE},
        ):
            told = json.dumps(self._find(**values))
            for secret in ("5907", "2634", "anna@", "hidden.example"):
                self.assertNotIn(secret, told)

    def test_the_number_of_a_hidden_lead_is_not_found(self):
        self.assertEqual(self._find(phone=LEAD_PHONE), [])

    def test_after_so_many_wrong_ones_no_answer_comes(self):
        for number in TRIED[:MOST]:
            self.assertEqual(self._find(phone=number), [])
        with mute_logger(LOGGER):
            for number in (TRIED[MOST], PHONE):
                try:
                    self._find(phone=number)
                except UserError as error:
                    self.assertIn("look like hidden", str(error))
                else:
                    self.fail("answered")
        self.assertTrue(self._find(self.sam, phone=PHONE))

    def test_a_wrong_number_with_a_wrong_address_are_two_guesses(self):
        find = type(self.hidden)._find_partners
        with patch.object(
            type(self.hidden), "_find_partners", autospec=True, side_effect=find
        ) as asked:
            self._find(phone=TRIED[0], email="x@y.example", vat="DE12345")
        kinds = {
            call.args[1]: {("@" in key, key[:1].isalpha()) for key in call.args[2]}
            for call in asked.call_args_list
        }
        self.assertEqual(kinds["phone"], {(False, False)})
        self.assertEqual(kinds["email"], {(True, True)})

    def test_saving_is_no_way_around_the_limit(self):
        self.env["res.company"].search([]).duplicate_policy = "forbid"
        partners = self.env["res.partner"].with_user(self.sally)

        def save(number):
            partners.create(
                {"name": "N", "is_managed_customer": True, "phone": number}
            ).sudo().unlink()

        for number in TRIED[:MOST]:
            save(number)
        with mute_logger(LOGGER):
            try:
                save(PHONE)
            except UserError as error:
                self.assertIn("look like hidden", str(error))
            else:
                self.fail("saved")

    def test_a_hidden_number_forbids_a_second_card_and_is_not_told(self):
        self.env["res.company"].search([]).duplicate_policy = "forbid"
        partners = self.env["res.partner"].with_user(self.sally)
        with self.assertRefused("is that of Acme: in the pool Hiding"):
            partners.create({"name": "N", "is_managed_customer": True, "phone": PHONE})

    def test_another_company_and_the_portal_learn_nothing(self):
        theirs = self.env["res.company"].create({"name": "Theirs"})
        values = {"company_id": theirs.id, "company_ids": [(6, 0, theirs.ids)]}
        stranger = self._create_user("stranger", "group_sales_user", **values)
        self.customer.company_id = self.company
        self.env.flush_all()
        self.assertEqual(self._find(stranger, phone=PHONE, name="Acme"), [])
        portal = new_test_user(self.env, "portal_user", groups="base.group_portal")
        with self.assertRaises(UserError):
            self._find(portal, phone=PHONE)
