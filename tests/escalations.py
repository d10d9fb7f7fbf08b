"""Complaints of which somebody is to be told, and the job that tells; run by
``scratch.Workers``."""

from datetime import timedelta

import people

from odoo import fields
from odoo.fields import Command

from odoo.addons.crm_relations.tests.common import office_hours

COUNT = 60
LEVELS = 2
ADDON = "crm_relations_complaint"


def fill(env):
    """Register complaints whose clocks have run out: two levels of each are due."""
    always = dict.fromkeys(range(7), [(0, 24)])
    env.company.resource_calendar_id = office_hours.create_calendar(env, always)
    names = [f"escalated{level}" for level in range(LEVELS)]
    told = people.create(env, names, f"{ADDON}.group_complaint_officer")
    _create_policy(env, told)
    complaints = env["crm.complaint"].create(
        [
            {"subject": f"Complaint {number}", "caller_name": "Somebody"}
            for number in range(COUNT)
        ]
    )
    # As if they had come an hour ago.
    complaints.clock_ids.sudo().unlink()
    hour_ago = fields.Datetime.now() - timedelta(hours=1)
    complaints._record("registered", at=hour_ago)


def _create_policy(env, told):
    """Contact within a minute; a minute after it the first is told, then the next."""
    kind = env.ref(f"{ADDON}.crm_complaint_clock_kind_contact")
    policies = env["crm.complaint.policy"]
    policies.search([]).active = False
    line = {"kind_id": kind.id, "target": 1, "unit": "minute"}
    steps = [
        {
            **{"level": level, "minutes": level, "moment": "after"},
            **{"recipient": "person", "user_id": user.id},
        }
        for level, user in enumerate(told, 1)
    ]
    policies.create(
        {
            "name": "Policy",
            "line_ids": [Command.create(line)],
            "step_ids": [Command.create(step) for step in steps],
        }
    )


def escalate(env):
    """What the scheduled action runs, in small batches: two hosts may do so at the
    same time."""
    jobs = type(env["crm.complaint.escalation"])
    whole = jobs._escalate_batch
    jobs._escalate_batch = lambda self: whole(self, limit=5)
    env["crm.complaint.escalation"]._cron_escalate()
