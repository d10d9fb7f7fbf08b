"""GI-1 and CA-2: what a gift does elsewhere: care, My Day, History, merging."""

from odoo.tests import freeze_time, tagged

from .common.care import NOW
from .common.giving import GivingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGivingAround(GivingCommon):
    def _propose(self, customer=None, **rule):
        task = self._create_task(
            self._create_rule("gift", **rule),
            customer or self.acme,
        )
        self._dispatch()
        return task, self.gifts.search([("care_task_id", "=", task.id)])

    def test_care_by_gift_comes_with_the_best_that_fits(self):
        self.tea.is_rare = "5"
        self.vase.write({"is_rare": "5", "is_kept": "5"})
        task, gift = self._propose()
        self.assertEqual(task.state, "open")
        self.assertRecordValues(
            gift,
            [
                {
                    **{"state": "draft", "item_id": self.tea.id},
                    **{"recipient_id": self.acme.id, "user_id": self.sally.id},
                }
            ],
        )
        self.assertAnswers(gift.with_user(self.sally).give(), "ok")
        self.assertEqual(task.state, "done")
        self.assertFalse(task.activity_id.active)
        _task, again = self._propose()
        self.assertEqual(again.item_id, self.pen)

    def test_what_is_for_birthdays_is_not_proposed_for_something_else(self):
        birthday = self.env.ref("crm_relations.crm_gift_occasion_birthday")
        self.tea.write({"is_rare": "5", "occasion_ids": birthday.ids})
        _task, gift = self._propose(trigger="club_end")
        self.assertNotEqual(gift.item_id, self.tea)
        self.assertTrue(gift.item_id)
        self.assertTrue(self.tea._suits(self._create_birthday_task(), birthday))

    def _create_birthday_task(self):
        return self.env["crm.care.task"].new(
            {"rule_id": self.env["crm.care.rule"].new({"trigger": "birthday"})}
        )

    def test_without_anything_that_fits_a_person_chooses(self):
        task, gift = self._propose(self.office)
        self.assertEqual((task.state, len(gift)), ("open", 0))

    def test_my_day_shows_what_waits(self):
        gift = self._plan(self.vase, reason="Opening")
        self.assertEqual(self._get_cards(self.sally)["gift_give"], 1)
        day = self.env["crm.my.day"].with_user(self.sally).get_day()
        [line] = [
            line
            for column in day["columns"]
            for card in column["cards"]
            for line in card["lines"]
            if card["key"] == "gift_give"
        ]
        self.assertEqual(line["detail"], "Vase · Ann")
        gift.ask()
        self.assertEqual(self._get_cards(self.rita)["gift_approve"], 1)
        self.assertEqual(self._get_cards(self.max)["gift_approve"], 1)
        self.assertNotIn("gift_approve", self._get_cards(self.sally))
        gift.with_user(self.max).approve()
        self.assertEqual(self._get_cards(self.sally)["gift_give"], 1)

    def test_a_gift_for_an_official_waits_for_who_decides_on_it(self):
        """The leader does not: it stands on no card of his."""
        gift = self._plan(self.vase, self.olive, reason="Visit")
        gift.ask()
        self.assertEqual((gift.state, gift.is_official), ("asked", True))
        self.assertFalse(gift.with_user(self.max).may_decide)
        self.assertNotIn("gift_approve", self._get_cards(self.max))
        self.assertEqual(self._get_cards(self.rita)["gift_approve"], 1)

    def test_history_tells_what_was_given(self):
        self._plan(self.pen)
        self._give(reason="Thanks")
        lines = self.acme.with_user(self.sally).get_history(["gift"])["lines"]
        [line] = lines
        self.assertIn("Tea · Ann", line["text"])
        self.assertIn("Presented", line["title"])
        found = self.acme.with_user(self.sally).get_history(["gift"], text="Tea")
        self.assertEqual(len(found["lines"]), 1)
        self.assertEqual(self.acme.with_user(self.sally).gift_count, 1)
        self.assertFalse(self.acme.with_user(self.carl).gift_count)

    def test_merged_customers_have_one_year(self):
        other = self._create_customer("Acme Ltd", user_id=self.sally.id)
        self._give(self.pen, other)
        self._give()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.acme | other).ids, self.acme)
        year = self.env["crm.gift.year"].search([("partner_id", "=", self.acme.id)])
        self.assertRecordValues(year, [{"value": 490, "count": 2}])
        self.assertEqual(len(self.gifts.search([("partner_id", "=", self.acme.id)])), 2)

    def test_a_customer_that_joins_another_brings_its_gifts(self):
        branch = self._create_customer("Branch", user_id=self.sally.id)
        self._give(self.pen, branch)
        branch.write({"is_company": False, "parent_id": self.acme.id})
        self.env.flush_all()
        year = self.env["crm.gift.year"].search([("partner_id", "=", self.acme.id)])
        self.assertEqual(year.value, 290)
