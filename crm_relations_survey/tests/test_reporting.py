import doctest
from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command, Domain
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_relations.tests.common.smtp_server import SmtpServer

from ..tools import trend
from ..tools.mailing_periods import get_last_span, get_next_day
from .common.answers import AnswersCommon

MORNING = "2026-03-11 09:00:00"  # a Wednesday
DAY = timedelta(days=1)
LOGGER = (
    "odoo.addons.crm_relations_survey.report.reporting.crm_satisfaction_mailing_send"
)


@freeze_time(MORNING)
@tagged("post_install", "-at_install")
class TestReporting(AnswersCommon):
    """A mail server on this machine takes the reports. Last week sally got 31 answers
    and sam 2, both of them low; yesterday sally got one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(MORNING))
        cls.smtp = SmtpServer().__enter__()
        cls.addClassCleanup(cls.smtp.__exit__)
        servers = cls.env["ir.mail_server"]
        servers.search([]).active = False
        servers.create(
            {
                "name": "Local",
                "smtp_host": "127.0.0.1",
                "smtp_port": cls.smtp.port,
                "smtp_encryption": "none",
            }
        )
        cls.startClassPatcher(
            patch.object(type(servers), "_disable_send", lambda self: False)
        )
        cls.company.email = "us@example.com"
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.max.write({"lang": "zh_CN", "email": "max@example.com"})
        cls.env["crm.satisfaction.mailing"].search([]).active = False
        last_week = cls.company._get_relations_today() - timedelta(days=7)
        high = {cls.reception: 90, cls.delivery: 80}
        low = {cls.reception: 30, cls.delivery: 40}
        cls._answer(31, scores=high, day=last_week, nps=10, has_nps=True)
        cls._answer(
            2, user=cls.sam, scores=low, day=last_week, is_low=True, comment="Too slow"
        )
        cls._answer(scores=high, day=cls.company._get_relations_today() - DAY)

    def setUp(self):
        super().setUp()
        self.smtp.received.clear()

    def _create(self, period="week", users=None, **values):
        users = self.spec | self.max if users is None else users
        return self.env["crm.satisfaction.mailing"].create(
            {
                "study_id": self.study.id,
                "period": period,
                "user_id": self.spec.id,
                "user_ids": [Command.set(users.ids)],
                "next_date": self.company._get_relations_today(),
                **values,
            }
        )

    def _run(self):
        self.env.flush_all()
        job = self.env.ref("crm_relations_survey.ir_cron_satisfaction_mailing")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.env["mail.mail"].search([("state", "=", "outgoing")]).send()
        return dict(self.smtp.received)

    def _read_pdf(self, mail):
        [file] = list(mail.iter_attachments())
        self.assertEqual(file.get_content_type(), "application/pdf")
        return PdfReader(BytesIO(file.get_content()))

    def _get_text(self, mail):
        return mail.get_body(("html", "plain")).get_content()

    def test_a_weekly_report_arrives_as_pdf_in_the_language_of_each(self):
        mailing = self._create()
        found = self._run()
        self.assertEqual(set(found), {"spec@example.com", "max@example.com"})
        english = found["spec@example.com"]
        self.assertIn("03/02/2026 – 03/08/2026", english["Subject"])
        self.assertIn("2026/03/02", found["max@example.com"]["Subject"])
        pages = self._read_pdf(english).pages
        self.assertEqual(len(pages), 4)
        for number, page in enumerate(pages, 1):
            self.assertAlmostEqual(float(page.mediabox.width), 595, delta=2)  # A4
            self.assertAlmostEqual(float(page.mediabox.height), 842, delta=2)
            text = " ".join(page.extract_text().split())
            self.assertIn(self.company.name, text)
            self.assertIn(f"Page {number} of 4", text)
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        for words in (self.sally.name, "Few answers: 2 of 30", "Too slow", "Reception"):
            self.assertIn(words, text)
        self.assertNotIn(self.customer.name, text)
        chinese = self._read_pdf(found["max@example.com"]).pages
        fonts = {
            str(font.get_object()["/BaseFont"])
            for font in chinese[0]["/Resources"]["/Font"].values()
        }
        self.assertTrue([font for font in fonts if "CJK" in font], fonts)
        self.assertEqual(mailing.edition_ids.user_ids, self.spec | self.max)
        self.assertEqual(len(mailing.edition_ids.attachment_ids), 2)

    def test_the_trend_stands_on_paper(self):
        self.assertFalse(doctest.testmod(trend).failed)
        high = {self.reception: 60, self.delivery: 70}
        january = fields.Date.to_date("2026-01-15")
        self._answer(31, scores=high, day=january)
        self._create(users=self.spec)
        [page, *_others] = self._read_pdf(self._run()["spec@example.com"]).pages
        text = " ".join(page.extract_text().split())
        for words in ("last twelve months", "Apr 2025", "Mar 2026", "few answers"):
            self.assertIn(words, text)
        edition = self.env["crm.satisfaction.edition"].search([], limit=1)
        edition = edition._speak("en_US")
        drawn = edition._get_trend(self.study, Domain.TRUE)
        self.assertEqual([spot["few"] for spot in drawn["spots"]], ["", ""])
        # February without an answer interrupts the line.
        self.assertEqual(drawn["lines"], [])
        self.assertFalse(edition._get_trend(self.study, Domain.FALSE))

    def test_every_morning_what_came_in_yesterday(self):
        self._create("day", self.spec)
        mail = self._run()["spec@example.com"]
        text = " ".join(self._get_text(mail).split())
        self.assertFalse(list(mail.iter_attachments()))
        self.assertIn("this came in on 03/10/2026", text)
        self.assertIn(self.sally.name, text)
        self.assertNotIn(self.sam.name, text)
        self.assertNotIn("Low answers</h3>", text)

    def test_low_answers_stand_in_the_mail_without_the_customer_or_a_logo(self):
        self.env["crm.satisfaction.response"].search(
            [("study_id", "=", self.study.id), ("user_id", "=", self.sam.id)]
        ).partner_id = self.customer
        self.company.logo = False
        self._create(users=self.spec)
        text = self._get_text(self._run()["spec@example.com"])
        self.assertIn("Too slow", text)
        self.assertNotIn(self.customer.name, text)

    def test_a_report_leaves_once(self):
        mailing = self._create(users=self.spec)
        self.assertTrue(self._run())
        self.assertEqual(str(mailing.next_date), "2026-03-16")
        mailing.next_date = self.company._get_relations_today()
        self.smtp.received.clear()
        self.assertFalse(self._run())
        self.assertEqual(len(mailing.edition_ids), 1)
        action = mailing.with_user(self.spec).action_send_now()
        self.assertEqual(action["tag"], "display_notification")

    def test_killed_on_the_way_nothing_has_left_and_all_leaves_later(self):
        mailing = self._create(users=self.spec)
        mails = type(self.env["mail.mail"])
        with (
            self.assertRaises(RuntimeError),
            self.env.cr.savepoint(),
            patch.object(mails, "create", side_effect=RuntimeError),
        ):
            mailing._send(self.company._get_relations_today())
        self.env.invalidate_all()
        self.assertFalse(mailing.edition_ids)
        self.assertEqual(mailing.next_date, self.company._get_relations_today())
        self.assertTrue(self._run())

    def test_one_that_cannot_be_made_hinders_no_other(self):
        broken = self._create(users=self.spec)
        self._create(users=self.max)
        mailings = type(broken)
        send = mailings._send

        def fail(mailing, day):
            if mailing == broken:
                raise AccessError(self.study.name)
            return send(mailing, day)

        with patch.object(mailings, "_send", fail), self.assertLogs(LOGGER, "WARNING"):
            received = self._run()
        self.assertEqual(list(received), [self.max.email])
        self.assertFalse(broken.edition_ids)

    def test_after_a_pause_only_the_last_one_leaves(self):
        mailing = self._create("day", self.spec, next_date="2026-01-01")
        self._run()
        self.assertEqual(len(mailing.edition_ids), 1)
        self.assertEqual(str(mailing.edition_ids.date_to), "2026-03-10")
        self.assertEqual(str(mailing.next_date), "2026-03-12")

    def test_nothing_leaves_before_the_morning_of_the_company(self):
        self._create("day", self.spec)
        mailings = self.env["crm.satisfaction.mailing"]
        with freeze_time("2026-03-11 06:59:00"):
            self.assertFalse(mailings._is_hour(self.company))
        self.assertTrue(mailings._is_hour(self.company))

    def test_roles_get_it_but_nobody_without_address_or_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        group = self.env.ref("crm_relations_survey.group_satisfaction_specialist")
        values = {"group_ids": [Command.set(group.ids)]}
        users = self.env["res.users"].with_context(no_reset_password=True)
        users.create({"name": "A", "login": "a", "email": False, **values})
        users.create({"name": "B", "login": "b", "active": False, **values})
        users.create(
            {
                "name": "C",
                "login": "c",
                "email": "c@example.com",
                "company_id": other.id,
                "company_ids": [Command.set(other.ids)],
                **values,
            }
        )
        mailing = self._create(users=users, group_ids=[Command.set(group.ids)])
        found = mailing._get_recipients()
        self.assertIn(self.spec, found)
        self.assertFalse({"a", "b", "c"} & set(found.mapped("login")))

    def test_it_shows_what_the_responsible_may_read(self):
        mailing = self._create(users=self.spec, user_id=self.sam.id)
        edition = mailing._take(
            mailing._get_spans(self.company._get_relations_today())[0]
        )
        report = edition._speak("en_US")._get_report(
            *mailing._get_spans(self.company._get_relations_today())
        )
        self.assertEqual([line["name"] for line in report["people"]], [self.sam.name])

    def test_somebody_has_to_get_it(self):
        with self.assertRaisesRegex(ValidationError, "Choose who gets the report"):
            self._create(users=self.env["res.users"])

    def test_specialists_decide_who_gets_what(self):
        mailing = self._create(users=self.sally)
        for user in (self.sally, self.max, self.rita):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                mailing.with_user(user).write({"period": "day"})
        self._run()
        edition = mailing.edition_ids
        self.assertEqual(edition.with_user(self.sally).study_id, self.study)
        self.assertFalse(edition.with_user(self.sam).search([]))

    def test_a_report_is_looked_up_once_a_language(self):
        def count(users):
            mailing = self._create("day", users)
            self.env.invalidate_all()
            return self._count_statements(
                lambda: mailing._send(self.company._get_relations_today())
            )

        count(self.spec)
        few = count(self.spec)
        users = self.env["res.users"].with_context(no_reset_password=True)
        many = users.create(
            [
                {"name": f"N{number}", "login": f"n{number}", "email": "n@example.com"}
                for number in range(8)
            ]
        )
        self.assertLess(count(many), few + 2 * 8)

    def test_periods_are_whole_days_weeks_and_months(self):
        today = self.company._get_relations_today()
        spans = {
            period: [str(day) for day in get_last_span(period, today)]
            for period in ("day", "week", "month")
        }
        self.assertEqual(
            spans,
            {
                "day": ["2026-03-10", "2026-03-10"],
                "week": ["2026-03-02", "2026-03-08"],
                "month": ["2026-02-01", "2026-02-28"],
            },
        )
        self.assertEqual(str(get_next_day("month", today)), "2026-04-01")
