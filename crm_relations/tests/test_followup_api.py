import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestFollowupApi(RelationsCommon, HttpCase):
    """FU-4, FU-5: what an exchange and an app call with an API key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.customer = cls._create_customer(
            "Great Wall",
            user_id=cls.sally.id,
            phone="+86 138 0013 8000",
            partner_latitude=31.2,
            partner_longitude=121.5,
        )

    def _call(self, user, path, values):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        key = keys._generate("rpc", "Exchange", tomorrow)
        self.env.flush_all()
        answer = self.url_open(
            f"/json/2/{path}",
            data=json.dumps(values),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )
        return answer.status_code, answer.json()

    def test_an_exchange_logs_a_call_and_sends_it_again(self):
        values = {
            "number": "13800138000",
            "direction": "in",
            "started_at": "2026-01-02T09:30:00+08:00",
            "duration_seconds": 65,
            "user_login": "sam",
            "call_id": "PBX-1",
        }
        status, call_id = self._call(self.exchange, "crm.followup/log_call", values)
        self.assertEqual(status, 200, call_id)
        again = self._call(self.exchange, "crm.followup/log_call", values)
        self.assertEqual(again, (200, call_id))
        call = self.env["crm.followup"].browse(call_id)
        self.assertEqual((call.partner_id, call.user_id), (self.customer, self.sam))

    def test_a_refusal_says_why(self):
        values = {
            "number": "13800138000",
            "direction": "in",
            "started_at": "2026-01-02T09:30:00",
            "duration_seconds": -5,
        }
        status, answer = self._call(self.sally, "crm.followup/log_call", values)
        self.assertEqual(status, 422)
        self.assertIn("duration", answer["message"])
        status, _answer = self._call(
            self.anna, "crm.followup/log_call", values | {"duration_seconds": 5}
        )
        self.assertEqual(status, 403)
        self.assertFalse(self.customer.followup_ids)

    def test_an_app_asks_who_is_near_and_checks_in(self):
        here = {"latitude": 31.2001, "longitude": 121.5}
        _status, found = self._call(
            self.sally, "res.partner/nearby", here | {"radius_m": 500}
        )
        self.assertEqual([row["id"] for row in found], [self.customer.id])
        self.assertAlmostEqual(found[0]["distance_m"], 11.1, delta=0.1)
        visit = here | {"partner_id": self.customer.id, "accuracy_m": 9}
        _status, visit_id = self._call(self.sally, "crm.followup/check_in", visit)
        end = here | {"ids": [visit_id], "accuracy_m": 9}
        status, minutes = self._call(self.sally, "crm.followup/check_out", end)
        self.assertEqual((status, minutes), (200, 0))
        visit = self.env["crm.followup"].browse(visit_id)
        self.assertEqual(visit.visit_result, "verified")
