"""Complaints of which somebody is to be told, and the job that tells; run by
``scratch.Workers``."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

COUNT = 60
LEVELS = 2


def fill(env):
    """Register complaints whose clocks have run out: two levels of each are due."""
    calendar = env["resource.calendar"].create(
        {
            "name": "Always",
            "tz": "UTC",
            "attendance_ids": [Command.clear()]
            + [
                Command.create(
                    {
                        "name": "Day",
                        "dayofweek": str(day),
                        "hour_from": 0,
                        "hour_to": 24,
                    }
                )
                for day in range(7)
            ],
        }
    )
    env.company.resource_calendar_id = calendar
    role = "crm_relations_complaint.group_complaint_officer"
    officer, boss = env["res.users"].create(
        [
            {
                "name": name,
                "login": name,
                "email": f"{name}@example.com",
                "group_ids": [Command.link(env.ref(role).id)],
            }
            for name in ("escalated_officer", "escalated_boss")
        ]
    )
    env["crm.complaint.policy"].search([]).active = False
    env["crm.complaint.policy"].create(
        {
            "name": "Policy",
            "line_ids": [
                Command.create(
                    {
                        "kind_id": env.ref(
                            "crm_relations_complaint.crm_complaint_clock_kind_contact"
                        ).id,
                        "target": 1,
                        "unit": "minute",
                    }
                )
            ],
            "step_ids": [
                Command.create(
                    {
                        "level": level,
                        "minutes": level,
                        "moment": "after",
                        "recipient": "person",
                        "user_id": user.id,
                    }
                )
                for level, user in ((1, officer), (2, boss))
            ],
        }
    )
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


def escalate(env):
    """What the scheduled action runs, in small batches: two hosts may do so at the
    same time."""
    jobs = type(env["crm.complaint.escalation"])
    whole = jobs._escalate_batch
    jobs._escalate_batch = lambda self: whole(self, limit=5)
    env["crm.complaint.escalation"]._cron_escalate()
