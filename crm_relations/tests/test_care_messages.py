from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.care import NOW, CareCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCareMessages(CareCommon):
    """Care that leaves as a text message or an email."""

    def test_a_text_message_waits_in_the_queue(self):
        task = self._create_task(self._create_rule("sms"))
        self._dispatch()
        sms = self._get_sms()
        self.assertRecordValues(
            sms,
            [
                {
                    "body": "Thank you, Customer!",
                    "number": "+8613800138000",
                    "state": "outgoing",
                }
            ],
        )
        self.assertRecordValues(
            task,
            [{"state": "done", "recipient_id": self.customer.id, "activity_id": False}],
        )
        self.assertEqual(task.message_id, sms.mail_message_id)
        self.assertIn(task.message_id, self.customer.message_ids)
        self.env["sms.sms"].browse(sms.id).send()
        log = self.env["crm.sms.log"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(log.body, "Thank you, Customer!")

    def test_an_email_waits_in_the_queue_for_nobody_but_the_customer(self):
        self.mail_template.attachment_ids = [
            Command.create({"name": "card.txt", "raw": b"Hello"})
        ]
        task = self._create_task(self._create_rule("email"))
        self._dispatch()
        mail = self._get_mails()
        self.assertRecordValues(
            mail,
            [
                {
                    "subject": "Thanks, Customer",
                    "state": "outgoing",
                    "email_to": False,
                    "recipient_ids": self.customer.ids,
                }
            ],
        )
        self.assertEqual(mail.attachment_ids.name, "card.txt")
        self.assertIn("Thank you, Customer!", task.message_text)
        self.assertEqual(task.state, "done")
        mail.unlink()  # as Odoo does once it is sent
        self.assertTrue(task.message_id)

    def test_the_person_gets_the_message_if_it_can_be_reached(self):
        person = self._create_person(self.customer, "Ada")
        person.email = "ada@example.com"
        by_sms = self._create_task(self._create_rule("sms"), person_id=person.id)
        by_mail = self._create_task(
            self._create_rule("email", is_touch=False), person_id=person.id
        )
        self._dispatch()
        self.assertEqual(by_mail.recipient_id, person)
        self.assertEqual(by_sms.recipient_id, self.customer)  # has no number

    def test_templates_of_care_tasks_know_the_occasion(self):
        model = self.env["ir.model"]._get_id("crm.care.task")
        self.sms_template.write(
            {"model_id": model, "body": "See you on {{ object.occasion_date }}"}
        )
        self.mail_template.write(
            {
                "model_id": model,
                "subject": "{{ object.rule_id.name }}",
                "body_html": "<p t-out='object.occasion_date'/>",
            }
        )
        self._create_task(self._create_rule("sms"))
        mailed = self._create_task(self._create_rule("email", is_touch=False))
        self._dispatch()
        self.assertEqual(self._get_sms().body, "See you on 2026-05-05")
        self.assertEqual(self._get_mails().subject, "By email")
        self.assertEqual(mailed.message_id.model, "res.partner")
        self.assertEqual(mailed.message_id.res_id, self.customer.id)

    def test_a_message_speaks_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.sms_template.with_context(lang="fr_FR").body = "Merci !"
        self.customer.lang = "fr_FR"
        self._create_task(self._create_rule("sms"))
        self._dispatch()
        self.assertEqual(self._get_sms().body, "Merci !")

    def test_without_number_or_address_an_activity_says_so(self):
        silent = self._create_reachable("Silent", phone="12", email="nowhere")
        by_sms = self._create_task(self._create_rule("sms"), silent)
        by_mail = self._create_task(self._create_rule("email"), silent)
        self._dispatch()
        for task, words in ((by_sms, "phone number"), (by_mail, "e-mail address")):
            self.assertRecordValues(task, [{"state": "open", "channel": "activity"}])
            self.assertIn(words, task.dispatch_reason)
            self.assertIn(words, task.activity_id.note)
            self.assertFalse(task.touch_date)

    def test_nothing_leaves_until_a_provider_is_chosen(self):
        self.company.relations_sms_provider = "none"
        task = self._create_task(self._create_rule("sms"))
        self._dispatch()
        self.assertFalse(self._get_sms())
        self.assertIn("no provider", task.dispatch_reason)
        self.assertTrue(task.activity_id)

    def test_a_template_that_fails_for_one_is_listed_and_the_others_go(self):
        self.sms_template.body = "{{ 100 / (object.color - 3) }} thanks"
        rule = self._create_rule("sms")
        customers = [
            self._create_reachable(f"C{number}", color=number) for number in range(7)
        ]
        tasks = [self._create_task(rule, customer) for customer in customers]
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            self._dispatch()
        states = [task.state for task in tasks]
        self.assertEqual(states, ["done"] * 3 + ["failed"] + ["done"] * 3)
        failed = tasks[3]
        self.assertIn("division by zero", failed.dispatch_reason)
        self.assertFalse(failed.touch_date or failed.dispatched_at)
        self.assertEqual(
            self.env["sms.sms"].search_count(
                [("partner_id", "in", [customer.id for customer in customers])]
            ),
            6,
        )
        customers[3].color = 9
        failed.with_user(self.sally).action_retry()
        self._dispatch()
        self.assertEqual(failed.state, "done")
        self.assertFalse(failed.dispatch_reason)

    def test_an_empty_message_fails_in_words(self):
        self.sms_template.body = "{{ object.function or '' }}"
        self.mail_template.body_html = "<p><t t-out='object.function'/></p>"
        tasks = self._create_task(self._create_rule("sms")) + self._create_task(
            self._create_rule("email", is_touch=False)
        )
        self._dispatch()
        for task in tasks:
            self.assertEqual(task.state, "failed")
            self.assertIn("empty", task.dispatch_reason)

    def test_a_template_that_changed_its_model_tells_nothing_of_other_records(self):
        task = self._create_task(self._create_rule("sms"))
        self.sms_template.model_id = self.env["ir.model"]._get_id("res.users")
        self._dispatch()
        self.assertEqual(task.state, "failed")
        self.assertFalse(self._get_sms())

    def test_a_message_is_no_workload_of_the_salesperson(self):
        self._create_task(self._create_rule("sms"))
        self._dispatch()
        lines = self.env["crm.workload.report"].search(
            [("user_id", "=", self.sally.id), ("activity", "=", "care")]
        )
        self.assertFalse(lines)
