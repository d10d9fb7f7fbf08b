"""Asking, inviting and reporting at the same time; run by ``scratch.Workers``."""

from datetime import timedelta

import gate
import people

from odoo import fields
from odoo.fields import Command

from odoo.addons.crm_relations_survey.models.collect import (
    crm_callback_message,
    crm_satisfaction_response_send,
)
from odoo.addons.crm_relations_survey.report.reporting import (
    crm_satisfaction_mailing_send,
)

INVITED = 40
CALLED = 40
REPORTS = 8


def fill(env):
    """Make a study, customers who are invited, called and asked by it, and reports."""
    # Reports leave at whatever hour the test runs, nobody is quiet.
    company = env["res.company"]._get_relations_default()
    company.write(
        {
            "relations_sms_provider": "log",
            "care_quiet_from": 0,
            "care_quiet_until": 0,
            "country_id": env.ref("base.cn").id,
        }
    )
    survey = env["survey.survey"].create(
        {
            "title": "Purchase",
            "access_mode": "public",
            "question_ids": [
                Command.create({"title": "How was it?", "question_type": "scale"})
            ],
        }
    )
    study = env["crm.satisfaction.study"].create(
        {"name": "Purchase", "kind": "sales", "survey_id": survey.id}
    )
    _create_customers(env, "Asked", 1)
    invited = _create_customers(env, "Invited", INVITED)
    half = INVITED // 2
    invited[:half]._ask_satisfaction(study, "email")
    invited[half:]._ask_satisfaction(study, "sms")
    _create_calls(env, study)
    _create_reports(env, study)


def _create_customers(env, name, count):
    return env["res.partner"].create(
        [
            {
                "name": f"{name} {number}",
                "ref": name,
                "email": f"{name}{number}@example.com",
                "phone": f"138 0013 8{number:03d}",
                "is_managed_customer": True,
            }
            for number in range(count)
        ]
    )


def _create_calls(env, study):
    rule = env["crm.callback.rule"].create(
        {
            "name": "Purchase",
            "purpose": "How was it?",
            "study_id": study.id,
            "ask_by": "email",
            "call_from": 0,
            "call_until": 24,
        }
    )
    now = fields.Datetime.now()
    env["crm.callback"].create(
        [
            {
                "partner_id": customer.id,
                "rule_id": rule.id,
                "own_purpose": "How was it?",
                "due_at": now - timedelta(hours=1),
                "deadline_at": now + timedelta(days=2),
                "occasion": f"call-{customer.id}",
            }
            for customer in _create_customers(env, "Called", CALLED)
        ]
    )


def _create_reports(env, study):
    logins = [f"reads{number}" for number in range(REPORTS)]
    role = "crm_relations_survey.group_satisfaction_specialist"
    users = people.create(env, logins, role)
    env["crm.satisfaction.mailing"].create(
        [
            {
                "study_id": study.id,
                "company_id": study.env["res.company"]._get_relations_default().id,
                "period": "day",
                "user_id": user.id,
                "user_ids": [Command.link(user.id)],
            }
            for user in users
        ]
    )


def ask(env, occasion):
    """Several ask one customer, each about something else."""
    study = env["crm.satisfaction.study"].search([("name", "=", "Purchase")])
    customer = env["res.partner"].search([("ref", "=", "Asked")])
    gate.act(env, lambda: customer._ask_satisfaction(study, "link", occasion))


def send(env):
    """Invite; in batches of ten, so that a few customers are several batches."""
    job = crm_satisfaction_response_send.CrmSatisfactionResponse
    job._send_batch.__defaults__ = (10,)
    env["crm.satisfaction.response"]._cron_send()


def call(env):
    """Ask by message who would be called."""
    crm_callback_message.CrmCallback._message_batch.__defaults__ = (10,)
    env["crm.callback"]._cron_ask_by_message()


def report(env):
    """Send the reports, whatever the hour."""
    crm_satisfaction_mailing_send.HOUR = 0
    env["crm.satisfaction.mailing"]._cron_send()
