from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchiveProposalMoment(RelationsCommon):
    """AR-8: a moment of the archive, typed on one clock and decided on another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.model.fields"].create(
            {
                "name": "x_met_at",
                "field_description": "Met At",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "ttype": "datetime",
            }
        )
        answers = {"x_met_at": "archive"}  # as a field of another room might be
        partners = type(cls.env["res.partner"])
        cls.startClassPatcher(
            patch.object(partners, "_get_answers", lambda _self: answers)
        )
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.sam.tz = "Asia/Shanghai"
        cls.sally.tz = "America/New_York"

    def _type(self, text):
        """Fill in the dialog as the client does."""
        wizards = self.env["crm.archive.proposal.wizard"].with_user(self.sam)
        wizard = wizards._open_for(self.customer.with_user(self.sam))
        line = wizard.line_ids.filtered(lambda line: line.field_name == "x_met_at")
        line.new_value = text
        wizard.note = "I was there"
        wizard.action_propose()
        return self.env["crm.archive.proposal"].search(
            [("field_name", "=", "x_met_at")], limit=1
        )

    def test_what_is_typed_is_the_clock_of_who_types(self):
        for text in ("2026-05-06T10:00", "2026-05-06T10:00:00+08:00"):
            with self.subTest(text):
                proposal = self._type(text)
                self.assertIn("10:00", proposal.with_user(self.sam).new_text)
                proposal = proposal.with_user(self.sally)
                self.assertIn("10:00", proposal.new_text)
                self.assertIn("PM", proposal.new_text)
                proposal.action_approve()
                self.assertEqual(self.customer.x_met_at, datetime(2026, 5, 6, 2))
                self.customer.x_met_at = False

    def test_over_the_api_it_is_utc_or_says_where(self):
        for text, moment in (
            ("2026-05-06 02:00:00", datetime(2026, 5, 6, 2)),
            ("2026-05-06T10:00+08:00", datetime(2026, 5, 6, 2)),
        ):
            values = {"partner_id": self.customer.id, "field_name": "x_met_at"}
            proposals = self.env["crm.archive.proposal"].with_user(self.sam)
            proposal = proposals.create({**values, "new_value": text})
            proposal.with_user(self.sally).action_approve()
            self.assertEqual(self.customer.x_met_at, moment)
            self.customer.x_met_at = False

    def test_what_is_no_moment_is_refused(self):
        for text in ("soon", "2026-02-30T10:00", "10:00", "0001-01-01T00:00"):
            with self.subTest(text), self.assertRaises(ValidationError):
                self._type(text)
