"""Edges of rooms where one record held others, or a day, a seat or a limit slipped."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common.care import NOW, CareCommon
from .common.customer_event import ActivityCommon
from .common.document import DocumentCommon
from .common.giving import GivingCommon
from .common.referral import ReferralCommon
from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGivingEdges(GivingCommon):
    def test_a_draft_of_last_year_is_no_way_round_a_year(self):
        gift = self._plan()
        with freeze_time("2027-01-15 10:00:00"):
            [answer] = gift.give()
            self.assertEqual(answer["code"], "blocked")
            self.assertIn("choose the day", answer["message"])
            gift.date = "2027-01-15"
            self.assertAnswers(gift.give(), "ok")


@tagged("post_install", "-at_install")
class TestReferralEdges(ReferralCommon):
    def _add_gift(self, **values):
        item = self.env["crm.gift.item"].create(
            {"name": "Pen", "value": 10, "cost": 5, **values}
        )
        self.rule.gift_item_id = item
        return item

    def test_a_gift_that_cannot_be_given_stops_no_payment(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._add_gift(company_id=other.id)
        referral = self._refer(self.new)
        self._buy(self.new)
        self.assertEqual((referral.state, referral.points), ("paid", 200))
        self.assertFalse(referral.gift_id)

    def test_a_referrer_who_moved_stops_no_payment(self):
        self._add_gift()
        person = self._create_person(self.customer, "Eve")
        self._join(person)
        referral = self._refer(self.new, person)
        person.parent_id = self._create_customer("Elsewhere")
        self._buy(self.new)
        self.assertEqual((referral.state, referral.points), ("paid", 200))
        self.assertFalse(referral.gift_id)

    def test_an_approved_gift_goes_with_the_reward(self):
        self._add_gift()
        referral = self._refer(self.new)
        order = self._buy(self.new)
        gift = referral.gift_id
        gift.with_user(self.sally).ask()
        self.assertEqual(gift.state, "approved")
        self._return(order)
        self.assertEqual(referral.state, "reversed")
        self.assertEqual(gift.state, "refused")
        self.assertTrue(gift.refusal_reason)


@tagged("post_install", "-at_install")
class TestActivityEdges(ActivityCommon):
    def test_who_gives_up_a_seat_is_never_told_that_there_is_none(self):
        others = self._create_customer("B") | self._create_customer("C")
        self._join(others)
        level = self.member.level_id or self.club.level_ids[:1]
        seat = self.env["crm.event.seat"].create(
            {"event_id": self.course.id, "level_id": level.id, "seats": 9}
        )
        self.env["crm.club.membership"].search(
            [("club_id", "=", self.club.id)]
        ).level_id = level
        taken = [self._register(one) for one in (*others, self.person)]
        seat.seats = 1
        taken[0].action_cancel()
        self.assertEqual(self._get_guest(others[0]).state, "cancelled")
        taken[1].action_set_done()
        self.assertEqual(self._get_guest(others[1]).state, "attended")
        with self.assertRaises(ValidationError):
            self._register(others[0])

    def test_who_came_is_marked_though_no_member_any_more(self):
        self.course.members_until = self.course._get_activity_today()
        coming = self._register(self.person)
        self.member.state = "ended"
        coming.action_set_done()
        self.assertEqual(self._get_guest(self.person).state, "attended")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestArchivedEdges(RelationsCommon):
    def test_the_archive_of_who_is_archived_waits_for_nobody(self):
        self.env["crm.custodian.rule"].search([]).active = False
        self.tier_a.review_interval_days = 90
        today = self.company._get_relations_today()
        customer = self._create_customer("Wall", user_id=self.sally.id)
        customer.tier_id = self.tier_a
        self.env["crm.custodian.rule"].create(
            {
                **{"name": "Carl", "custodian_id": self.carl.id, "start_date": today},
                "adds_activity": True,
            }
        )
        upkeeps = self.env["crm.archive.upkeep"]
        upkeeps._refresh(customer.ids)
        upkeep = customer.upkeep_ids
        upkeep.since = today - timedelta(days=200)
        upkeeps._refresh(customer.ids)
        day = self.env["crm.my.day"].with_user(self.carl)

        def count():
            self.env.invalidate_all()
            return {
                card["key"]: card["count"]
                for column in day.get_day()["columns"]
                for card in column["cards"]
            }.get("reviews", 0)

        lines = self.env["crm.archive.upkeep.report"]
        mine = [("custodian_id", "=", self.carl.id)]
        self.assertEqual(count(), 1)
        self.assertEqual(lines.search(mine).overdue_count, 1)
        customer.action_archive()
        self.env.flush_all()
        self.assertEqual(count(), 0)
        self.assertFalse(lines.search(mine))
        upkeeps._plan_batch()
        self.assertFalse(upkeep.activity_id)


@tagged("post_install", "-at_install")
class TestDocumentEdges(DocumentCommon):
    def test_documents_of_who_is_archived_are_not_to_be_got(self):
        self.licence.adds_activity = True
        document = self._create_document(expires_on=self._in_days(3))
        due = self.env["crm.document.due"]
        self.assertTrue(due.search([("document_id", "=", document.id)]))
        self.customer.action_archive()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(due.search([("document_id", "=", document.id)]))
        self.env["crm.customer.document"]._plan_batch()
        self.env.invalidate_all()
        self.assertFalse(document.activity_id)

    def test_a_file_is_not_exchanged_for_what_is_none(self):
        document = self._create_document()
        file = self.env["ir.attachment"].create(
            {
                **{"name": "page.pdf", "raw": b"%PDF-1.4 page"},
                **{"res_model": document._name, "res_id": document.id},
            }
        )
        for values in ({"raw": b""}, {"raw": b"MZ\x90", "name": "run.exe"}):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                file.write(values)

    def test_terms_changed_while_they_are_applied_are_applied_again(self):
        kind, other = self.licence, self.licence.copy({"name": "Other"})
        self._create_document(expires_on=self._in_days(3))
        self.env.flush_all()
        kind.is_stale = True

        def progress(_done, remaining=0):
            kind.remind_days += 1
            return True

        self.env["crm.customer.document"]._judge_anew(kind, progress)
        self.assertTrue(kind.is_stale)
        self.assertTrue(other.exists())


@tagged("post_install", "-at_install")
class TestLetterEdges(CareCommon):
    @freeze_time("2026-05-05 23:30:00")
    def test_a_letter_bears_the_day_of_who_prints_it(self):
        self.sally.tz = "Asia/Shanghai"
        rule = self._create_rule("letter", letter_template_id=self.mail_template.id)
        task = self._create_task(rule, self.customer)
        run = (
            self.env["crm.letter.run"]
            .with_user(self.sally)
            .with_context(tz="Asia/Shanghai")
            .new({"printed_at": fields.Datetime.now()})
        )
        [letter] = run._get_letters(task.with_user(self.sally))
        self.assertIn("6", letter["day"])
        self.assertNotIn("5", letter["day"])
