from datetime import datetime

from odoo.fields import Command

from odoo.addons.crm_relations.tests.common.office_hours import (
    OFFICE,
    create_calendar,
    on_workdays,
)

from .complaint import ComplaintCommon

KIND = "crm_relations_complaint.crm_complaint_clock_kind_"
MONDAY = datetime(2026, 3, 2)


class ClockCommon(ComplaintCommon):
    """Complaints on a calendar in Shanghai: Monday to Friday, 8 to 12 and 13 to 17.

    ``at`` gives moments of its clock; Monday is 2 March 2026. One policy is in force:
    contact within 60 working minutes, solution within 2 working days (1 after
    reopening), confirmation within 4 working hours. Nobody is told of anything.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._create_calendar("Shanghai hours", cls.company)
        cls.company.resource_calendar_id = cls.calendar
        cls.policies = cls.env["crm.complaint.policy"]
        cls.policies.search([]).active = False
        cls.contact, cls.solution, cls.confirmation, cls.acceptance = (
            cls.env.ref(KIND + name)
            for name in ("contact", "solution", "confirmation", "acceptance")
        )
        cls.policy = cls._create_policy(
            (cls.contact, 60, "minute"),
            (cls.solution, 2, "day", 1),
            (cls.confirmation, 4, "hour"),
            name="Usual",
        )

    @classmethod
    def _create_calendar(cls, name, company=None, hours=OFFICE):
        return create_calendar(
            cls.env,
            on_workdays(hours),
            **{"name": name, "tz": "Asia/Shanghai"},
            company_id=company and company.id,
        )

    @classmethod
    def _create_policy(cls, *lines, **values):
        return cls.policies.create(
            {
                "name": "Policy",
                "line_ids": [
                    Command.create(
                        {
                            "kind_id": kind.id,
                            "target": target,
                            "unit": unit,
                            "again_target": again[0] if again else 0,
                        }
                    )
                    for kind, target, unit, *again in lines
                ],
                **values,
            }
        )

    @staticmethod
    def at(text):
        """Return the naive UTC moment of “Mon 8:30” in Shanghai, in the first week of
        March 2026; “+Tue 9:00” is a week later."""
        day, clock = text.split()
        hour, minute = map(int, clock.split(":"))
        days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        number = days.index(day.lstrip("+")) + 7 * day.count("+")
        return MONDAY.replace(day=2 + number) + (
            datetime(2026, 1, 1, hour, minute) - datetime(2026, 1, 1, 8)
        )

    def _register_at(self, text, count=1, **values):
        """Return complaints that were registered at this moment, as superuser."""
        complaints = self.env["crm.complaint"].create(
            [
                {
                    "subject": "It rattles",
                    "partner_id": self.customer.id,
                    "category_id": self.category.id,
                    "first_asked_id": self.desk.id,
                    **values,
                }
                for _number in range(count)
            ]
        )
        # As if the request had come then.
        complaints.clock_ids.sudo().unlink()
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM crm_complaint_event WHERE complaint_id = ANY(%s)",
            [complaints.ids],
        )
        self.env.invalidate_all()
        complaints._record("registered", at=self.at(text))
        return complaints

    def _get_clock(self, complaint, kind):
        return complaint.clock_ids.filtered(lambda one: one.kind_id == kind)

    def assertResult(self, clock, result, over=None):
        self.assertEqual(clock.result, result)
        if over is not None:
            self.assertAlmostEqual(clock.minutes_over, over, 3)
