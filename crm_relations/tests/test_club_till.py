from unittest.mock import patch

from odoo.tests import tagged

from ..models.club.points.loyalty_card_till import LoyaltyCard
from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestClubTill(RelationsCommon):
    """A point of sale sells to ``member`` and to ``stranger``, as pos_loyalty does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls.env["crm.club"].create({"name": "Club"})
        cls.program = cls.club.program_id
        cls.member, cls.stranger = cls._create_customers(2)
        cls.club._take_in(cls.member, "active", cls.env.uid)
        cls.card = (
            cls.env["crm.club.membership"]
            .search([("partner_id", "=", cls.member.id)])
            .card_id
        )
        cls.sally.group_ids += cls.env.ref("sales_team.group_sale_manager")
        # The field by which it is known comes with pos_loyalty.
        cls.startClassPatcher(
            patch.object(LoyaltyCard, "_is_made_by_till", lambda _self, _vals: True)
        )

    def _sell(self, partner, points):
        """Sell to a customer; return the card."""
        cards = self.env["loyalty.card"].with_user(self.sally)
        domain = [("partner_id", "=", partner.id), ("program_id", "=", self.program.id)]
        card = cards.search(domain)
        if not card:
            vals = {
                "program_id": self.program.id,
                "partner_id": partner.id,
                "points": 0,
            }
            card = cards.sudo().create([vals])
            card._send_creation_communication()
        card.sudo().points += points
        self.env["loyalty.history"].with_user(self.sally).create(
            [
                {
                    "card_id": card.id,
                    "description": "Onsite",
                    "issued": max(points, 0),
                    "used": max(-points, 0),
                    "order_model": "pos.order",
                    "order_id": 1,
                }
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return card.sudo()

    def test_who_is_no_member_earns_nothing_and_the_sale_goes_on(self):
        card = self._sell(self.stranger, 30)
        self.assertEqual((card.active, card.points), (False, 0))
        self.assertFalse(card.history_ids)
        self.assertEqual(self._sell(self.stranger, -20), card, "the same each time")
        self.assertEqual(card.points, 0)
        self.assertFalse(self.env["loyalty.card"]._get_off_balance())

    def test_a_stranger_has_one_blank_card_whoever_pays_with_him(self):
        card = self._sell(self.stranger, 30)
        vals = {"program_id": self.program.id, "points": 0}
        other = self._create_customer("Other")
        cards = self.env["loyalty.card"].with_context(active_test=False)
        made = cards.create(
            [{**vals, "partner_id": one.id} for one in (self.stranger, other)]
        )
        self.assertEqual(made[0], card)
        self.assertEqual(made[1].partner_id, other)
        blank = cards.search([("program_id", "=", self.program.id)])
        self.assertEqual(blank, self.card | made)

    def test_a_member_earns_and_spends(self):
        self.assertEqual(self._sell(self.member, 30), self.card)
        self.assertEqual(self._sell(self.member, -10).points, 20)
        lines = self.card.history_ids.sorted("id")
        self.assertEqual(lines.mapped("kind"), ["order"] * 2, "a line for each sale")
        self.assertEqual(lines.mapped("remaining"), [20, 0])
        self.assertTrue(all(lines.mapped("is_settled")))
        self.assertFalse(self.env["loyalty.card"]._get_off_balance())

    def test_who_joins_later_begins_with_nothing_on_the_same_card(self):
        blank = self._sell(self.stranger, 30)
        membership = self.club._take_in(self.stranger, "active", self.env.uid)
        self.assertEqual(membership.card_id, blank)
        self.assertTrue(blank.active)
        self.assertEqual(self._sell(self.stranger, 5).points, 5)

    def test_nobody_is_told_of_a_blank_card(self):
        template = self.env["mail.template"].create(
            {
                "name": "Card",
                "model_id": self.env["ir.model"]._get_id("loyalty.card"),
                "subject": "Your card",
                "email_to": "stranger@example.com",
            }
        )
        self.program.communication_plan_ids = [
            (0, 0, {"trigger": "create", "mail_template_id": template.id})
        ]
        self._sell(self.stranger, 30)
        mails = self.env["mail.mail"].search([("subject", "=", "Your card")])
        self.assertFalse(mails)

    def test_cards_of_other_programs_are_as_ever(self):
        program = self.env["loyalty.program"].create(
            {"name": "Other", "program_type": "loyalty", "applies_on": "both"}
        )
        cards = self.env["loyalty.card"].sudo()
        mixed = cards.create(
            [
                {"program_id": self.program.id, "partner_id": self.stranger.id},
                {"program_id": program.id, "partner_id": self.stranger.id},
                {"program_id": self.program.id, "partner_id": self.stranger.id},
            ]
        )
        self.assertEqual(mixed.mapped("active"), [False, True, False])
        self.assertEqual(mixed[1].program_id, program)

    def test_a_suspended_member_earns_nothing(self):
        membership = self.env["crm.club.membership"].search(
            [("partner_id", "=", self.member.id)]
        )
        self._sell(self.member, 30)
        membership.with_user(self.rita).action_suspend()
        card = self._sell(self.member, 50)
        self.assertNotEqual(card, self.card)
        self.assertFalse(card.points or card.active)
        self.assertEqual(self.card.points, 30)
