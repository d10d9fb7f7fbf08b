import json

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common.office_hours import create_calendar, on_workdays


@tagged("post_install", "-at_install")
class TestWorkingTimeApi(HttpCase):
    """Design 4: other programs ask for working time, over JSON and XML-RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "machine", groups="base.group_user")
        tomorrow = fields.Datetime.add(fields.Datetime.now(), days=1)
        keys = cls.env["res.users.apikeys"].with_user(cls.user)
        cls.key = keys._generate("rpc", "machine", tomorrow)
        cls.calendar = create_calendar(
            cls.env,
            on_workdays([(9, 17)]),
            **{"name": "Shop", "tz": "Asia/Shanghai", "company_id": False},
        )

    def _post(self, method, **arguments):
        return self.url_open(
            f"/json/2/resource.calendar/{method}",
            data=json.dumps({"ids": self.calendar.ids} | arguments),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.key}",
            },
        )

    def test_json(self):
        start = "2026-06-05T08:30:00Z"
        pause = ["2026-06-05T08:40:00Z", "2026-06-07T00:00:00Z"]
        self.assertEqual(
            self._post("plan_minutes", start=start, minutes=60).json(),
            "2026-06-08 01:30:00",
        )
        self.assertEqual(
            self._post("plan_minutes", start=start, minutes=60, pauses=[pause]).json(),
            "2026-06-08 01:50:00",
        )
        still_on = [[pause[0], None]]
        self.assertIs(
            self._post("plan_minutes", start=start, minutes=60, pauses=still_on).json(),
            False,
        )
        self.assertEqual(
            self._post(
                "elapsed_minutes", start=start, end="2026-06-08 01:00:30"
            ).json(),
            30.5,
        )
        self.assertEqual(
            self._post("plan_workdays", start="2026-06-05", days=3).json(),
            "2026-06-10",
        )

    def test_json_says_what_is_wrong(self):
        with mute_logger("odoo.http"):
            answer = self._post("plan_minutes", start="2026-06-05", minutes=-1)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("is no number of minutes", answer.json()["message"])

    def test_xml_rpc(self):
        server = self.xmlrpc_object
        arguments = (self.env.cr.dbname, self.user.id, self.key, "resource.calendar")
        ids = self.calendar.ids
        self.assertEqual(
            server.execute_kw(
                *arguments, "plan_minutes", [ids, "2026-06-05 08:30:00", 60]
            ),
            "2026-06-08 01:30:00",
        )
        self.assertEqual(
            server.execute_kw(*arguments, "plan_workdays", [ids, "2026-06-05", 3]),
            "2026-06-10",
        )
