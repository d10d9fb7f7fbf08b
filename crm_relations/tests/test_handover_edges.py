from datetime import datetime, timedelta

from odoo.tests import freeze_time, tagged

from .common.handover import TransferCommon


@tagged("post_install", "-at_install")
class TestHandoverEdges(TransferCommon):
    """FU-9: what others hold, teams that are not for it, and what the day shows."""

    def _card(self, user, key):
        day = self.env["crm.my.day"].with_user(user).get_day()
        cards = [card for column in day["columns"] for card in column["cards"]]
        return next((card for card in cards if card["key"] == key), None)

    def _count(self, user, key):
        card = self._card(user, key)
        return card["count"] if card else 0

    def _get_batch(self):
        return self.one.ownership_change_ids.sorted("id")[-1].batch_id

    def test_in_the_pool_also_what_others_granted_ends(self):
        self.one.with_user(self.rita).share_with(self.sam.id)
        self.one.with_user(self.rita).share_with(self.max.id)
        self.one.with_user(self.sally).pool_release("No need")
        self.assertTrue(self.one.pool_id)
        self.assertFalse(self.one.share_ids)

    def test_eleven_refusals_are_ten_and_one_more(self):
        for count, more in ((10, False), (11, True)):
            others = self.env["res.partner"].concat(
                *[
                    self._create_customer(f"R{n}", user_id=self.rita.id)
                    for n in range(count)
                ]
            )
            wizard = self.env["crm.share.wizard"].with_user(self.sally)
            wizard = wizard.create(
                {"partner_ids": (others | self.one).ids, "user_id": self.sam.id}
            )
            message = wizard.action_apply()["params"]["message"]
            with self.subTest(count):
                self.assertEqual("and 1 more" in message, more)
                self.assertEqual(message.count("Only its salesperson"), 10)
            self.one.share_ids.unlink()

    def test_what_came_and_went_back_is_no_news(self):
        before = self._count(self.sam, "received")
        self._transfer(self.one, self.sam)
        self.assertEqual(self._count(self.sam, "received"), before + 1)
        self._get_batch().with_user(self.sally).undo()
        self.assertEqual(self._count(self.sam, "received"), before)

    @freeze_time("2026-03-04 12:00:00")
    def test_what_came_or_was_lost_a_week_ago_is_news_for_the_last_time(self):
        changes = self.env["crm.ownership.change"]
        week = datetime(2026, 2, 25, 12)
        values = {"partner_id": self.one.id, "facts": {}, "to_user_id": self.sam.id}
        came = changes.create({**values, "kind": "claim"})
        values = {"partner_id": self.one.id, "facts": {}, "from_user_id": self.sam.id}
        lost = changes.create({**values, "kind": "release"})
        changes.create({**values, "kind": "transfer"})
        for card, change in (("received", came), ("lost", lost)):
            for moment, count in ((week, 1), (week - timedelta(seconds=1), 0)):
                change.decided_at = moment
                with self.subTest(card, moment=moment):
                    self.assertEqual(self._count(self.sam, card), count)

    def test_a_new_customer_of_ones_own_has_not_come(self):
        before = self._count(self.sam, "received")
        self._create_customer("New", user_id=self.sam.id)
        self.assertEqual(self._count(self.sam, "received"), before)

    def test_who_leaves_within_seven_days_stands_on_the_day(self):
        today = self.company._get_relations_today()
        self.env.flush_all()
        for days, count in ((7, 1), (8, 0)):
            self.env.cr.execute(
                "UPDATE res_partner SET pool_release_date = %s WHERE id = %s",
                [today + timedelta(days=days), self.one.id],
            )
            self.env.invalidate_all()
            with self.subTest(days):
                self.assertEqual(self._count(self.sally, "leaving"), count)

    def test_those_of_colleagues_and_other_contacts_do_not_stand_on_the_day(self):
        today = self.company._get_relations_today()
        contact = self._create_customer(
            "Contact", user_id=self.sally.id, is_managed_customer=False
        )
        theirs = self._create_customer("Sam's", user_id=self.sam.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = %s WHERE id = ANY(%s)",
            [today, (contact | theirs).ids],
        )
        self.env.invalidate_all()
        self.assertEqual(self._count(self.sally, "leaving"), 0)
        self.assertEqual(self._count(self.sam, "leaving"), 1)

    def test_no_team_of_another_company_gets_an_opportunity(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sam.company_ids |= other
        self.lead.company_id = self.company
        self.lead.team_id = self.north
        self.south.company_id = other
        self._transfer(self.one, self.sam)
        self.assertEqual(self.lead.user_id, self.sam)
        self.assertEqual(self.lead.team_id, self.north)

    def test_no_archived_team_gets_an_opportunity(self):
        self.lead.team_id = self.north
        self.south.user_id = self.sam
        self.south.active = False
        self._transfer(self.one, self.sam)
        self.assertEqual(self.lead.team_id, self.north)

    def test_what_the_new_owner_may_not_enter_stays(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.company_ids |= other
        self.lead.company_id = other
        self._transfer(self.one, self.sam)
        self.assertEqual(self.one.user_id, self.sam)
        self.assertEqual(self.lead.user_id, self.sally)
        self.assertEqual(self.quotation.user_id, self.sam)

    def test_a_customer_that_somebody_else_gave_away_meanwhile_stays(self):
        batch = self.env["crm.pool.batch"]._create_transfer("transfer", "x", None)
        owners = {self.one.id: self.sam.id, self.two.id: self.sam.id}
        formers = {self.one.id: self.rita.id, self.two.id: self.sally.id}
        self.assertEqual(batch._transfer(owners, formers), self.two.ids)
        self.assertEqual(self.one.user_id, self.sally)

    def test_contacts_of_others_stay_with_them(self):
        helped = self._create_person(self.one, "Helped")
        helped.user_id = self.rita
        self._transfer(self.one, self.sam)
        self.assertEqual(self.person.user_id, self.sam)
        self.assertEqual(helped.user_id, self.rita)

    def test_archived_contacts_move_with_their_customer(self):
        self.person.active = False
        self._transfer(self.one, self.sam)
        self.assertEqual(self.person.user_id, self.sam)
        self._get_batch().with_user(self.sally).undo()
        self.assertEqual(self.person.user_id, self.sally)

    def test_what_was_closed_since_does_not_go_back(self):
        self._transfer(self.one, self.sam)
        self.lead.action_set_won()
        self.quotation.action_confirm()
        self._get_batch().with_user(self.sally).undo()
        self.assertEqual(self.one.user_id, self.sally)
        self.assertEqual((self.lead.user_id, self.quotation.user_id), (self.sam,) * 2)

    def test_a_quotation_that_was_sent_moves_along(self):
        self.quotation.state = "sent"
        self._transfer(self.one, self.sam)
        self.assertEqual(self.quotation.user_id, self.sam)

    def test_activities_of_colleagues_stay_open_in_the_pool(self):
        theirs = self._plan(self.one, self.rita)
        mine = self._plan(self.one)
        self.one.with_user(self.sally).pool_release("No need")
        self.assertTrue(theirs.active)
        self.assertEqual(theirs.user_id, self.rita)
        self.assertFalse(mine.active and mine.user_id == self.sally)

    def test_of_a_closed_activity_what_somebody_did_since_stays_done(self):
        mine = self._plan(self.one)
        self.one.with_user(self.sally).pool_release("No need")
        self.assertFalse(mine.active)
        mine.date_done = self.company._get_relations_today()
        self.env.flush_all()
        batch = self._get_batch()
        batch.with_user(self.rita).undo()
        self.assertEqual(self.one.user_id, self.sally)
        self.assertFalse(mine.active)

    def test_merged_a_customer_has_an_owner_or_a_pool_never_both(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        sally, sam = {"user_id": self.sally.id}, {"user_id": self.sam.id}
        pooled = {"pool_id": self.pool.id}
        for kept, gone, owner, pool in (
            (sally, pooled, self.sally, self.pool.browse()),
            (pooled, sally, self.sally, self.pool.browse()),
            (pooled, pooled, self.sally.browse(), self.pool),
            ({}, pooled, self.sally.browse(), self.pool),
            (sally, sam, self.sally, self.pool.browse()),
        ):
            survivor, twin = (
                self._create_customer(name, **values)
                for name, values in (("Kept", kept), ("Gone", gone))
            )
            wizard.create({})._merge((survivor | twin).ids, survivor)
            with self.subTest(kept=kept, gone=gone):
                self.assertEqual(survivor.user_id, owner)
                self.assertEqual(survivor.pool_id, pool)
