import re
from itertools import product
from pathlib import Path

from odoo import fields
from odoo.modules.module import get_module_path
from odoo.tests import tagged

from .common.hiding import EMAIL, PERSON_EMAIL
from .common.hiding_mail import HidingMailCommon

# Templates of these models go to colleagues, or to who logs in: no pool hides them.
TO_OTHERS = {
    "account.journal": "to who keeps the books",
    "base.module.install.request": "to administrators",
    "crm.care.task": "to customers, by care: see test_care_reaches_the_customer",
    "crm.followup": "to colleagues",
    "gamification.badge.user": "to colleagues",
    "gamification.challenge": "to colleagues",
    "gamification.goal": "to colleagues",
    "iap.account": "to administrators",
    "res.users": "to who logs in: the login stays in sight",
}
SENDS = re.compile(
    r"send_mail\(|message_notify\(|_with_source\(|_message_sms|message_post\("
    r"|\[\"(?:sms\.sms|mail\.mail|sms\.composer|mail\.compose\.message)\"\]\.create"
)
# Where the suite itself sends something: file, to whom, and what shows that it arrives.
PLACES = {
    "handover/res_partner_share.py": "colleagues",
    "handover/crm_pool_batch_digest.py": "colleagues",
    "followup/my_day/crm_daily_digest_delivery.py": "colleagues",
    "stay/crm_pool_stay_request.py": "colleagues",
    "archive/crm_archive_proposal_act.py": "colleagues",
    "work_report/crm_work_report_talk.py": "colleagues",
    "register/crm_complaint_hand_over.py": "colleagues",
    "register/crm_complaint_merge.py": "colleagues",
    "escalation/crm_complaint_escalation_told.py": "colleagues",
    "remedy/crm_complaint_remedy_decide.py": "colleagues",
    "closing/crm_complaint_confirm.py": "colleagues",
    "closing/crm_complaint_solve.py": "customers: by its template",
    "crisis/crm_complaint_crisis.py": "colleagues",
    "crisis/crm_complaint_crisis_remind.py": "colleagues",
    "crisis/crm_complaint_crisis_statement.py": "colleagues",
    "intake/crm_complaint_answered.py": "colleagues, in the customer's name",
    "intake/crm_complaint_outside.py": "customers: by its template",
    "collect/crm_satisfaction_response_send.py": "customers: by its templates",
    "reporting/crm_satisfaction_edition.py": "colleagues: no customer is named",
    "care/crm_care_task_message.py": "customers: test_care_reaches_the_customer",
}


@tagged("post_install", "-at_install")
class TestHidingSending(HidingMailCommon):
    """Every way in which Odoo and the suite write to a customer: none is silent."""

    maxDiff = None

    def _get_records(self):
        """Return ``{model: record of the hidden customer}`` for each template."""
        program = self.env["loyalty.program"].create({"name": "Club"})
        card = self.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": self.customer.id, "points": 1}
        )
        invoice = self.order._create_invoices()
        invoice.action_post()
        payment = self.env["account.payment"].create(
            {"partner_id": self.customer.id, "amount": 1, "payment_type": "inbound"}
        )
        attendee = self.meeting.attendee_ids.filtered(
            lambda one: one.partner_id == self.customer
        )
        self.meeting.stop = fields.Datetime.add(fields.Datetime.now(), days=1)
        found = [self.customer, self.order, self.registration, attendee, card, invoice]
        found += [payment, self.lead, self.meeting, *self._get_answer()]
        found += [*self._get_complaint(), self._get_membership()]
        return {record._name: record for record in found if record}

    def _get_membership(self):
        club = self.env["crm.club"].create({"name": "Drivers"})
        self.customer.club_invite(club.id)
        return club.membership_ids

    def _get_complaint(self):
        if "crm.complaint" not in self.env:
            return []
        values = {"subject": "Broken", "partner_id": self.customer.id}
        return self.env["crm.complaint"].create(values)

    def _get_answer(self):
        if "survey.user_input" not in self.env:
            return []
        survey = self.env["survey.survey"].create({"title": "Happy?"})
        return survey._create_answer(partner=self.customer)

    def test_each_template_reaches_the_customer(self):
        records = self._get_records()
        templates = self.env["mail.template"].with_context(active_test=False)
        templates = templates.search([]).filtered(lambda one: one.model in self.env)
        decided = {*records, *TO_OTHERS}
        self.assertEqual(set(templates.mapped("model")) - decided, set())
        missed = []
        for template in templates.filtered(lambda one: one.model in records):
            self.smtp.received.clear()
            template.report_template_ids = False  # printing is another matter
            with self.cr.savepoint():
                template.send_mail(records[template.model].id, force_send=True)
            reached = {address for address, _mail in self.smtp.received}
            if not reached & {EMAIL, PERSON_EMAIL}:
                missed.append((template.name, template.model, reached))
            self.assertNotIn("*", "".join(reached), "nobody lives at a mask")
        self.assertEqual(missed, [])
        self._check_nothing_is_kept()

    def test_each_text_message_reaches_the_customer(self):
        self.company.relations_sms_provider = "log"
        records = self._get_records()
        templates = self.env["sms.template"].search([])
        self.assertEqual(set(templates.mapped("model")) - {*records}, set())
        missed = []
        for template in templates:
            self.env["crm.sms.log"].search([]).unlink()
            records[template.model]._message_sms_with_template(template=template)
            self.env["sms.sms"].search([("state", "=", "outgoing")]).send()
            logs = self.env["crm.sms.log"].search([])
            if not logs & logs.filtered("hidden_phone"):
                missed.append((template.name, template.model))
            self.assertFalse(any(logs.mapped("number")))
        self.assertEqual(missed, [])

    def test_each_place_of_the_suite_that_sends_is_decided(self):
        addons = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
        folders = ("models", "wizards", "report", "controllers")
        found = {
            str(file.relative_to(root))
            for addon, folder in product(addons, folders)
            for root in (Path(get_module_path(addon) or "", folder),)
            for file in root.glob("**/*.py")
            if SENDS.search(file.read_text(encoding="utf-8"))
        }
        found -= {name for name in found if name.startswith("hiding/")}
        self.assertEqual(found, set(PLACES))

    def test_care_reaches_the_customer(self):
        self.company.relations_sms_provider = "log"
        self.company.care_quiet_from = self.company.care_quiet_until  # at any hour
        for channel, model in (("email", "mail.template"), ("sms", "sms.template")):
            with self.subTest(channel):
                self.smtp.received.clear()
                self._care(channel, model)
                if channel == "email":
                    self.assertArrived(EMAIL)
                else:
                    self.env["sms.sms"].search([("state", "=", "outgoing")]).send()
                    log = self.env["crm.sms.log"].search([("body", "=", "Care")])
                    self.assertEqual(log.partner_id, self.customer)
                    self.assertFalse(log.number)

    def _care(self, channel, model):
        """Send by a rule of care to the hidden customer."""
        field = {"sms": "body", "email": "body_html"}[channel]
        template = self.env[model].create(
            {
                "name": "Care",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                field: "Care",
            }
        )
        if channel == "email":
            template.subject = "Care"
        rule = self.env["crm.care.rule"].create(
            {
                "name": channel,
                "channel": channel,
                "is_touch": False,
                "start_date": "2020-01-01",
                f"{model.split('.')[0]}_template_id": template.id,
            }
        )
        task = self.env["crm.care.task"].create(
            {
                "rule_id": rule.id,
                "partner_id": self.customer.id,
                "occasion": channel,
                "occasion_date": fields.Date.today(),
                "due_at": fields.Datetime.now(),
                "user_id": self.sally.id,
                "facts": {"code": "care_birthday", "person": self.customer.id},
            }
        )
        self.env["crm.care.dispatch"]._dispatch_batch()
        self.assertEqual(task.state, "done", task.read())
