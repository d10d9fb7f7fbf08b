from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common.stay import StayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 12:00:00")
class TestStayWords(StayCommon):
    """PO-4, PO-9: the buttons, the timeline, and the day of who answers for all."""

    def _get_line(self):
        history = self.customer.with_user(self.rita).get_history(kinds=["stay"])
        return history["lines"][0]

    def test_the_timeline_tells_what_became_of_it(self):
        self._protect(days=10)
        line = self._get_line()
        self.assertEqual(line["title"], "Protection: Requested")
        self.assertEqual(line["text"], "until Mar 14, 2026 · Strategic")
        self.assertEqual(line["by"], "Sally")
        stay = self._get_stays()
        stay.with_user(self.max).approve()
        self.assertIn("Decided by Max", self._get_line()["text"])
        stay.with_user(self.sally).end()
        line = self._get_line()
        self.assertEqual(line["title"], "Protection: Ended")
        self.assertIn("Ended by hand", line["text"])

    def test_who_is_asked_reads_the_own_language_to_the_end(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.max.lang = "zh_CN"
        many = self._create_customers(12, user_id=self.sally.id)
        stays = self.env["crm.pool.stay"].with_user(self.sally)
        stays._tell_of(many, self.max, "Keep them", "", "pool-approvals")
        mine = [("partner_ids", "in", self.max.partner_id.ids)]
        body = self.env["mail.message"].search(mine, order="id desc", limit=1).body
        self.assertIn("2个", body)
        self.assertNotIn("more", body)

    def test_the_buttons_of_a_request(self):
        self._extend()
        self.assertEqual(self.customer.stay_state, "requested")
        stay = self._get_stays()
        stay.with_user(self.max).refuse("No")
        self.assertFalse(self.customer.stay_state)
        self.assertEqual(stay.state, "refused")
        with self.assertRefused("has been decided or has ended", UserError):
            stay.with_user(self.max).action_approve()
        self._extend()
        stay = self._get_stays()[-1]
        stay.with_user(self.sally).action_end()
        self.assertEqual((stay.state, stay.ending), ("ended", "ended"))

    def test_the_dialog_protects_for_as_long_as_it_says(self):
        action = self.customer.with_user(self.sally).action_protect()
        wizards = self.env["crm.stay.wizard"].with_user(self.sally)
        wizard = wizards.with_context(**action["context"]).create({"reason": "Fair"})
        self.assertEqual((wizard.kind, wizard.days), ("protection", 30))
        wizard.days = 12
        wizard.action_apply()
        stay = self._get_stays()
        self.assertEqual((stay.kind, stay.until), ("protection", self._day(12)))
        self.customer.with_user(self.sally).action_unprotect()
        self.assertEqual(stay.state, "ended")
        with self.assertRefused("It is not protected", UserError):
            self.customer.with_user(self.sally).action_unprotect()

    def test_the_dialog_proposes_the_shortest_extension_of_the_companies(self):
        east = self.env["res.company"].create(
            {"name": "East", "pool_extension_days": 3}
        )
        self.customers[1].relation_company_id = east
        action = self.customers.with_user(self.sally).action_extend()
        self.assertEqual(action["context"]["default_days"], 3)
        action = self.customer.with_user(self.sally).action_extend()
        self.assertEqual(action["context"]["default_days"], 7)

    def test_where_nobody_is_asked_it_stands_on_the_day_of_who_answers_for_all(self):
        self.north.user_id = False
        self._extend()
        self.assertFalse(self._get_stays().approver_id)
        for user, count in ((self.rita, 1), (self.max, 0)):
            day = self.env["crm.my.day"].with_user(user).get_day()
            cards = {
                card["key"]: card["count"]
                for column in day["columns"]
                for card in column["cards"]
            }
            with self.subTest(user.name):
                self.assertEqual(cards.get("approvals", 0), count)

    def test_what_is_no_customer_is_not_kept(self):
        self.customer.is_managed_customer = False
        answers = self.customer.with_user(self.rita).pool_protect(5, "Why")
        self.assertEqual(self._codes(answers), ["blocked"])
        self.assertIn("not a managed customer", answers[0]["message"])

    def test_the_dialog_keeps_for_one_day_up_to_ten_years(self):
        wizards = self.env["crm.stay.wizard"].with_user(self.sally)
        values = {"kind": "protection", "reason": "Fair"}
        for days in (1, 3650):
            self.assertTrue(wizards.create({"days": days, **values}))
        for days in (0, 3651):
            with self.assertRefused("1 to 3650 days"):
                wizards.create({"days": days, **values})
