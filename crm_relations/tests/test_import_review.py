"""Imports of contacts read again with fresh eyes."""

from odoo.tests import tagged
from odoo.tools import SQL

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
        self.assertIn("as others work with them: 1. ", told)
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

    def test_a_night_is_no_work_with_them(self):
        """What rules have written of each customer since hinders no undo; what people
        have done does."""
        one = self._import(
            ["ORG:Northwind", "TEL:87654321"],
            ["ORG:Southwind", "TEL:87654322"],
            is_managed_customer=True,
        )
        one.action_import()
        north, south = one.line_ids.partner_id
        self._move_back(north | south)
        self.env["crm.archive.upkeep"]._refresh((north | south).ids)
        changes = self.env["crm.tier.change"]
        changes.create(
            [
                {"partner_id": partner.id, "new_tier_id": self.tier_a.id}
                for partner in north | south
            ]
        )
        self.env.flush_all()
        upkeep = self.env["crm.archive.upkeep"].search(
            [("partner_id", "in", (north | south).ids)]
        )
        self.assertEqual(upkeep.partner_id, north | south)
        upkeep.filtered(lambda row: row.partner_id == south).verified_at = "2026-03-02"
        one.action_undo()
        self.assertFalse(north.exists())
        self.assertTrue(south.exists())

    def _move_back(self, partners):
        """Let these have been imported long ago, with all that was made then."""
        then = "2020-01-01 00:00:00"
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        dated = {model._table for model in self.env.values() if model._log_access}
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s, write_date = %s"
            " WHERE id = ANY(%s)",
            [then, then, partners.ids],
        )
        for table, column in wizard._get_fk_on("res_partner"):
            if table in dated:
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET create_date = %s WHERE %s = ANY(%s)",
                        *(SQL.identifier(table), then, SQL.identifier(column)),
                        partners.ids,
                    )
                )
        self.env.cr.execute(
            "UPDATE mail_message SET create_date = %s"
            " WHERE model = 'res.partner' AND res_id = ANY(%s)",
            [then, partners.ids],
        )
        self.env.invalidate_all()
