"""CO-2: what comes back from a customer by e-mail, whatever has become of the complaint
since."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common.intake_mail import IntakeMailCommon

BOUNCE = """\
From: MAILER-DAEMON@outside.example.com
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce@outside.example.com>
Date: Mon, 02 Mar 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=utf-8

There is no such mailbox.
--cut
Content-Type: message/delivery-status

Final-Recipient: rfc822; paula@outside.example.com
Action: failed
Status: 5.1.1
--cut
Content-Type: text/rfc822-headers

Message-Id: {sent}
--cut--
"""


@tagged("post_install", "-at_install")
class TestIntakeReplies(IntakeMailCommon):
    def _reply(self, number, to, text="And now?"):
        head = f"In-Reply-To: <{to}@outside.example.com>\n"
        return self._receive(number, text, head=head)

    def _close(self, complaint, days=0):
        complaint.with_user(self.olga).solve("Adjusted the door", 0)
        complaint.with_user(self.olga).confirm("satisfied", "Fine")
        complaint.with_user(self.olga).close("explanation")
        self.assertEqual(complaint.state, "closed")
        complaint.closed_at = fields.Datetime.now() - timedelta(days=days)

    def test_a_reply_soon_after_closing_takes_it_up_again(self):
        complaint = self._receive("a")
        self._close(complaint)
        self.assertEqual(self._reply("b", to="a", text="It rattles again"), complaint)
        self.assertEqual((complaint.state, complaint.round), ("handling", 2))
        event = complaint.event_ids.filtered(lambda one: one.kind == "reopened")
        self.assertIn("It rattles again", event.note)
        self.assertFalse(event.user_id)

    def test_a_reply_long_after_closing_is_a_new_one_that_follows_it(self):
        complaint = self._receive("c")
        self._close(complaint, days=self.env.company.complaint_reopen_days + 1)
        made = self._reply("d", to="c")
        self.assertNotEqual(made, complaint)
        self.assertEqual(made.follows_id, complaint)
        self.assertEqual(made.user_id, self.olga)
        self.assertEqual(complaint.state, "closed")

    def test_a_reply_to_what_was_merged_goes_where_it_is_now(self):
        """Merged twice: into one that was merged afterwards itself."""
        first, second, third = (self._receive(name) for name in ("e1", "e2", "e3"))
        first.with_user(self.olga).merge_into(second.id)
        second.with_user(self.olga).merge_into(third.id)
        self.assertEqual(self._reply("e4", to="e1", text="Still there"), third)
        self.assertIn("answered", third.event_ids.mapped("kind"))
        self.assertIn("Still there", str(third.message_ids.mapped("body")))
        self.assertNotIn("answered", (first | second).event_ids.mapped("kind"))
        self._close(third)
        self.assertEqual(self._reply("e5", to="e1"), third)
        self.assertEqual(third.round, 2)

    def test_a_reply_to_what_was_withdrawn_is_a_new_one_that_follows_it(self):
        complaint = self._receive("f")
        complaint.with_user(self.olga).withdraw("A mistake")
        self.assertEqual(self._reply("g", to="f").follows_id, complaint)

    def test_the_reply_that_is_waited_for_ends_the_pause(self):
        complaint = self._receive("h")
        complaint.with_user(self.olga).pause("Photos of the door")
        self.assertTrue(complaint.is_paused)
        self._reply("i", to="h", text="Here they are")
        self.assertFalse(complaint.is_paused)
        self.assertFalse(complaint.clock_ids.filtered(lambda one: one.paused_at))
        event = complaint.event_ids.filtered(lambda one: one.kind == "resumed")
        self.assertFalse(event.user_id)

    def test_a_colleague_who_replies_ends_no_pause(self):
        complaint = self._receive("j")
        complaint.with_user(self.olga).pause("Photos of the door")
        head = "In-Reply-To: <j@outside.example.com>\n"
        sender = self.oscar.email_formatted
        self.assertEqual(self._receive("k", sender=sender, head=head), complaint)
        self.assertTrue(complaint.is_paused)

    def test_what_comes_back_is_a_call_for_who_answers(self):
        """Also where the complaint has been merged since."""
        complaint, other = self._receive("l"), self._receive("m")
        with self.mock_mail_gateway():
            sent = complaint.message_post(
                body="We look at it",
                message_type="comment",
                partner_ids=self.person.ids,
                subtype_xmlid="mail.mt_comment",
            )
        complaint.with_user(self.olga).merge_into(other.id)
        bounce = BOUNCE.format(to=self.env.company.bounce_email, sent=sent.message_id)
        count = self.env["crm.complaint"].search_count([])
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(None, bounce)
        activity = other.activity_ids
        self.assertEqual(activity.user_id, self.olga)
        self.assertIn("came back", activity.summary)
        self.assertNotIn("answered", other.event_ids.mapped("kind"))
        self.assertEqual(self.env["crm.complaint"].search_count([]), count)

    def test_a_customer_whom_a_pool_hides_is_known_and_not_shown(self):
        pool = self.env["crm.pool"].create(
            {"name": "Hiding", "manager_ids": self.max.ids}
        )
        self.customer.user_id = self.sam
        self.customer.with_user(self.rita).pool_release("-", pool.id)
        self.env.invalidate_all()
        complaint = self._receive("n")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.person_id, self.person)
        self.assertTrue(self._get_acknowledged())
        self.env.flush_all()
        self.env.invalidate_all()
        shown = complaint.with_user(self.olga)
        told = str(
            [
                shown.read(),
                shown.message_ids.read(["body", "email_from", "reply_to"]),
                shown.event_ids.read(),
                self.env["crm.complaint.desk"].with_user(self.olga).open_desk("all"),
            ]
        )
        self.assertNotIn("paula@outside", told)
        self._reply("o", to="n")
        self.assertIn("answered", complaint.event_ids.mapped("kind"))
        self.assertNotIn(
            "paula@outside", str(complaint.with_user(self.olga).message_ids.read())
        )

    def test_what_a_stranger_wrote_is_not_ours(self):
        complaint = self._receive("w")
        message = complaint.message_ids[:1]
        for author, who in (
            (self.olga.partner_id, complaint.company_id.name),
            (self.customer, "You"),
            (self.customer.browse(), "You"),
        ):
            message.sudo().author_id = author
            with self.subTest(author.name):
                self.assertEqual(complaint._get_told_author(message), who)
