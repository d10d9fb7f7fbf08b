"""GI-1: gifts within limits over all givers; above them somebody else approves."""

from datetime import timedelta
from itertools import product

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common.care import NOW
from .common.giving import GivingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGivingGift(GivingCommon):
    def test_within_the_limits_it_is_given_at_once(self):
        gift = self._plan()
        self.assertFalse(gift.why)
        self.assertAnswers(gift.give(), "ok")
        self.assertRecordValues(
            gift,
            [
                {
                    **{"state": "given", "value": 200, "cost": 100},
                    **{"given_by_id": self.sally.id, "decided_by_id": False},
                }
            ],
        )

    def test_above_the_limit_of_a_gift_it_is_asked_for_with_a_reason(self):
        gift = self._plan(self.vase)
        self.assertIn("the limit of a gift is", gift.why)
        [answer] = gift.give()
        self.assertEqual(answer["code"], "blocked")
        self.assertIn("give the reason", answer["message"])
        gift.reason = "Ten years"
        [answer] = gift.give()
        self.assertTrue(answer["ok"])
        self.assertIn("somebody else", answer["message"])
        self.assertEqual(gift.state, "asked")
        self.assertAnswers(gift.give(), "blocked")
        self.assertAnswers(gift.with_user(self.max).approve(), "ok")
        self.assertAnswers(gift.give(), "ok")
        self.assertIn("the limit of a gift is", gift.why)

    def test_split_over_two_gifts_or_two_givers_a_limit_holds(self):
        self._give()
        twice = self._plan(self.pen, reason="Thanks")
        self.assertIn("within a week", twice.why)
        self.assertAnswers(twice.ask(), "ok")
        self.assertEqual(twice.state, "asked")
        by_another = self._plan(self.pen, user=self.sam, reason="Thanks")
        self.assertAnswers(by_another.ask(), "ok")
        self.assertEqual(by_another.state, "asked")

    def test_both_in_one_call_count_in_the_order_given(self):
        both = self._plan() | self._plan(self.pen)
        both.reason = "Two of them"
        both.ask()
        self.assertEqual(both.mapped("state"), ["approved", "asked"])

    def test_the_year_of_a_recipient_and_of_a_customer_is_counted(self):
        self._give(days=-20)
        self.assertFalse(self._plan(self.pen).why)
        self._give(self.pen)
        more = self._plan(self._create_item("Cup", 20), days=10)
        self.assertIn("The recipient comes to", more.why)
        house = self._plan(self._create_item("Box", 299), self.acme)
        self.assertFalse(house.why)
        self._give(self._create_item("Bag", 299), self.ben)
        house.invalidate_recordset(["why"])
        self.assertIn("The customer comes to", house.why)

    def test_a_week_has_seven_days(self):
        self._give(days=-7)
        self.assertFalse(self._plan(self.pen).why)
        self.assertIn("within a week", self._plan(self.pen, days=-1).why)

    @freeze_time("2026-01-10 10:00:00")
    def test_what_was_given_last_year_is_of_that_year(self):
        for day in ("2025-12-12", "2025-12-25"):
            gift = self._give(self._create_item(day, 250), date=day)
            self.assertEqual(gift.state, "given")
        new = self._create_item("New", 299)
        self.assertFalse(self._plan(new, date="2026-01-09").why)
        self.assertIn("this year", self._plan(new, date="2025-12-19").why)

    def test_an_official_has_a_stricter_limit_and_a_manager_decides(self):
        gift = self._plan(self._create_item("Mug", 51), self.olive, reason="Visit")
        self.assertAnswers(gift.give(), "ok")
        self.assertEqual(gift.state, "asked")
        self.assertTrue(gift.is_official)
        self.assertAnswers(gift.with_user(self.max).approve(), "no_right")
        self.assertAnswers(gift.with_user(self.rita).approve(), "ok")
        fine = self._plan(self._create_item("Card", 50), self.olive, days=20)
        self.assertFalse(fine.why)

    def test_nobody_approves_what_is_his_own(self):
        gift = self._plan(self.vase, user=self.sam, reason="Opening")
        gift.with_user(self.sam).ask()
        self.sally.group_ids += self.env.ref("crm_relations.group_relations_manager")
        for user in (self.sam, self.sally):
            with self.subTest(user.login):
                self.assertAnswers(gift.with_user(user).approve(), "no_right")
        own = self._plan(self.vase, user=self.rita, reason="Opening")
        own.ask()
        self.assertAnswers(own.with_user(self.rita).approve(), "no_right")
        wrote = self._plan(self.tea, reason="Opening", recipient=self.ben)
        wrote.with_user(self.max).item_id = self.vase
        wrote.with_user(self.sally).ask()
        self.assertAnswers(wrote.with_user(self.max).approve(), "no_right")
        self.assertFalse(wrote.with_user(self.max).may_decide)

    def test_two_decide_once(self):
        gift = self._plan(self.vase, reason="Opening")
        gift.ask()
        self.assertAnswers(gift.with_user(self.max).refuse(" "), "blocked")
        self.assertAnswers(gift.with_user(self.max).refuse("Too much"), "ok")
        self.assertAnswers(gift.with_user(self.rita).approve(), "blocked")
        self.assertEqual(gift.refusal_reason, "Too much")
        self.assertEqual(gift.decided_by_id, self.max)

    def test_what_is_decided_is_typed_by_nobody(self):
        decided = {
            **{"state": "approved", "value": 1, "cost": 1, "is_official": False},
            **{"asked_by_id": self.sam.id, "decided_by_id": self.rita.id},
            **{"findings": [], "involved_ids": [(5,)], "given_by_id": self.sam.id},
            **{"company_id": False, "currency_id": self.env.ref("base.EUR").id},
        }
        gift = self._plan(self.vase)
        users = (self.sally, self.rita, self.adam)
        for (name, value), user in product(decided.items(), users):
            with self.subTest(name, user=user.login), self.assertRaises(AccessError):
                gift.with_user(user).write({name: value})
        with self.assertRaises(AccessError):
            self._plan(state="given")
        proposing = self.gifts.with_context(default_state="given", default_value=1)
        made = proposing.with_user(self.sally).create(
            {"partner_id": self.acme.id, "item_id": self.vase.id}
        )
        self.assertEqual((made.state, made.value), ("draft", 1000))
        self.assertEqual(made.recipient_id, self.acme)

    def test_a_value_typed_at_making_counts_for_nothing(self):
        with self.assertRaises(AccessError):
            self._plan(self.vase, value=1)

    def test_after_approval_nothing_is_changed_but_by_asking_again(self):
        gift = self._plan(self.vase, reason="Opening")
        gift.ask()
        gift.with_user(self.max).approve()
        for vals in ({"item_id": self.tea.id}, {"quantity": 9}, {"date": self.today}):
            with self.assertRaisesRegex(UserError, "Only a draft"):
                gift.write(vals)
        with self.assertRaisesRegex(UserError, "Only a draft"):
            gift.unlink()
        self.vase.value = 9000
        self.assertEqual(gift.value, 1000)
        self.assertAnswers(gift.take_back(), "ok")
        gift.quantity = 2
        self.assertAnswers(gift.give(), "ok")
        self.assertEqual((gift.state, gift.value), ("asked", 18000))

    def test_a_draft_costs_what_the_catalogue_says_when_it_is_asked_for(self):
        gift = self._plan()
        self.tea.value = 250
        gift.give()
        self.assertEqual(gift.value, 250)

    def test_planned_for_later_and_given_now_it_is_judged_now(self):
        self._give()
        later = self._plan(self.pen, days=30)
        self.assertFalse(later.why)
        later.ask()
        self.assertEqual(later.state, "approved")
        [answer] = later.give()
        self.assertEqual(answer["code"], "blocked")
        self.assertIn("for a later day", answer["message"])
        self.assertEqual(later.date, self.today + timedelta(days=30))

    def test_a_day_far_away_is_no_way_round_a_year(self):
        for days in (-32, 367):
            with self.assertRaises(ValidationError):
                self._plan(days=days)

    def test_the_same_gift_again_is_asked_for(self):
        self._give()
        again = self._plan(days=25)
        self.assertIn("has got the same already", again.why)
        self.assertAnswers(again.give(), "blocked")
        self.assertFalse(self._plan(recipient=self.ben).why)
        self.tea.product_id = self.product
        like = self._create_item("The same tea", 5, product_id=self.product.id)
        self.assertIn("the same already", self._plan(like, days=25).why)

    def test_what_came_back_counts_no_longer(self):
        gift = self._give()
        self.assertAnswers(gift.take_in("Not allowed"), "no_right")
        self.assertAnswers(gift.with_user(self.max).take_in(""), "blocked")
        self.assertAnswers(gift.with_user(self.max).take_in("Not allowed"), "ok")
        self.assertEqual(gift.state, "returned")
        self.assertFalse(self._plan(self.pen).why)

    def test_the_budget_of_the_tier_counts_what_gifts_cost(self):
        self.tier_a.gift_budget = 150
        self.acme.tier_id = self.tier_a
        self._give(recipient=self.ben)
        gift = self._plan()
        self.assertIn("the budget of tier", gift.why)
        year = self.env["crm.gift.year"].with_user(self.sally)
        year = year.search([("partner_id", "=", self.acme.id)])
        self.assertRecordValues(
            year, [{"cost": 100, "count": 1, "budget": 150, "left": 50}]
        )

    def test_out_of_stock_nothing_is_given(self):
        self.tea.write({"is_stocked": True, "stock": 1})
        both = self._plan() | self._plan(recipient=self.ben)
        self.assertAnswers(both.give(), "ok", "blocked")
        self.assertFalse(self.tea.stock)
        both[0].with_user(self.max).take_in("Broken")
        self.assertEqual(self.tea.stock, 1)

    def test_a_copy_of_a_gift_has_nothing_in_stock(self):
        self.tea.write({"is_stocked": True, "stock": 5})
        other = self.tea.copy()
        self.assertEqual((other.is_stocked, other.stock), (True, 0))

    def test_who_has_nothing_to_do_with_the_customer_gives_nothing(self):
        pooled = self._create_customer("Pooled")
        pooled.pool_id = self.pool
        for customer in (pooled, self._create_customer("His", user_id=self.max.id)):
            with self.subTest(customer.name), self.assertRaises(AccessError):
                self._plan(recipient=customer)
        gift = self._plan()
        with self.assertRaises(AccessError):
            gift.write({"partner_id": pooled.id, "recipient_id": pooled.id})
        self.acme.user_id = self.max
        self.acme.share_ids.active = False
        self.assertAnswers(gift.with_user(self.sally).ask(), "no_right")
        self.assertAnswers(gift.with_user(self.sam).ask(), "no_right")

    def test_whose_gift_it_is_gives_it_also_to_the_customer_of_another(self):
        gift = self._plan()
        self.assertAnswers(gift.ask(), "ok")
        self.acme.share_ids.with_user(self.sally).action_end()
        self.acme.user_id = self.sam
        mine = gift.with_user(self.sally)
        self.assertTrue(mine._get_not_in_charge())
        self.assertFalse(mine._get_no_givers())
        self.assertTrue(gift.with_user(self.max)._get_no_givers())

    def test_a_gift_stays_with_its_customer_when_its_recipient_is_gone(self):
        gift = self._give(recipient=self.ben)
        gift.sudo().recipient_id = False
        self.assertEqual(gift.sudo().partner_id, self.acme)
        with self.assertRefused("does not belong to"):
            gift.sudo().recipient_id = self.olive

    def test_a_recipient_belongs_to_the_customer(self):
        with self.assertRaisesRegex(ValidationError, "does not belong"):
            self._plan(recipient=self.ann, partner_id=self.office.id)
        person = self._plan(recipient=self.ann, partner_id=False)
        self.assertEqual(person.partner_id, self.acme)
        with self.assertRaisesRegex(ValidationError, "does not belong"):
            self._plan(partner_id=self.ann.id)

    def test_a_gift_of_another_company_is_not_chosen(self):
        theirs = self.env["res.company"].create({"name": "Theirs"})
        item = self._create_item("Theirs", 10, company_id=theirs.id)
        with self.assertRaisesRegex(ValidationError, "of the company"):
            self._plan(item)

    def test_limits_of_a_company_count_beside_those_of_all(self):
        self.env["crm.gift.limit"].create(
            {"per": "gift", "amount": 100, "company_id": self.company.id}
        )
        self.assertIn("the limit of a gift is", self._plan().why)

    def test_the_number_of_statements_does_not_grow(self):
        few = self.gifts.with_user(self.sally).browse()
        for person in (self.ann, self.ben):
            few |= self._plan(self._create_item(f"Few {person.name}", 1), person)
        many = few.browse()
        item = self._create_item("Many", 1)
        for number in range(20):
            many |= self._plan(item, self._create_person(self.acme, f"P{number}"))
        counts = []
        for gifts in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            gifts.give()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(gifts.mapped("state")), {"given"})
        self.assertLessEqual(counts[1], counts[0] + 1, counts)
