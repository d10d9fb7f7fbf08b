from lxml import etree

from odoo import fields
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestRuleRuns(RelationsCommon):
    """Totals of a preview, numbers on buttons and the history of runs say the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers(5, user_id=cls.sally.id)
        cls.free = cls._create_customer("Free")
        cls.people = cls.customers | cls.free
        cls._create_orders([(customer, 100, 1) for customer in cls.customers[:3]])

    def _get_rules(self):
        """Return a rule of each kind that runs, on the same customers."""
        values = {"domain": self._only(self.people)}
        today = {"start_date": fields.Date.today()}
        self._age_ownership(self.customers[:2], 100)
        return [
            self._create_scheme(**values),
            self._create_pool_rule(**values),
            self.env["crm.lifecycle.rule"].create(
                {"name": "L", "layer": "mature", "orders_from": 1, **values, **today}
            ),
            self.env["crm.care.rule"].create(
                {"name": "Care", "trigger": "silence", "silence_days": 10}
                | values
                | today
            ),
            self.env["crm.callback.rule"].create(
                {"name": "Call", "purpose": "Why?", "trigger": "interval"}
                | {"interval_days": 10, **values, **today}
            ),
        ]

    def _keeping(self):
        return {
            name
            for name, model in self.env.registry.items()
            if getattr(model, "_keeps_runs", False) and not model._abstract
        }

    def test_button_list_preview_and_title_count_the_same(self):
        rules = self._get_rules()
        self.assertEqual({rule._name for rule in rules}, self._keeping())
        for rule in rules:
            with self.subTest(rule._name):
                rule = rule.with_user(self.rita)
                listed = rule.action_view_audience()["domain"]
                judged = rule.env["res.partner"].search_count(listed)
                self.assertTrue(judged)
                self.assertEqual(rule.audience_count, judged)
                preview = rule.preview()
                self.assertEqual(preview["judged"], judged)
                total = f"{preview['count']} of {judged}"
                self.assertEqual(rule.would_change, total)
                self.assertIn(total, rule.action_preview()["display_name"])

    def test_only_owned_customers_are_judged_by_recycling(self):
        rule = self._create_pool_rule(domain=self._only(self.people))
        self.assertEqual(rule.audience_count, 5)

    def test_a_preview_is_grouped_by_what_changes_into_what(self):
        scheme = self._create_scheme(domain=self._only(self.people))
        action = scheme.with_user(self.rita).action_preview()
        self.assertEqual(action["context"], {"search_default_by_change": 1})
        lines = self.env["crm.decision.preview"].with_user(self.rita)
        groups = lines.formatted_read_group(action["domain"], ["change"], ["__count"])
        self.assertEqual(
            sum(group["__count"] for group in groups), scheme.preview()["count"]
        )
        self.assertTrue(all(" → " in group["change"] for group in groups))
        rule = self._create_pool_rule(domain=self._only(self.people))
        action = rule.with_user(self.rita).action_preview()
        self.assertEqual(action["context"], {"search_default_by_owner": 1})

    def _run(self, rule):
        run = {
            "crm.tier.scheme": lambda: rule.run(),
            "crm.lifecycle.rule": lambda: rule.run(),
            "crm.callback.rule": lambda: rule._create_callbacks(),
            "crm.care.rule": lambda: rule._create_tasks(),
            "crm.pool.rule": self._release,
        }
        run[rule._name]()

    def _release(self):
        self.env["res.partner"]._refresh_release_dates(self.people.ids)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_pool_release").method_direct_trigger()
        self.env.invalidate_all()

    def test_each_run_leaves_a_line_that_agrees_with_the_preview(self):
        runs = self.env["crm.rule.run"].with_user(self.rita)
        for rule in self._get_rules():
            with self.subTest(rule._name):
                rule = rule.sudo()
                would = rule.preview()
                self._run(rule)
                action = rule.with_user(self.rita).action_view_runs()
                line = runs.search(action["domain"])
                self.assertEqual(len(line), 1)
                self.assertEqual(rule.run_count, 1)
                self.assertEqual(line.judged_count, would["judged"])
                self.assertEqual(line.changed_count, would["count"])

    def test_a_run_without_work_is_a_line_once_a_day(self):
        scheme = self._create_scheme(domain=self._only(self.people))
        runs = self.env["crm.rule.run"]
        domain = scheme.action_view_runs()["domain"]
        for expected in (1, 1, 1):
            scheme.run()
            self.assertEqual(runs.search_count(domain), expected)

    def test_each_form_says_who_changes_it_and_carries_the_numbers(self):
        for name in self._keeping():
            for user, told in ((self.rita, True), (self.adam, False)):
                with self.subTest(name, user=user.login):
                    view = self.env[name].with_user(user).get_view(view_type="form")
                    arch = etree.fromstring(view["arch"])
                    hints = arch.xpath("//div[contains(text(), 'Administrators of')]")
                    self.assertEqual(bool(hints), told)
                    names = {node.get("name") for node in arch.xpath("//button")}
                    self.assertLessEqual({"action_preview", "action_view_runs"}, names)
                    fields_ = {node.get("name") for node in arch.xpath("//field")}
                    self.assertLessEqual({"would_change", "run_count"}, fields_)

    def test_of_very_many_nobody_waits_for_the_number(self):
        scheme = self._create_scheme(domain=self._only(self.people))
        self.patch(
            type(scheme), "_tell_would_change", lambda rule: self.fail("counted")
        )
        self.patch(
            self.env.registry["crm.tier.scheme"],
            "_compute_audience_count",
            lambda rules: rules.update({"audience_count": 20001}),
        )
        self.assertFalse(scheme.with_user(self.rita).would_change)
