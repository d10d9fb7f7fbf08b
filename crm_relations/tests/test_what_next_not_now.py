from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common.next import NextCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestWhatNextNotNow(NextCommon):
    """FU-11: not now, for a reason, until a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_next("Put Off")
        cls.other = cls._create_next("Other")

    def _put_off(self, user=None, days=7, reason="away", note="", customer=None):
        customer = (customer or self.customer).with_user(user or self.sally)
        return customer.put_off(self._day(days), reason, note)

    def assertCodes(self, answers, *codes):
        self.assertEqual([answer["code"] for answer in answers], list(codes))

    def test_it_is_out_of_the_list_until_its_day(self):
        self.assertCodes(self._put_off(note="Trade fair"), "ok")
        self.assertEqual(self._get_list(), self.other)
        self.assertRecordValues(
            self.customer.not_now_ids,
            [
                {
                    **{"user_id": self.sally.id, "put_off_by_id": self.sally.id},
                    **{"until": self._day(7), "reason": "away", "note": "Trade fair"},
                    **{"active": True, "ending": False},
                }
            ],
        )
        with freeze_time("2026-03-10 23:59:00"):
            self.assertEqual(self._get_list(), self.other)
        with freeze_time("2026-03-11 00:01:00"):
            self.assertEqual(self._get_list(), self.customer | self.other)

    def test_the_night_closes_what_is_over(self):
        self._put_off(days=1)
        line = self.customer.not_now_ids
        self.env["crm.not.now"]._end_due()
        self.assertTrue(line.active)
        with freeze_time("2026-03-05 10:00:00"):
            self.env["crm.not.now"]._end_due()
            line.invalidate_recordset()
        self.assertEqual((line.active, line.ending), (False, "expired"))
        self.assertTrue(line.ended_at)

    def test_who_may(self):
        for user, code in (
            *[(self.sally, "ok"), (self.max, "ok"), (self.rita, "ok")],
            *[(self.sam, "no_right"), (self.carl, "no_right"), (self.anna, "no_right")],
        ):
            with self.subTest(user.name):
                self.assertCodes(self._put_off(user), code)
        self.customer.share_with(self.sam.id)
        self.assertCodes(self._put_off(self.sam), "ok")

    def test_put_off_anew_the_earlier_one_is_history(self):
        self._put_off()
        self._put_off(days=30, reason="later")
        lines = self.customer.with_context(active_test=False).not_now_ids
        self.assertEqual(
            [(line.reason, line.active, line.ending) for line in lines.sorted("id")],
            [("away", False, "replaced"), ("later", True, False)],
        )

    def test_what_is_refused_in_words(self):
        for days, reason, note in (
            *[(0, "away", ""), (-1, "away", ""), (367, "away", "")],
            *[(7, "", ""), (7, "nonsense", ""), (7, "other", " ")],
        ):
            with self.subTest(days=days, reason=reason):
                self.assertCodes(self._put_off(None, days, reason, note), "blocked")
        for days, reason, note in (
            *[(1, "away", ""), (366, "away", ""), (7, "other", "Strike")],
        ):
            self.assertCodes(self._put_off(None, days, reason, note), "ok")

    def test_nobodys_customer_cannot_be_put_off(self):
        pooled = self._create_next("Pooled")
        pooled.pool_release("Moves away")
        self.assertCodes(self._put_off(self.rita, customer=pooled), "blocked")
        missing = self._create_next("Missing")
        number = missing.id
        missing.unlink()
        both = self.env["res.partner"].browse([number, self.other.id])
        self.assertCodes(self._put_off(customer=both), "missing", "ok")

    def test_back_into_the_list_by_hand(self):
        self._put_off()
        line = self.customer.not_now_ids
        self.assertCodes(line.with_user(self.sam).end(), "missing")
        self.assertCodes(line.with_user(self.sally).end(), "ok")
        self.assertEqual((line.active, line.ending), (False, "ended"))
        self.assertEqual(len(self._get_list()), 2)
        self.assertCodes(line.with_user(self.sally).end(), "blocked")

    def test_a_new_salesperson_judges_anew_and_an_undo_brings_it_back(self):
        self._put_off()
        line = self.customer.not_now_ids
        self.customer.pool_transfer(self.sam.id, "Moves")
        self.assertEqual((line.active, line.ending), (False, "owner"))
        self.assertIn(self.customer, self._get_list(self.sam))
        batch = self.env["crm.ownership.change"].search(
            [("partner_id", "=", self.customer.id)], limit=1
        )
        batch.batch_id.undo()
        line.invalidate_recordset()
        self.assertEqual((line.active, line.ending), (True, False))
        self.assertEqual(self._get_list(), self.other)

    def test_it_ends_with_a_release_and_with_an_owner_typed(self):
        self._put_off()
        line = self.customer.not_now_ids
        self.customer.user_id = self.sam
        self.assertEqual(line.ending, "owner")
        self._put_off(self.sam)
        line = self.customer.not_now_ids
        self.customer.pool_release("Moves away")
        self.assertEqual((line.active, line.ending), (False, "owner"))

    def _merge(self):
        self.env.flush_all()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | self.other).ids, self.other, extra_checks=False
        )
        self.env.invalidate_all()

    def test_of_two_merged_the_first_to_come_back_stays(self):
        self._put_off(days=30)
        self._put_off(days=7, reason="deciding", customer=self.other)
        self._merge()
        lines = self.other.with_context(active_test=False).not_now_ids
        self.assertEqual(
            sorted((line.reason, line.active, line.ending) for line in lines),
            [("away", False, "merge"), ("deciding", True, False)],
        )

    def test_what_was_put_off_of_the_one_merged_is_of_the_survivor(self):
        self._put_off(days=30)
        self._merge()
        self.assertEqual(self.other.not_now_ids.reason, "away")
        self.assertFalse(self._get_list())

    def test_of_a_customer_of_another_one_nothing_stays_put_off_by_a_merge(self):
        self._put_off(days=30)
        self.other.user_id = self.sam
        self._merge()
        self.assertFalse(self.other.not_now_ids)
        self.assertEqual(self._get_list(self.sam), self.other)

    def test_a_customer_that_becomes_a_contact_is_not_put_off(self):
        self._put_off()
        line = self.customer.not_now_ids
        self.customer.is_company = False
        self.customer.parent_id = self.other
        self.env.flush_all()
        line.invalidate_recordset()
        self.assertFalse(line.active)

    def test_the_timeline_of_the_customer_tells_it(self):
        self._put_off(note="Trade fair")
        history = self.customer.with_user(self.sally).get_history(["not_now"])
        [line] = history["lines"]
        self.assertEqual((line["title"], line["by"]), ("Not now", "Sally"))
        self.assertIn("Trade fair", line["text"])

    def test_due_dates_and_clocks_go_on(self):
        self.tier_a.contact_interval_days = 7
        self.customer.tier_id = self.tier_a
        self._age_ownership(self.customer, 2)
        due = self.customer.contact_due_date
        self._put_off(days=30)
        self.assertTrue(due)
        self.assertEqual(self.customer.contact_due_date, due)

    def test_the_dialog_offers_a_week_and_says_what_stands_against(self):
        wizard = self.env["crm.not.now.wizard"].with_user(self.sally)
        wizard = wizard.create({"partner_ids": self.customer.ids})
        self.assertEqual(wizard.until, self.today + timedelta(days=7))
        wizard.until = self.today
        with self.assertRaises(UserError):
            wizard.action_apply()
        wizard.until = self._day(3)
        wizard.action_apply()
        self.assertEqual(self.customer.not_now_ids.until, self._day(3))

    def _apply(self, user=None, **values):
        wizards = self.env["crm.not.now.wizard"].with_user(user or self.sally)
        values = {"partner_ids": self.customer.ids, "until": self._day(3)} | values
        return wizards.create(values).action_apply()

    def test_for_some_seconds_it_can_be_undone(self):
        self._put_off(days=30, reason="later")
        before = self.customer.not_now_ids
        action = self._apply(reason="away")
        self.assertEqual(action["tag"], "crm_relations_acted")
        self.assertEqual(before.ending, "replaced")
        act = self.env["crm.act"].browse(action["params"]["act"])
        act.with_user(self.sally).undo()
        self.env.invalidate_all()
        self.assertEqual(self.customer.not_now_ids, before)
        self.assertEqual((before.reason, before.ending), ("later", False))

    def test_what_a_new_salesperson_has_is_not_undone(self):
        action = self._apply()
        self.customer.user_id = self.sam
        act = self.env["crm.act"].browse(action["params"]["act"])
        with self.assertRaises(AccessError):
            act.with_user(self.sally).undo()

    def test_who_reads_what_was_put_off(self):
        self._put_off()
        line = self.customer.not_now_ids
        for user, may in (
            *[(self.sally, True), (self.max, True), (self.rita, True)],
            (self.sam, False),
        ):
            lines = self.env["crm.not.now"].with_user(user)
            self.assertEqual(bool(lines.search([("id", "=", line.id)])), may, user.name)
        with self.assertRaises(AccessError):
            line.with_user(self.sally).write({"until": self._day(9)})
