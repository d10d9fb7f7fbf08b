from odoo.fields import Command

from .relations import RelationsCommon


class WorkReportCommon(RelationsCommon):
    """Companies on the clock of Shanghai, Monday to Friday from 8 to 17; nobody has to
    report unless the test says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.work.report.duty"].search([]).unlink()
        cls.env["crm.followup.target"].search([]).active = False
        cls.calendar = cls.company.resource_calendar_id
        cls.calendar.tz = "Asia/Shanghai"
        cls.people = cls.sally | cls.sam | cls.max | cls.rita
        cls.people.tz = "Asia/Shanghai"
        cls.reports = cls.env["crm.work.report"]
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)

    def _create_duty(self, **values):
        duty = {"name": "Report", "team_id": self.north.id, "start_date": "2026-03-02"}
        if "user_ids" in values:
            duty["team_id"] = False
            values["user_ids"] = [Command.set(values["user_ids"].ids)]
        return self.env["crm.work.report.duty"].create(duty | values)

    def _create_report(self, user=None, **values):
        reports = self.reports.with_user(user or self.sally)
        return reports.create({"kind": "daily"} | values)

    def _find(self, user=None, **domain):
        self.env.flush_all()
        wanted = [("user_id", "=", (user or self.sally).id)]
        wanted += [(name, "=", value) for name, value in domain.items()]
        return self.reports.search(wanted, order="period_start, kind")

    def _ask(self):
        self.env["crm.work.report.duty"]._ask_in(self.company)

    def _give_leave(self, user, first, last):
        """``first`` and ``last`` are UTC moments."""
        resource = self.env["resource.resource"].search(
            [("user_id", "=", user.id)], limit=1
        ) or self.env["resource.resource"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": self.company.id,
                "calendar_id": self.calendar.id,
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": resource.id,
                "calendar_id": self.calendar.id,
                "date_from": first,
                "date_to": last,
            }
        )

    def _hand_in(self, report, user=None):
        (answer,) = report.with_user(user or report.user_id).hand_in()
        self.assertEqual((answer["ok"], answer["code"]), (True, "ok"))
        return report
