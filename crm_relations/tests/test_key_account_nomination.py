"""KA-1: nominated by who sees the customer, approved by somebody else, ended."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common.key_account import KeyAccountCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestKeyAccountNomination(KeyAccountCommon):
    def test_anyone_nominates_and_somebody_else_approves(self):
        for user in (self.sally, self.sam, self.carl, self.anna):
            with self.subTest(user.login):
                customer = self._create_customer(user.login, user_id=self.sally.id)
                one = self._ask(customer, user)
                self.assertEqual((one.state, one.nominator_id), ("asked", user))
                self.assertAnswers(one.with_user(self.max).approve(), "ok")
                self.assertRecordValues(
                    one.sudo(),
                    [
                        {
                            "state": "approved",
                            "decided_by_id": self.max.id,
                            "since": fields.Date.to_date("2026-05-05"),
                        }
                    ],
                )
                self.assertTrue(customer.with_user(user).is_key_account)

    def test_neither_the_nominator_nor_the_owner_nor_another_team_approves(self):
        one = self._ask(user=self.max)
        for user in (self.max, self.sally, self.sam, self.carl):
            with self.subTest(user.login):
                self.assertAnswers(one.with_user(user).approve(), "no_right")
                self.assertAnswers(one.with_user(user).refuse("No"), "no_right")
        self.assertAnswers(one.with_user(self.rita).approve(), "ok")
        # For one's own customer not even a relations manager.
        self.mid.user_id = self.rita
        own = self._ask(self.mid)
        self.assertAnswers(own.with_user(self.rita).approve(), "no_right")
        self.assertAnswers(own.with_user(self.adam).approve(), "ok")

    def test_of_nobodys_customer_a_relations_manager_decides(self):
        self.big.user_id = False
        one = self._ask()
        self.assertAnswers(one.with_user(self.max).approve(), "no_right")
        self.assertAnswers(one.with_user(self.rita).approve(), "ok")

    def test_who_has_judged_a_line_does_not_approve(self):
        draft = self._draft(user=self.rita)
        self.assertAnswers(draft.nominate(), "ok")
        self.assertAnswers(draft.approve(), "no_right")

    def test_a_nomination_says_why_and_judges_all(self):
        self.assertAnswers(self._draft(reason=" ").nominate(), "blocked")
        draft = self._draft(points=0)
        draft.judgement_ids.reason = False
        [answer] = draft.nominate()
        self.assertIn("Judge “Strategic”", answer["message"])
        draft.judgement_ids.reason = "No project at all"
        self.assertAnswers(draft.nominate(), "ok")

    def test_a_customer_is_nominated_and_key_once(self):
        first, second = self._draft(), self._draft(user=self.sally)
        both = (first + second).with_user(self.sam)
        self.assertAnswers(first.nominate(), "ok")
        self.assertAnswers(second.nominate(), "blocked")
        self.assertAnswers(first.with_user(self.rita).approve(), "ok")
        self.assertAnswers(second.nominate(), "blocked")
        self.assertEqual(len(both), 2)

    def test_refusing_and_ending_take_a_reason_that_is_kept(self):
        one = self._ask()
        self.assertAnswers(one.with_user(self.rita).refuse("  "), "blocked")
        self.assertAnswers(one.with_user(self.rita).refuse("Too small"), "ok")
        self.assertEqual(one.refusal_reason, "Too small")
        self.assertAnswers(one.with_user(self.rita).approve(), "blocked")
        again = self._make_key()
        self.assertAnswers(again.with_user(self.rita).end(""), "blocked")
        for user in (self.sally, self.sam, self.carl):
            self.assertAnswers(again.with_user(user).end("Now"), "no_right")
        self.assertAnswers(again.with_user(self.max).end("Went bankrupt"), "ok")
        self.assertFalse(self.big.is_key_account)
        self.assertEqual(again.state, "ended")
        # And may be nominated anew.
        self._make_key()

    def test_the_nominator_takes_it_back_while_nobody_has_decided(self):
        one = self._ask()
        self.assertAnswers(one.with_user(self.rita).take_back(), "no_right")
        with self.assertRaisesRegex(UserError, "Only a draft"):
            one.reason = "Better"
        with self.assertRaisesRegex(UserError, "Only a draft"):
            one.judgement_ids.points = 5
        self.assertAnswers(one.take_back(), "ok")
        one.reason = "Better"
        self.assertAnswers(one.nominate(), "ok")
        one.with_user(self.rita).approve()
        self.assertAnswers(one.take_back(), "blocked")
        with self.assertRaises(UserError):
            one.sudo().unlink()

    def test_what_is_decided_is_typed_by_nobody(self):
        draft = self._draft()
        for user in (self.sam, self.rita, self.adam):
            for values in (
                {"state": "approved"},
                {"since": "2020-01-01"},
                {"decided_by_id": self.rita.id},
                {"involved_ids": [fields.Command.clear()]},
                {"decided_score": 99},
                {"end_proposed_on": False},
            ):
                with self.subTest((user.login, values)), self.assertRaises(AccessError):
                    draft.with_user(user).write(values)
        with self.assertRaises(AccessError):
            self.nominations.with_user(self.rita).create(
                {"partner_id": self.big.id, "state": "approved"}
            )
        copy = self._make_key().with_user(self.sam).copy()
        self.assertEqual(copy.state, "draft")

    def test_another_ones_draft_is_neither_seen_nor_written(self):
        draft = self._draft(user=self.carl)
        self.assertFalse(
            self.nominations.with_user(self.sam).search([("id", "=", draft.id)])
        )
        with self.assertRaises(AccessError):
            draft.with_user(self.sally).reason = "Mine"
        with self.assertRaises(AccessError):
            draft.judgement_ids.with_user(self.sally).points = 1
        draft.judgement_ids.unlink()
        with self.assertRaises(AccessError):
            self.env["crm.key.account.judgement"].with_user(self.sam).create(
                {"nomination_id": draft.id, "criterion_id": self.strategic.id}
            )

    def test_contacts_archived_ones_and_strangers_are_no_key_accounts(self):
        person = self._create_person(self.big)
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        for partner in (person, stranger):
            with self.subTest(partner.name), self.assertRaises(ValidationError):
                self.nominations.with_user(self.sam).create({"partner_id": partner.id})
            self.assertAnswers(
                partner.with_user(self.sam).nominate_key_account("So"), "blocked"
            )
        one = self._ask()
        self.big.active = False
        self.assertAnswers(one.with_user(self.rita).approve(), "blocked")

    def test_customers_are_nominated_from_their_list(self):
        self._ask(self.mid)
        answers = (self.big + self.mid).with_user(self.sam).nominate_key_account("Big")
        self.assertAnswers(answers, "ok", "blocked")
        action = self.big.with_user(self.sam).action_nominate_key_account()
        draft = self.nominations.browse(action["res_id"])
        self.assertEqual((draft.partner_id, draft.reason), (self.big, "Big"))
        self.assertEqual(draft.judgement_ids.criterion_id, self.strategic)

    def test_key_accounts_are_searched_and_grouped(self):
        self._make_key()
        partners = self.env["res.partner"].with_user(self.sally)
        ours = [("id", "in", (self.big + self.mid + self.small).ids)]
        found = partners.search([*ours, ("is_key_account", "=", True)])
        self.assertEqual(found, self.big)
        found = partners.search([*ours, ("is_key_account", "!=", True)])
        self.assertEqual(found, self.mid + self.small)
        groups = partners.formatted_read_group(ours, ["is_key_account"], ["__count"])
        counts = {group["is_key_account"]: group["__count"] for group in groups}
        self.assertEqual(counts, {True: 1, False: 2})
        self.assertTrue(
            partners.fields_get(["is_key_account"])["is_key_account"]["groupable"]
        )
        person = self._create_person(self.big)
        self.assertFalse(person.is_key_account)

    def test_the_badge_says_why_and_since_when(self):
        self._make_key()
        reason = self.big.with_user(self.sally).key_account_reason
        self.assertIn("They build with us", reason["sentence"])
        self.assertIn("2026", reason["since"])
        self.assertIn(["Approved by", "Rita"], reason["figures"])

    def test_the_score_below_the_floor_for_long_proposes_and_ends_nobody(self):
        self.scheme.write({"floor": 60, "floor_months": 2})
        one = self._make_key(self.mid)
        start = fields.Date.to_date("2026-05-05")
        for months, days, proposed in ((0, 0, 0), (2, -1, 0), (2, 0, 1)):
            day = start + relativedelta(months=months, days=days)
            with freeze_time(f"{day} 12:00:00"):
                self._night()
                self.assertEqual(bool(one.end_proposed_on), bool(proposed), day)
        self.assertEqual(one.state, "approved")
        self.assertEqual(self._get_cards(self.max)["key_account_end"], 1)
        self.assertNotIn("key_account_end", self._get_cards(self.sally))
        one.with_user(self.max).action_keep()
        self.assertFalse(one.end_proposed_on)
        self._night()
        self.assertFalse(one.end_proposed_on)

    def test_a_proposal_goes_when_the_score_recovers(self):
        self.scheme.write({"floor": 60, "floor_months": 0})
        one = self._make_key(self.mid)
        self._night()
        self.assertTrue(one.end_proposed_on)
        self.scheme.floor = 10
        self._night()
        self.assertFalse(one.end_proposed_on)

    def test_my_day_shows_what_waits_for_me_only(self):
        self._ask(user=self.max)
        self.assertNotIn("key_account_decide", self._get_cards(self.max))
        self.assertEqual(self._get_cards(self.rita)["key_account_decide"], 1)
        self.assertNotIn("key_account_decide", self._get_cards(self.sally))

    def test_merged_customers_are_one_key_account(self):
        with freeze_time("2026-01-01"):
            old = self._make_key(self.mid)
        new = self._make_key()
        asked = self._ask(self.small)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.big + self.mid + self.small).ids, self.big)
        self.assertEqual(
            [(one.state, one.partner_id) for one in (old, new, asked)],
            [("approved", self.big), ("ended", self.big), ("refused", self.big)],
        )
        self.assertTrue(new.end_reason)
        self.assertTrue(self.big.is_key_account)

    def test_the_timeline_tells_of_it(self):
        self._make_key().with_user(self.rita).end("Gone")
        [line] = self.big.with_user(self.sally).get_history(["key_account"])["lines"]
        self.assertEqual(line["title"], "Key account: Ended")
        self.assertIn("Gone", line["text"])

    def test_another_company_sees_nothing_of_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.big.company_id = self.company
        one = self._make_key()
        self.assertEqual(one.company_id, self.company)
        lena = self._create_user("lena", "group_relations_manager")
        lena.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        found = self.nominations.with_user(lena).search([])
        self.assertNotIn(one, found)
        self.assertAnswers(one.with_user(lena).end("Not mine"), "no_right")

    def test_the_day_of_a_proposed_end_is_that_of_the_first_night(self):
        one = self._make_key(self.mid)
        self.scheme.write({"floor": 100, "floor_months": 0})
        self._night()
        first = one.end_proposed_on
        self.assertTrue(first)
        one.end_proposed_on = fields.Date.subtract(first, days=3)
        self._night()
        self.assertEqual(one.end_proposed_on, fields.Date.subtract(first, days=3))

    def test_only_those_proposed_to_end_stand_on_the_card(self):
        one, _other = self._make_key(self.mid), self._make_key(self.big)
        self.assertFalse(self._get_cards(self.rita).get("key_account_end"))
        one.end_proposed_on = fields.Date.today()
        self.assertEqual(self._get_cards(self.rita)["key_account_end"], 1)
        one.state = "ended"
        self.assertFalse(self._get_cards(self.rita).get("key_account_end"))

    def test_what_may_be_done_is_offered_to_who_may(self):
        """Written by its nominator while it is a draft; ended neither by the owner nor
        twice."""
        draft = self._draft()
        self.assertEqual(draft.display_name, "Big · Draft")
        for user, may in ((self.sam, True), (self.max, False)):
            self.assertIs(draft.with_user(user).sudo(False).may_edit, may, user.name)
        draft.nominate()
        self.assertFalse(draft.may_edit)
        key = draft.with_user(self.rita)
        self.assertAnswers(key.approve(), "ok")
        self.assertTrue(key.may_end)
        self.big.user_id = self.rita
        key.invalidate_recordset()
        self.assertFalse(key.may_end)
        [answer] = key.end("Over")
        self.assertIn("The customer is yours", answer["message"])

    def test_a_contact_of_a_key_account_is_none_and_has_no_reason(self):
        self._make_key()
        person = self._create_person(self.big, "Paula")
        self.assertTrue(self.big.key_account_reason)
        self.assertFalse(person.is_key_account or person.key_account_reason)

    def test_a_criterion_without_weight_weighs_nothing(self):
        self.assertEqual(self.scheme._get_weighed(), self.by_sales | self.strategic)
        self.strategic.weight = 0
        self.assertEqual(self.scheme._get_weighed(), self.by_sales)
