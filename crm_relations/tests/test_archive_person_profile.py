from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPersonProfile(RelationsCommon):
    """AR-5: what we know of a person, and who may know it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.person = cls._create_person(
            cls.customer, "Li Wei", attitude="supporter", hobbies="Go"
        )
        cls.profile = cls.person.profile_ids

    def test_impossible_birthdays_are_refused(self):
        for values, message in (
            ({"birth_month": 13, "birth_day": 1}, "between 1 and 12"),
            ({"birth_month": 2, "birth_day": 30}, "between 1 and 29"),
            ({"birth_month": 2, "birth_day": 29, "birth_year": 2001}, "1 and 28"),
            ({"birth_month": 1, "birth_day": 31, "birth_calendar": "lunar"}, "30"),
            ({"birth_month": 5, "birth_day": 0}, "between 1 and 31"),
            (
                {"birth_month": 5, "birth_day": 5, "birth_leap_month": True},
                "Only the lunar calendar",
            ),
            ({"birth_year": 1850}, "year of birth"),
            (
                {
                    "birth_year": fields.Date.today().year + 1,
                    "birth_month": 1,
                    "birth_day": 1,
                },
                "year of birth",
            ),
        ):
            with self.subTest(values), self.assertRefused(message):
                self.profile.write(values)

    def test_an_impossible_day_shows_nothing_until_it_is_mended(self):
        """Typing a wrong lunar day must not stop the form."""
        with Form(self.profile) as form:
            form.birth_calendar = "lunar"
            form.birth_month = 2
            form.birth_day = 31
            self.assertFalse(form.next_birthday)
            form.birth_day = 30
            self.assertTrue(form.next_birthday)

    def test_birthday_in_words(self):
        self.profile.write({"birth_month": 2, "birth_day": 29})
        self.assertEqual(self.profile.birthday, "February 29")
        self.profile.write({"birth_calendar": "lunar", "birth_leap_month": True})
        self.assertIn("leap month", self.profile.birthday)

    def test_id_number_is_checked_by_the_rules_of_its_country(self):
        china = self.env.ref("base.cn")
        self.profile.write(
            {"id_country_id": china.id, "id_number": "11010519491231002X"}
        )
        with self.assertRefused("not a valid ID number of China"):
            self.profile.id_number = "110105194912310021"

    def test_a_country_without_a_known_rule_takes_any_number(self):
        self.profile.id_country_id = self.env.ref("base.aq")
        self.profile.id_number = "anything"
        self.assertEqual(self.profile.id_number, "anything")

    def test_companies_have_no_profile(self):
        with self.assertRefused("is a company"):
            self.env["crm.person.profile"].create({"partner_id": self.customer.id})

    @mute_logger("odoo.sql_db")
    def test_one_profile_a_person(self):
        with self.assertRaises(IntegrityError):
            self.env["crm.person.profile"].create({"partner_id": self.person.id})

    @users("sally", "max", "rita", "carl", "adam")
    def test_readable_for_owner_leader_and_those_in_charge(self):
        self.assertEqual(self.profile.with_user(self.env.user).hobbies, "Go")

    @users("sam", "anna")
    def test_closed_for_everyone_else(self):
        with self.assertRaises(AccessError):
            self.profile.with_user(self.env.user).read(["hobbies"])
        self.assertFalse(
            self.env["crm.person.profile"].has_access("read")
            and self.env["crm.person.profile"].search([("id", "=", self.profile.id)])
        )

    def test_a_new_owner_sees_it_the_former_one_does_not(self):
        self.customer.user_id = self.sam
        self.profile.invalidate_recordset()
        self.assertEqual(self.profile.with_user(self.sam).hobbies, "Go")
        with self.assertRaises(AccessError):
            self.profile.with_user(self.sally).read(["hobbies"])

    def test_another_companys_profile_is_closed_to_all_roles(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        with self.assertRaises(AccessError):
            self.profile.with_user(self.rita).read(["hobbies"])
