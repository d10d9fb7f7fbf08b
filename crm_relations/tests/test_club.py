from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestClub(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls.env["crm.club"].create({"name": "Owners' Club"})
        cls.reader, cls.admin = (
            new_test_user(cls.env, f"club_{role}", groups=f"crm_relations.group_{role}")
            for role in ("user", "administrator")
        )

    def _create_program(self, **values):
        programs = self.env["loyalty.program"].with_context(
            default_program_type="loyalty"
        )
        return programs.create(
            {"name": "P", "currency_id": self.env.company.currency_id.id} | values
        )

    def test_a_new_club_gets_a_loyalty_program_of_its_own(self):
        program = self.club.program_id
        self.assertEqual(program.program_type, "loyalty")
        self.assertEqual(program.name, "Owners' Club")
        self.assertFalse(program.company_id)
        self.assertTrue(program.rule_ids and program.reward_ids)
        self.assertNotEqual(self.club.copy().program_id, program)

    def test_its_points_are_called_points_in_each_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        program = self.env["crm.club"].create({"name": "New Club"}).program_id
        names = [
            program.with_context(lang=lang).portal_point_name
            for lang in ("en_US", "zh_CN")
        ]
        self.assertEqual(names, ["points", "积分"])

    def test_a_club_of_a_company_has_a_program_of_that_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        club = self.env["crm.club"].create({"name": "X", "company_id": company.id})
        self.assertEqual(club.program_id.company_id, company)
        club.company_id = False
        self.assertFalse(club.program_id.company_id)
        with self.assertRaises(ValidationError):
            self.env["crm.club"].create(
                {
                    "name": "Y",
                    "program_id": self._create_program(company_id=company.id).id,
                }
            )

    def test_a_club_takes_no_program_of_another_kind_and_keeps_its_own(self):
        coupons = self.env["loyalty.program"].create(
            {
                "name": "Coupons",
                "program_type": "coupons",
                "company_id": False,
                "currency_id": self.env.company.currency_id.id,
                "reward_ids": [(0, 0, {})],
            }
        )
        with self.assertRaises(ValidationError):
            self.env["crm.club"].create({"name": "X", "program_id": coupons.id})
        with self.assertRaises(UserError):
            self.club.program_id = self._create_program(company_id=False)

    def test_the_programs_of_clubs_are_known_from_memory(self):
        clubs = self.env["crm.club"]
        self.assertIn(self.club.program_id.id, clubs._get_programs())
        with self.assertQueryCount(0):
            clubs._get_programs()
        other = clubs.create({"name": "Another"})
        program = other.program_id
        self.assertIn(program.id, clubs._get_programs())
        other.active = False
        self.assertIn(program.id, clubs._get_programs())
        other.unlink()
        self.assertNotIn(program.id, clubs._get_programs())

    def test_administrators_of_relations_set_up_clubs_others_read_them(self):
        club = self.env["crm.club"].with_user(self.admin).create({"name": "By Admin"})
        club.grace_days = 30
        self.assertEqual(self.club.with_user(self.reader).name, "Owners' Club")
        with self.assertRaises(AccessError):
            self.club.with_user(self.reader).grace_days = 3
        with self.assertRaises(AccessError):
            self.club.with_user(self.admin).copy().with_user(self.reader).unlink()
