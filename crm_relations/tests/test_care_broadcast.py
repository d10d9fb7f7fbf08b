from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common.care_rule import CareRuleCommon


@tagged("post_install", "-at_install")
class TestCareBroadcast(CareRuleCommon):
    """CA-1: bad weather in a region, a recall: everyone in it, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_care_rule("broadcast")
        cls.hubei = cls.env.ref("base.state_cn_HB")
        cls.wuhan, cls.yichang = (
            cls._create_customer(
                city,
                city=city,
                state_id=cls.hubei.id,
                country_id=cls.hubei.country_id.id,
                user_id=cls.sally.id,
            )
            for city in ("Wuhan", "Yichang")
        )

    def _create_broadcast(self, **values):
        values = {"name": "Storm", "rule_id": self.rule.id} | values
        return self.env["crm.care.broadcast"].with_user(self.rita).create(values)

    def test_it_shows_who_gets_it_and_makes_a_task_each(self):
        storm = self._create_broadcast(state_ids=self.hubei.ids)
        self.assertEqual(storm.audience_count, 2)
        shown = self.env["res.partner"].search(storm.action_view_audience()["domain"])
        self.assertEqual(shown, self.wuhan | self.yichang)
        self.assertFalse(self.rule.task_ids)
        storm.action_make_tasks()
        self.assertEqual(self.rule.task_ids.partner_id, shown)
        self.assertEqual(self.rule.task_ids.user_id, self.sally)
        self.assertEqual(set(self.rule.task_ids.mapped("reason")), {"Storm"})
        self.assertEqual(storm.task_count, 2)
        with self.assertRefused("were made before", UserError):
            storm.action_make_tasks()

    @freeze_time("2026-05-04 08:00:00")
    def test_cities_and_conditions_at_a_time(self):
        storm = self._create_broadcast(
            city="wuhan， Xiaogan",
            domain=self._only(self.wuhan | self.yichang),
            due_at="2026-05-05 01:00:00",
        )
        storm.action_make_tasks()
        self.assertEqual(self.rule.task_ids.partner_id, self.wuhan)
        self.assertEqual(str(self.rule.task_ids.due_at), "2026-05-05 01:00:00")
        self.assertEqual(str(self.rule.task_ids.occasion_date), "2026-05-05")
        job = self.env.ref("crm_relations.ir_cron_care_dispatch")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertIn("2026-05-05 01:00:00", map(str, triggers.mapped("call_at")))

    def test_withdrawn_it_drops_what_nobody_has_begun(self):
        storm = self._create_broadcast(state_ids=self.hubei.ids)
        storm.action_make_tasks()
        begun = self.rule.task_ids[0]
        begun.action_done()
        storm.action_withdraw()
        self.assertEqual(
            sorted(self.rule.task_ids.mapped("state")), ["done", "dropped"]
        )
        # The nightly job does not take it up again.
        self.rule._create_tasks()
        self.assertEqual(storm.state, "cancelled")
        self.assertNotIn("planned", self.rule.task_ids.mapped("state"))

    def test_nobody_a_wrong_rule_and_others_are_refused(self):
        with self.assertRefused("Nobody belongs", UserError):
            self._create_broadcast(city="Nowhere at all").action_make_tasks()
        other = self._create_care_rule("feast")
        with self.assertRefused("whose occasion is a broadcast"):
            self._create_broadcast(rule_id=other.id)
        with self.assertRefused("cannot be read"):
            self._create_broadcast(domain="[('nothing', '=', 1)]")
        storm = self._create_broadcast(state_ids=self.hubei.ids)
        with self.assertRaises(AccessError):
            storm.with_user(self.sally).action_make_tasks()
