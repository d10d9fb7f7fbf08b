from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestOwnershipEdges(PoolByHandCommon):
    """PO-11, PO-12: what hangs on an owner, and what goes back and what does not."""

    def _plan(self, record, user, **values):
        values = {"summary": "Step", "user_id": user.id} | values
        return record.activity_schedule("mail.mail_activity_data_todo", **values)

    def _undo(self, customer, user=None):
        batch = self._get_change(customer).batch_id
        answers = batch.with_user(user or self.rita).undo()
        self.env.invalidate_all()
        return self._codes(answers)

    def test_a_tag_is_not_given_to_an_archived_customer_either(self):
        self.other.active = False
        tags = self.env["res.partner.category"].with_user(self.sally)
        tag = tags.create({"name": "Tag"})
        with self.assertRaises(UserError):
            tag.partner_ids = [Command.link(self.other.id)]
        tag.invalidate_recordset()
        tag.partner_ids = [Command.link(self.owned.id)]
        self.assertEqual(self.owned.category_id, tag)

    def test_a_step_without_type_or_summary_is_closed_as_any_other(self):
        plain = self._plan(self.owned, self.sally)
        plain.activity_type_id = False
        nameless = self._plan(self.owned, self.sally, summary=False)
        done_before = self._plan(self.owned, self.sally, summary="Done")
        done_before.action_done()
        self.owned.with_user(self.sally).pool_release("No need")
        self.assertFalse((plain | nameless).filtered("active"))
        items = self._get_change(self.owned).batch_id.sudo().item_ids
        self.assertEqual(
            set(items.mapped("name")), {"Step", nameless.activity_type_id.name}
        )

    def test_of_two_hand_overs_only_the_one_undone_gives_back(self):
        first, second = self.owned, self._create_customer("Two", user_id=self.sally.id)
        steps = self._plan(first, self.sally), self._plan(second, self.sally)
        for customer in (first, second):
            customer.with_user(self.sally).pool_transfer(self.sam.id, "Moves")
        self._undo(first)
        self.assertEqual([step.user_id for step in steps], [self.sally, self.sam])
        items = self.env["crm.handover.item"].search(
            [("partner_id", "in", (first | second).ids)], order="partner_id"
        )
        states = {item.partner_id: item.state for item in items}
        self.assertEqual(states, {first: "restored", second: "moved"})

    def test_back_in_a_pool_it_is_since_it_came_there_the_last_time(self):
        since = fields.Datetime.now() - timedelta(days=9)
        self.pooled.with_user(self.rita).pool_assign(self.sally.id)
        self._get_change(self.pooled).decided_at = since - timedelta(days=90)
        self.pooled.with_user(self.sally).pool_release("No need")
        self._get_change(self.pooled).decided_at = since
        self.pooled.with_user(self.sally).pool_claim()
        self.assertEqual(self._undo(self.pooled), ["ok"])
        self.assertEqual(self.pooled.pool_since, since)

    def test_what_moved_on_since_stays(self):
        self.owned.with_user(self.sally).pool_release("No need")
        release = self._get_change(self.owned).batch_id
        self.owned.with_user(self.rita).pool_move(self.pool.id, "Too far")
        answers = release.with_user(self.rita).undo()
        self.assertEqual(self._codes(answers), ["touched"])
        self.assertEqual(self.owned.pool_id, self.pool)

    def test_nothing_goes_back_to_who_has_left(self):
        self.owned.with_user(self.sally).pool_release("No need")
        self.sally.active = False
        self.assertEqual(self._undo(self.owned), ["no_owner"])
        self.assertFalse(self.owned.user_id)
        self.assertEqual(self.owned.pool_id, self.leeds)

    def test_nothing_goes_back_that_is_archived(self):
        self.owned.with_user(self.sally).pool_release("No need")
        self.owned.active = False
        self.assertEqual(self._undo(self.owned), ["touched"])
        self.assertFalse(self.owned.user_id)

    def test_an_undone_claim_takes_its_first_step_and_no_other_away(self):
        self.pooled.with_user(self.sally).pool_claim()
        first = self.pooled.activity_ids
        self.assertEqual(len(first), 1)
        kind = self.leeds.contact_activity_type_id
        kept = self._plan(self.pooled, self.sally)
        for user, by_hand in ((self.sally, True), (self.sam, False)):
            step = self._plan(self.pooled, user)
            step.write({"activity_type_id": kind.id, "automated": not by_hand})
            kept |= step
        self._undo(self.pooled)
        self.assertFalse(first.exists())
        self.assertEqual(kept.exists(), kept)

    def test_of_two_rows_each_gets_the_message_of_its_own(self):
        partners = self.env["res.partner"].with_user(self.max)
        self.max.group_ids += self.env.ref("base.group_partner_manager")
        result = partners.load(
            ["name", "join_pool_id"], [["Good", "Leeds"], ["Closed", self.pool.name]]
        )
        self.assertFalse(result["ids"])
        self.assertEqual([m["record"] for m in result["messages"]], [1])
        self.assertIn("managers", result["messages"][0]["message"])

    @freeze_time("2026-03-04 12:00:00")
    def test_seven_days_are_counted_from_the_day_of_the_company(self):
        """It is the 5th on Kiritimati."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = '2026-03-12' WHERE id = %s",
            [self.owned.id],
        )
        self.env.invalidate_all()
        partners = self.env["res.partner"].with_user(self.sally)
        self.assertEqual(partners._count_leaving(), 0)
        self.company.resource_calendar_id.tz = "Pacific/Kiritimati"
        self.assertEqual(partners._count_leaving(), 1)

    def test_contacts_of_others_do_not_come_back_with_an_undo(self):
        person, other = (self._create_person(self.owned, n) for n in ("A", "B"))
        person.user_id, other.user_id = self.sally, self.rita
        self.owned.with_user(self.sally).pool_transfer(self.sam.id, "Moves")
        self.assertEqual((person | other).mapped("user_id"), self.sam | self.rita)
        self._undo(self.owned)
        self.assertEqual(person.user_id, self.sally)
        self.assertEqual(other.user_id, self.rita)

    def test_a_first_step_is_due_where_the_new_owner_is(self):
        self.sally.tz = "Asia/Shanghai"
        self.pooled.with_user(self.sally).pool_claim()
        self.assertEqual(self.pooled.activity_ids.user_tz, "Asia/Shanghai")

    def test_a_first_step_that_was_done_stays_done(self):
        self.pooled.with_user(self.sally).pool_claim()
        step = self.pooled.activity_ids
        step.action_done()
        self.assertFalse(step.active)
        self._undo(self.pooled)
        self.assertTrue(step.exists())

    def test_nobody_takes_back_what_he_has_released_himself(self):
        self.owned.with_user(self.sally).pool_release("No need")
        with self.assertRaises(AccessError):
            self._undo(self.owned, self.sally)
        self.assertEqual(self.owned.pool_id, self.leeds)
        self.other.with_user(self.sam).pool_transfer(self.sally.id, "Moves")
        self.assertEqual(self._undo(self.other, self.sam), ["ok"])

    def test_nothing_is_released_that_nobody_has_or_that_is_no_customer(self):
        free = self._create_customer("Free")
        contact = self._create_customer(
            "Contact", user_id=self.sally.id, is_managed_customer=False
        )
        batch = self.env["crm.pool.batch"]._create_transfer("hand_release", "", None)
        pools = dict.fromkeys((free | contact | self.owned).ids, self.leeds.id)
        self.assertEqual(list(batch._release_into(pools, "-")), self.owned.ids)
        self.assertFalse(free.pool_id | contact.pool_id)

    def test_what_others_were_granted_stays_with_whom_it_was_about(self):
        """A customer becomes a contact: of the new customer nobody was granted
        anything."""
        self.owned.with_user(self.sally).share_with(self.sam.id)
        self.owned.with_user(self.sally).pool_protect(5, "Fair")
        lines = self.owned.share_ids, self.owned.stay_ids
        self.owned.parent_id = self._create_customer("New", user_id=self.sally.id)
        self.env.flush_all()
        self.env.invalidate_all()
        for line in lines:
            with self.subTest(line._name):
                self.assertEqual(line.partner_id, self.owned)
