"""Heads of e-mails that other desks took for what they were not.

Sources: FreeScout 513 and 2488 (Exchange answers without any header but the subject),
4226 (X-Autoresponder), 4598, 2826 (Mail.Ru); osTicket pull request 5320, sisimai 491
and discourse 21367 (X-Auto-Response-Suppress is no sign of an answer by a machine);
bileto 1008 (“Auto-Submitted: no”); comments by absent people of QQ mail; emailengine
(“Out of the Office”); the words of Outlook for an automatic reply. Facts only.
"""

from email.message import EmailMessage

from odoo.tests import BaseCase, tagged

from ..tools.incoming_mail import ANSWERED, BY_HAND, MADE, get_origin
from .common.intake_mail import IntakeMailCommon

REPLY = {"In-Reply-To": "<1@here>"}
QQ = "这是来自QQ邮箱的假期自动回复邮件。\n \n您好，我最近正在休假中。"
HEADS = (
    (ANSWERED, {"X-Autoreply": "yes", "Auto-Submitted": "auto-replied"}),
    (ANSWERED, {"X-AutoReply": "ann@mail.ru", "Precedence": "bulk"}),
    (
        ANSWERED,
        {"X-Autoresponder": "Will not send another autoreply for 86400 seconds"},
    ),
    (ANSWERED, {"X-Autoresponse": "1"}),
    (ANSWERED, {"X-Precedence": "auto_reply"}),
    (MADE, {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}),
    (MADE, {"Precedence": "bulk"}),
    (BY_HAND, {"Auto-Submitted": "no"}),
    (BY_HAND, {"X-Autoreply": "no"}),
    (BY_HAND, {"X-Auto-Response-Suppress": "DR, OOF, AutoReply"}),
)
ABSENCES = (
    *("Automatische Antwort: Welcome", "Automatic reply: Your complaint CMP/1"),
    *("Réponse automatique : Votre demande", "Risposta automatica: Reclamo"),
    *("自动答复: 您的投诉", "自动回复：您的投诉", "自動回覆: 投訴", "自動返信: 苦情"),
    *("Out of the Office", "Out of Office Re: it", "OOO: Friday", "Auto: gone"),
    *("Автоматический ответ: Жалоба", "Autoreply: x", "Auto-Reply: x"),
)
PEOPLE = (
    *("Re: Automatic reply: Your complaint", "自动回复没有用", "Automatic reply"),
    *("Autopsy: of my car", "Out of officers", "Automobile: it rattles", "Re: OOO"),
)


def make(**headers):
    mail = EmailMessage()
    for name, value in headers.items():
        mail[name] = value
    return mail


@tagged("post_install", "-at_install")
class TestPublishedHeads(BaseCase):
    def test_heads(self):
        for origin, headers in HEADS:
            with self.subTest(headers):
                self.assertEqual(get_origin(make(**headers)), origin)

    def test_an_absence_is_known_by_its_subject_if_it_answers(self):
        for subject in ABSENCES:
            with self.subTest(subject):
                mail = make(Subject=subject)
                self.assertEqual(get_origin(mail), BY_HAND)
                mail = make(Subject=subject, **REPLY)
                self.assertEqual(get_origin(mail), ANSWERED)

    def test_people_write_about_automatic_answers_as_well(self):
        for subject in PEOPLE:
            with self.subTest(subject):
                self.assertEqual(get_origin(make(Subject=subject, **REPLY)), BY_HAND)

    def test_an_absence_is_known_by_its_text(self):
        self.assertEqual(get_origin(make(), QQ), ANSWERED)
        self.assertEqual(get_origin(make(), "来了" + QQ), BY_HAND)
        self.assertEqual(get_origin(make(), "这是来自QQ邮箱的中文正文。"), BY_HAND)


@tagged("post_install", "-at_install")
class TestPublishedMails(IntakeMailCommon):
    def test_who_is_absent_neither_answers_nor_complains(self):
        complaint = self._receive("p1")
        head = "In-Reply-To: <p1@outside.example.com>\n"
        count = self.env["crm.complaint"].search_count([])
        for number, values in enumerate(
            (
                {"subject": "Automatische Antwort: My car"},
                {"text": QQ},
                {"text": QQ.replace("假期", ""), "subject": "自动回复"},
            )
        ):
            found = self._receive(f"p2{number}", head=head, **values)
            self.assertEqual(found, complaint)
        self.assertNotIn("answered", complaint.event_ids.mapped("kind"))
        self.assertFalse(self._receive("p3", text=QQ))
        self.assertEqual(self.env["crm.complaint"].search_count([]), count)

    def test_a_complaint_about_automatic_answers_is_one(self):
        complaint = self._receive("p4", subject="自动回复：从来没有人回复我")
        self.assertTrue(complaint)
