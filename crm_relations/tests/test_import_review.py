"""Imports of contacts read again with fresh eyes."""

from odoo.tests import tagged

from .common.contact_import import ImportCommon


@tagged("post_install", "-at_install")
class TestImportReview(ImportCommon):
    def _create_hongda(self):
        return self._create_customer(
            "Hongda Trading Ltd",
            user_id=self.sally.id,
            phone="075588881111",
            country_id=self.china,
            is_company=True,
        )

    def _move_to_another_company(self, partner):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        partner.write({"user_id": False, "company_id": company.id})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(partner.with_user(self.sally).has_access("write"))

    def test_persons_of_a_company_that_is_here_already_come_to_it(self):
        """It is here under another name, so its own card is left out."""
        hongda = self._create_hongda()
        one = self._import(
            ["ORG:Hongda", "TEL:075588881111"],
            ["FN:Li Si", "ORG:Hongda", "TEL:13800138000"],
        )
        self.assertEqual(one.line_ids.mapped("decision"), ["skip", "create"])
        one.action_import()
        self.assertEqual(self._find("Li Si").parent_id, hongda)
        self.assertFalse(self._find("Hongda"))
        one.action_undo()
        self.assertTrue(hongda.exists())
        self.assertFalse(self._find("Li Si"))

    def test_a_company_is_found_however_its_name_is_written(self):
        acme = self._create_customer("ACME Works", user_id=self.sally.id)
        acme.is_company = True
        self._import(["FN:Eve", "ORG:Acme works"]).action_import()
        self.assertEqual(self._find("Eve").parent_id, acme)
        self.assertFalse(self._find("Acme works"))

    def test_who_is_not_here_cannot_be_completed_and_is_told_so(self):
        one = self._import(["FN:Eve", "TEL:13800138000"])
        one.line_ids.decision = "complete"
        one.action_import()
        self.assertIn("Nobody", one.line_ids.error)
        one = self._import(["FN:Zoe", "TEL:13800138001"], on_problem="keep")
        self.assertEqual(one.line_ids.kind, "new")

    def test_what_somebody_else_works_on_by_now_hinders_no_undo(self):
        """Completed, then gone to another company: it stays as it is."""
        hongda = self._create_hongda()
        one = self._import(
            ["ORG:Hongda Trading Ltd", "TEL:075588881111", "EMAIL:hi@hongda.example"],
            ["FN:Zoe", "TEL:13800138001"],
        )
        one.line_ids[0].decision = "complete"
        one.action_import()
        self.assertEqual(hongda.email, "hi@hongda.example")
        self._move_to_another_company(hongda)
        told = one.action_undo()["params"]["message"]
        self.assertIn("1 contacts keep", told)
        self.assertEqual(one.state, "undone")
        self.assertEqual(hongda.email, "hi@hongda.example")
        self.assertFalse(self._find("Zoe"))

    def test_who_is_no_longer_ours_keeps_the_reason_and_hinders_no_other(self):
        """Between the check and the import the customer went to another company."""
        hongda = self._create_hongda()
        one = self._import(
            ["ORG:Hongda Trading Ltd", "TEL:075588881111", "EMAIL:hi@hongda.example"],
            ["FN:Zoe", "TEL:13800138001"],
        )
        one.line_ids[0].decision = "complete"
        self._move_to_another_company(hongda)
        one.action_import()
        self.assertTrue(one.line_ids[0].error)
        self.assertTrue(self._find("Zoe"))
