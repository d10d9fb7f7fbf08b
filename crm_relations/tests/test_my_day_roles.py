import re
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models.followup.my_day.crm_my_day import EVERYONE
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

    def test_the_day_of_a_team_speaks_to_nobody_in_it(self):
        """What others received did not come to who looks at it."""
        manager = self.users["admin"]
        days = self.env["crm.my.day"].with_user(manager)
        users = days._get_users(EVERYONE)
        cards = days._get_my_day_cards(users, manager._get_relations_today())
        told = {
            words
            for card in cards
            for words in (card["title"], card["help"])
            if re.search(r"\b(you|your|yours|me|my|mine)\b", words, re.IGNORECASE)
        }
        self.assertFalse(told)

    def test_care_that_nobody_does_is_given_to_somebody(self):
        sales = self.users["sales"]
        customer = self._create_customer(user_id=sales.id)
        task = self.env["crm.care.task"].create(
            {
                "rule_id": self.env["crm.care.rule"].create({"name": "Rule"}).id,
                "partner_id": customer.id,
                "occasion": "test",
                "occasion_date": fields.Date.today(),
                "due_at": fields.Datetime.now(),
                "state": "open",
                "facts": {"code": "care_birthday", "person": customer.id},
            }
        )
        acts = [act["method"] for act in self._get_cards(sales)["care_nobody"]["acts"]]
        self.assertEqual(acts[0], "action_give")
        action = task.with_user(sales).action_give()
        wizard = (
            self.env[action["res_model"]]
            .with_user(sales)
            .with_context(**action["context"])
            .create({"user_id": sales.id})
        )
        wizard.action_apply()
        self.assertEqual(task.user_id, sales)

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
