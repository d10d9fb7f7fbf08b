"""CO-12: My Day of officer, first asked person and manager; SE-1: how soon a tier is
answered."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.effects import EffectsCommon


@tagged("post_install", "-at_install")
class TestEffectsMyDay(EffectsCommon):
    def _get_cards(self, user):
        """Return ``{key: card}`` of the complaint cards that count something."""
        day = self.env["crm.my.day"].with_user(user).get_day()
        return {
            card["key"]: card
            for column in day["columns"]
            for card in column["cards"]
            if card["key"].startswith("complaint") and card["count"]
        }

    def _get_ids(self, user):
        cards = self._get_cards(user)
        return {
            key: [line["id"] for line in card["lines"]] for key, card in cards.items()
        }

    def _due(self, complaint, **ahead):
        complaint.next_deadline_at = fields.Datetime.now() + timedelta(**ahead)

    def test_each_complaint_stands_on_the_card_of_what_it_waits_for(self):
        self.env["crm.complaint.policy"].search([]).active = False
        late, soon, week, free, solved, asked = (
            self._register(user=self.olga) for _n in range(6)
        )
        self._due(late, hours=-2)
        self._due(soon, days=3)
        self._due(week, days=8)
        solved.state = "solved"
        asked.with_user(self.olga).hand_over(self.oscar.id)
        self.assertEqual(
            self._get_ids(self.olga),
            {
                "complaint_due": [late.id],
                "complaint_week": [soon.id],
                "complaint_open": [week.id, free.id, asked.id],
                "complaint_confirm": [solved.id],
                "complaint_unaccepted": [asked.id],
            },
        )
        self.assertEqual(self._get_ids(self.oscar), {"complaint_handover": [asked.id]})
        [line] = self._get_cards(self.olga)["complaint_due"]["lines"]
        self.assertEqual(line["name"], self.customer.name)
        self.assertEqual(
            line["moment"], fields.Datetime.to_string(late.next_deadline_at)
        )
        self.assertEqual(line["res_model"], "crm.complaint")

    def test_what_is_known_of_nobody_stands_once_in_a_line(self):
        self.env["crm.complaint.policy"].search([]).active = False
        self._register(partner_id=False, caller_phone="+862188", user=self.olga)
        [line] = self._get_cards(self.olga)["complaint_open"]["lines"]
        self.assertEqual((line["name"], line["detail"]), ("It rattles", ""))

    def test_who_is_no_customer_is_not_called_from_here(self):
        caller = self._register(partner_id=False, caller_name="Joan", user=self.olga)
        with self.assertRaisesRegex(UserError, "no customer"):
            caller.with_user(self.olga).action_call()

    def test_the_manager_watches_what_is_late_and_what_nobody_answers_for(self):
        late, left = self._register(user=self.olga), self._register()
        self._due(late, hours=-1)
        self._due(left, hours=5)
        left.user_id = False
        found = self._get_ids(self.mona)
        self.assertEqual(found["complaint_late"], [late.id])
        self.assertEqual(found["complaint_nobody"], [left.id])
        self.assertNotIn("complaint_late", self._get_ids(self.olga))

    def test_each_card_opens_what_it_counts_and_its_acts_exist(self):
        for number, user in enumerate((self.olga, self.olga, self.desk)):
            self._due(self._register(user=user), hours=2 * number - 1)
        self._register().with_user(self.desk).hand_over(self.olga.id)
        for user in (self.olga, self.mona, self.desk):
            room = self.env["crm.my.day"].with_user(user)
            for key, card in self._get_cards(user).items():
                action = room.open_card(key)
                complaints = self.env["crm.complaint"].with_user(user)
                found = complaints.search_count(action["domain"])
                self.assertEqual(found, card["count"], (user.login, key))
                for act in card["acts"]:
                    self.assertTrue(callable(getattr(complaints, act["method"])))

    def test_the_daily_message_tells_what_is_to_be_accepted_and_due(self):
        asked = self._register()
        asked.with_user(self.desk).hand_over(self.olga.id)
        self._due(self._register(user=self.olga), hours=-1)
        room = self.env["crm.my.day"]
        today = self.company._get_relations_today()
        told = room._read_by_user(self.olga | self.oscar, today)
        keys = [card["key"] for card in told[self.olga.id]]
        self.assertLessEqual({"complaint_handover", "complaint_due"}, set(keys))
        self.assertNotIn(self.oscar.id, told)

    def test_the_standard_of_the_tier_shortens_the_first_contact(self):
        policies = self.env["crm.complaint.policy"]
        policies.search([]).active = False
        kind = self.env.ref("crm_relations_complaint.crm_complaint_clock_kind_contact")
        policy = policies.create(
            {
                "name": "All",
                "line_ids": [
                    fields.Command.create(
                        {"kind_id": kind.id, "target": 4, "unit": "hour"}
                    )
                ],
            }
        )
        for minutes, tiers, expected in (
            (0, False, (4, "hour")),
            (90, False, (90, "minute")),
            (240, False, (4, "hour")),
            (600, False, (4, "hour")),
            (90, True, (4, "hour")),
        ):
            self.tier_a.response_minutes = minutes
            self.customer.tier_id = self.tier_a
            policy.tier_ids = self.tier_a if tiers else False
            clock = self._register().clock_ids
            self.assertEqual((clock.target, clock.unit), expected, (minutes, tiers))

    def _propose_remedy(self, complaint):
        kind = self.env["crm.complaint.remedy.kind"].search(
            [("has_amount", "=", True), ("books", "=", "nothing")], limit=1
        )
        values = {"complaint_id": complaint.id, "kind_id": kind.id, "amount": 50}
        remedies = self.env["crm.complaint.remedy"].with_user(self.olga)
        return remedies.create({**values, "reason": "Two hours lost"})

    def _plan_action(self, complaint):
        people = {"user_id": self.oscar.id, "checker_id": self.mona.id}
        values = {"name": "Mend the door", "due_on": fields.Date.today()}
        actions = self.env["crm.complaint.action"].with_user(self.olga)
        return actions.create({"complaint_id": complaint.id, **people, **values})

    def test_remedies_and_actions_wait_with_who_decides_and_does(self):
        complaint = self._register(user=self.olga)
        complaint.with_user(self.olga).accept()
        self.company.complaint_free_amount = 0
        remedy = self._propose_remedy(complaint)
        self.assertAnswers(remedy.ask(), "ok")
        action = self._plan_action(complaint)
        for user, key, record in (
            (self.alma, "complaint_remedy", remedy),
            (self.mona, "complaint_remedy", remedy),
            (self.oscar, "complaint_action", action),
        ):
            self.assertEqual(self._get_ids(user).get(key), record.ids, user.login)
            [line] = self._get_cards(user)[key]["lines"]
            self.assertTrue(line["name"])
        self.assertNotIn("complaint_remedy", self._get_ids(self.olga))
        self.assertAnswers(remedy.with_user(self.alma).approve(), "ok")
        self.assertNotIn("complaint_remedy", self._get_ids(self.alma))
        line = self.env["crm.complaint.report"].browse(complaint.id)
        self.assertEqual(line.cost, 50)

    def test_what_is_closed_and_was_nobodys_is_watched_no_more(self):
        left, ended = self._register(), self._register()
        (left | ended).user_id = False
        self._end(ended)
        self.assertEqual(self._get_ids(self.mona)["complaint_nobody"], [left.id])
