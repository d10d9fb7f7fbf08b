from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common.roles import EveryRoleCase

PLANNED = {"planned", "planned_week"}
CALLS = {"callback", "callback_list", "callback_week", "callback_late"}
SALES = {
    *PLANNED,
    *("contact_due", "contact_week", "leaving", "care", "care_week", "what_next"),
    "order_overdue",
}
# Role: the cards that stand in its day even while they count nothing.
STANDING = {
    "reader": PLANNED,
    "sales": SALES,
    "leader": SALES,
    "custodian": PLANNED | {"proposals", "poor_archives"},
    "agent": PLANNED | CALLS,
    "relations": SALES,
    "admin": SALES | {"proposals", "poor_archives"},
}


@tagged("post_install", "-at_install")
class TestMyDayRoles(EveryRoleCase):
    """Each role has a day of its own, and an empty card says what will appear."""

    def _get_cards(self, user):
        day = self.env["crm.my.day"].with_user(user)
        today = user._get_relations_today()
        return {card["key"]: card for card in day._get_my_day_cards(user, today)}

    def test_each_role_finds_its_cards_and_each_says_what_it_is_for(self):
        for role, user in self.users.items():
            standing = {
                key: card
                for key, card in self._get_cards(user).items()
                if not card["is_optional"]
                # The cards of other addons are theirs to judge.
                and not self.env[card["model"]]._original_module.startswith(
                    "crm_relations_"
                )
            }
            with self.subTest(role):
                self.assertEqual(set(standing), STANDING[role])
                self.assertFalse(
                    [k for k, card in standing.items() if not card["help"]]
                )

    def test_an_agent_sees_what_comes_and_what_is_late(self):
        agent = self.users["agent"]
        customer = self._create_customer(phone="+86 138 0013 8000")
        now = fields.Datetime.now()

        def count():
            self.env.flush_all()
            cards = self.env["crm.my.day"].with_user(agent).get_day()["columns"]
            counts = {c["key"]: c["count"] for column in cards for c in column["cards"]}
            return counts["callback_week"], counts["callback_late"]

        week, late = count()
        calls = self.env["crm.callback"].create(
            [
                {
                    "partner_id": customer.id,
                    "purpose": "Thanks",
                    "deadline_at": now + timedelta(days=days),
                    "due_at": now + timedelta(days=days),
                    "agent_id": whose,
                }
                for days, whose in (
                    *((3, False), (3, agent.id), (3, self.anna.id)),
                    *((30, False), (-2, False), (-2, agent.id)),
                )
            ]
        )
        self.assertEqual(len(calls), 6)
        self.assertEqual(count(), (week + 2, late + 2))
