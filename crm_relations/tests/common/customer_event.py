from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .club import ClubCommon


class ActivityCommon(ClubCommon):
    """A winter course for the club: 50 points for coming; Ada is a silver member."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.course = cls._create_activity("Winter course", attendance_points=50)
        cls.rule = cls.env.ref("crm_relations.crm_care_rule_activity")
        cls.rule.write({"active": True, "channel": "email"})
        cls.person.email = "ada@example.com"
        cls.member = cls._join(cls.person)
        cls.card = cls.member.card_id

    @classmethod
    def _create_activity(cls, name, **values):
        begin = fields.Datetime.now() + timedelta(days=10)
        return cls.env["event.event"].create(
            {
                "name": name,
                "activity_kind": "lecture",
                "club_id": cls.club.id,
                "date_begin": begin,
                "date_end": begin + timedelta(hours=3),
                "event_mail_ids": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _invite(cls, event=None, levels=None, **kwargs):
        event = event or cls.course
        levels = cls.env["crm.club.level"] if levels is None else levels
        return event._invite(cls.rule, levels, **kwargs)

    @classmethod
    def _register(cls, partner, event=None, **values):
        return cls.env["event.registration"].create(
            {
                "event_id": (event or cls.course).id,
                "partner_id": partner.id,
                **values,
            }
        )

    @classmethod
    def _get_guest(cls, partner, event=None):
        return cls.env["crm.event.guest"].search(
            [
                ("event_id", "=", (event or cls.course).id),
                ("attendee_id", "=", partner.id),
            ]
        )
