from odoo import fields
from odoo.tools import mute_logger

from .relations import RelationsCommon

NOW = "2026-05-05 10:00:00"  # a Tuesday


class CareCommon(RelationsCommon):
    """Care tasks made by hand, on clocks that all show UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.care.rule"].search([]).active = False
        cls.company.relations_sms_provider = "log"
        cls.company.resource_calendar_id.tz = "UTC"
        cls.customer = cls._create_reachable()
        cls.dispatch = cls.env["crm.care.dispatch"]
        cls.sms_template = cls.env["sms.template"].create(
            {
                "name": "Thanks",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "body": "Thank you, {{ object.name }}!",
            }
        )
        cls.mail_template = cls.env["mail.template"].create(
            {
                "name": "Thanks",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "subject": "Thanks, {{ object.name }}",
                "body_html": "<p>Thank you, <t t-out='object.name'/>!</p>",
                "email_to": "somebody.else@example.com",
            }
        )

    @classmethod
    def _create_reachable(cls, name="Customer", **values):
        values = {
            "phone": "+86 138 0013 8000",
            "email": f"{name.lower()}@example.com",
            "tz": "UTC",
            "user_id": cls.sally.id,
        } | values
        return cls._create_customer(name, **values)

    @classmethod
    def _create_rule(cls, channel="activity", **values):
        values = {
            "name": f"By {channel}",
            "channel": channel,
            "start_date": "2020-01-01",
            "sms_template_id": cls.sms_template.id,
            "mail_template_id": cls.mail_template.id,
        } | values
        return cls.env["crm.care.rule"].create(values)

    @classmethod
    def _create_task(cls, rule, customer=None, due_at=NOW, **values):
        customer = customer or cls.customer
        number = cls.env["crm.care.task"].search_count([("rule_id", "=", rule.id)])
        values = {
            "rule_id": rule.id,
            "partner_id": customer.id,
            "occasion": f"test-{number}",
            "occasion_date": fields.Datetime.to_datetime(due_at).date(),
            "due_at": due_at,
            "user_id": customer.user_id.id,
            "facts": {"code": "care_birthday", "person": customer.id},
        } | values
        return cls.env["crm.care.task"].create(values)

    def _dispatch(self):
        """Dispatch to the end, as the scheduled action does."""
        self.env.flush_all()
        with (
            self.enter_registry_test_mode(),
            mute_logger("odoo.addons.crm_relations.models.care.crm_care_task_channel"),
        ):
            job = self.env.ref("crm_relations.ir_cron_care_dispatch")
            job.method_direct_trigger()
        self.env.invalidate_all()

    def _get_sms(self, customer=None):
        customer = customer or self.customer
        return self.env["sms.sms"].search([("partner_id", "=", customer.id)])

    def _get_mails(self, customer=None):
        customer = customer or self.customer
        return self.env["mail.mail"].search([("recipient_ids", "in", customer.ids)])
