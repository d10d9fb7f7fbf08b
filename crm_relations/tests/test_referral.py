from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.referral import ReferralCommon


@tagged("post_install", "-at_install")
class TestReferral(ReferralCommon):
    """CL-6: who brought whom."""

    def test_a_new_customer_is_registered_and_confirmed_by_somebody_else(self):
        referral = self._refer(self.new, self.person, confirm=False)
        self.assertEqual(
            (referral.state, referral.partner_id, referral.registered_by_id),
            ("asked", self.customer, self.sam),
        )
        self.assertTrue(referral.number.startswith("R"))
        for user in (self.sam, self.sally):  # registered it; owns the referrer
            [answer] = referral.with_user(user).confirm()
            self.assertEqual(answer["code"], "no_right")
            self.assertFalse(referral.with_user(user).may_decide)
            self.assertTrue(referral.with_user(user).decide_hint)
        [answer] = referral.with_user(self.max).confirm()
        self.assertTrue(answer["ok"], answer)
        self.assertEqual(referral.state, "confirmed")
        self.assertEqual(referral.decided_by_id, self.max)
        self.assertEqual(self.new.referred_by_id, self.customer)
        [answer] = referral.with_user(self.rita).refuse("Too late")
        self.assertEqual(answer["code"], "blocked")

    def test_my_day_shows_what_one_may_decide(self):
        """No more and no less than the button takes, for each who may open it."""
        self._refer(self.new, self.person, confirm=False)
        self.new.user_id = self.max
        self._refer(
            self._create_customer("Rita's", user_id=self.rita.id), confirm=False
        )
        self._refer(self._create_customer("Of Sam", user_id=self.sam.id))
        shown = {
            user: self._get_day_of(user)
            for user in (self.sam, self.sally, self.max, self.rita)
        }
        asked = self.env["crm.referral"].search([("state", "=", "asked")])
        for user, referrals in shown.items():
            decidable = asked.filtered(
                lambda one, user=user: (
                    one.with_user(user).has_access("read")
                    and one.with_user(user).may_decide
                )
            )
            self.assertEqual(referrals, decidable, user.login)
        self.assertEqual(len(shown[self.rita]), 1)
        self.assertFalse(shown[self.sam])

    def _get_day_of(self, user):
        """Return the referrals that somebody's day shows; its lines tell who is said to
        have brought them."""
        day = self.env["crm.my.day"].with_user(user)
        columns = day.get_day()["columns"]
        cards = [card for column in columns for card in column["cards"]]
        found = [card for card in cards if card["key"] == "referral_decide"]
        lines = found[0]["lines"] if found else []
        referrals = self.env["crm.referral"].browse(line["id"] for line in lines)
        self.assertEqual(len(referrals), found[0]["count"] if found else 0)
        self.assertTrue(all("Recommended by" in line["detail"] for line in lines))
        return referrals

    def test_a_refused_one_leaves_the_customer_free(self):
        referral = self._refer(self.new, confirm=False)
        self.assertEqual(
            referral.with_user(self.rita).refuse(" ")[0]["code"], "blocked"
        )
        referral.with_user(self.rita).refuse("Not so")
        self.assertEqual(referral.refusal_reason, "Not so")
        self.assertEqual(self._refer(self.new).state, "confirmed")

    def test_nobody_refers_itself(self):
        for referrer in (self.new, self._create_person(self.new, "Own")):
            self.assertIn("itself", self._refer(self.new, referrer))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["crm.referral"].create(
                {
                    "partner_id": self.new.id,
                    "referrer_id": self.new.id,
                    "referred_id": self.new.id,
                    "registered_on": "2026-01-01",
                }
            )

    def test_there_is_no_circle_however_long(self):
        chain = [self.customer, *self._create_customers(3, user_id=self.sam.id)]
        for referrer, new in zip(chain, chain[1:], strict=False):
            self.assertEqual(self._refer(new, referrer).state, "confirmed")
        self.customer.user_id = self.sam
        for referrer in chain[1:]:
            self.assertIn("brought by", self._refer(self.customer, referrer))

    def test_each_has_one_referrer_and_has_not_bought_before(self):
        self._refer(self.new, confirm=False)
        other = self._create_customer("Other")
        self.assertIn("already", self._refer(self.new, other))
        known = self._create_customer("Known", user_id=self.sam.id)
        known.referred_by_id = other
        self.assertIn("archive says", self._refer(known))
        self.assertEqual(self._refer(known, other).state, "confirmed")
        self.assertIn("brought by", self._refer_back(other, known))
        old = self._create_customer("Old", user_id=self.sam.id)
        self._buy(old, pay=False)
        self.assertIn("bought before", self._refer(old))

    def _refer_back(self, new, referrer):
        new.user_id = self.sam
        return self._refer(new, referrer)

    def test_the_same_number_or_address_is_refused(self):
        self.person.write({"phone": "+86 138 0013 8000", "email": "ada@example.com"})
        self.new.phone = "+8613800138000"
        self.assertIn("same telephone", self._refer(self.new))
        self.new.write({"phone": False, "email": "Ada <ADA@example.com>"})
        self.assertIn("same telephone", self._refer(self.new))
        self.new.email = False
        self._create_person(self.new, "Friend").email = "ada@example.com"
        self.assertIn("same telephone", self._refer(self.new))

    def test_who_is_archived_was_brought_by_nobody(self):
        self.new.active = False
        self.assertIn("archived", self._refer(self.new, user=self.rita))

    def test_a_person_who_left_tells_that_both_are_the_same(self):
        left = self._create_person(self.new, "Left")
        left.write({"email": "same@example.com", "active": False})
        self.person.email = "same@example.com"
        self.assertIn("Both have the same", self._refer(self.new))

    def test_other_companies_archived_ones_and_colleagues_are_no_referrers(self):
        theirs = self.env["res.company"].create({"name": "Theirs"})
        self.new.company_id = self.company
        away = self._create_customer("Away", company_id=theirs.id)
        problem = self.env["crm.referral"]._get_problem(away, self.new)
        self.assertIn("different companies", problem)
        away.write({"company_id": False, "active": False})
        self.assertIn("archived", self._refer(self.new, away))
        self.assertIn("colleague", self._refer(self.new, self.sally.partner_id))
        stranger = self.env["res.partner"].create({"name": "No customer"})
        self.assertIn("no customer", self._refer(self.new, stranger))
        missing = self.new.with_user(self.sam).register_referral(0)
        self.assertEqual(missing[0]["code"], "blocked")

    def test_nobody_rewards_himself(self):
        referral = self._refer(self.new, confirm=False)
        for user in (self.sam, self.sally, self.max, self.rita, self.carl, self.anna):
            mine = referral.with_user(user)
            for values in (
                {"state": "confirmed"},
                {"points": 1000},
                {"referrer_id": user.partner_id.id},
                {"same_contact": False},
                {"note": "Mine"},
            ):
                with self.assertRaises(AccessError):
                    mine.write(values)
            with self.assertRaises(AccessError):
                self.env["crm.referral"].with_user(user).create(
                    {
                        "referrer_id": self.customer.id,
                        "partner_id": self.customer.id,
                        "referred_id": self._create_customer().id,
                        "registered_on": "2026-01-01",
                        "state": "paid",
                    }
                )
            with self.assertRaises(AccessError):
                mine.unlink()
        answers = self.new.with_user(self.sally).register_referral(self.customer.id)
        self.assertEqual(answers[0]["code"], "no_right")
        self.assertEqual(referral.state, "asked")

    def test_who_sees_them(self):
        referral = self._refer(self.new, confirm=False)
        for user, sees in (
            (self.sally, True),
            (self.sam, True),
            (self.max, True),
            (self.rita, True),
            (self._create_user("sue", "group_sales_user"), False),
        ):
            found = self.env["crm.referral"].with_user(user).search([])
            self.assertEqual(referral in found, sees, user.login)

    def test_merged_customers_keep_the_older_referral_and_no_circle(self):
        other = self._create_customer("Other", user_id=self.sam.id)
        older, younger = self._refer(self.new), self._refer(other)
        self._merge(other, self.new)
        self.assertEqual(older.referred_id, self.new)
        self.assertEqual(younger.state, "refused")
        self._merge(self.customer, self.new)
        self.assertEqual(older.state, "refused")
        self.assertIn("same customer", older.refusal_reason)

    def _merge(self, source, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | kept).ids, kept, extra_checks=False)
        self.env.invalidate_all()

    def test_a_lead_by_the_link_is_a_customer_only_when_a_colleague_makes_it_one(self):
        self.member._get_referral_url()
        before = self.env["res.partner"].search_count([])
        values = {"name": "Bob", "phone": "+86 139 0000 1111", "email_from": ""}
        referral = self.env["crm.referral"]._register_by_link(
            self.member, values | {"note": "Call me"}
        )
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertEqual((referral.state, referral.channel), ("asked", "link"))
        self.assertEqual(referral.lead_id.user_id, self.sally)
        self.assertFalse(referral.same_contact)
        [answer] = referral.with_user(self.rita).confirm()
        self.assertEqual(answer["code"], "blocked")
        referral.lead_id.partner_id = self.new
        self.assertEqual(referral.referred_id, self.new)
        self.assertTrue(referral.with_user(self.rita).confirm()[0]["ok"])

    def test_a_lead_of_an_old_customer_is_refused_and_says_why(self):
        values = {"name": "Bob", "phone": "", "email_from": "b@example.com", "note": ""}
        referral = self.env["crm.referral"]._register_by_link(self.member, values)
        order = self._buy(self.new, pay=False)
        order.date_order -= timedelta(days=2)
        referral.lead_id.partner_id = self.new
        self.assertEqual(referral.state, "refused")
        self.assertIn("bought before", referral.refusal_reason)
        self.person.phone = "+86 138 0013 8000"
        fresh = self.env["crm.referral"]._register_by_link(self.member, values)
        stranger = self.env["res.partner"].create({"name": "Orders at once"})
        self._buy(stranger, pay=False)
        fresh.lead_id.partner_id = stranger
        self.assertEqual((fresh.state, fresh.referred_id), ("asked", stranger))
        again = values | {"phone": "+86 13800138000"}
        marked = self.env["crm.referral"]._register_by_link(self.member, again)
        self.assertTrue(marked.same_contact)

    def test_the_customer_shows_them(self):
        self._refer(self.new)
        customer = self.customer.with_user(self.sally)
        self.assertEqual(customer.referral_reward_count, 1)
        found = self.env["crm.referral"].with_user(self.sally)
        found = found.search(customer.action_view_referral_rewards()["domain"])
        self.assertEqual(found.referred_id, self.new)
        lines = customer.get_history(kinds=["referral"])["lines"]
        self.assertIn("New One", lines[0]["title"])
