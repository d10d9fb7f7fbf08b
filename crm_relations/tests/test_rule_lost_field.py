from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from .common.links import LinksCommon

LOST = "[('x_gone_with_its_app', '=', 1)]"


@tagged("post_install", "-at_install")
class TestRuleLostField(LinksCommon):
    """A rule names a field that has gone, with its app or because somebody deleted it:
    it judges nobody and says so, and stops nobody and no other rule."""

    def _get_rule_models(self):
        return [
            model
            for name, model in self.env.items()
            if not model._abstract and hasattr(model, "_read_domain")
        ]

    def _get_conditions(self, model):
        if not hasattr(model, "_get_domain_models"):
            return ["domain"]
        domains = model._get_domain_models().items()
        return [name for name, of_model in domains if of_model == "res.partner"]

    def _lose(self, rule, name):
        self.env.flush_all()
        table, column = SQL.identifier(rule._table), SQL.identifier(name)
        self.env.cr.execute(
            SQL("UPDATE %s SET %s = %s WHERE id = %s", table, column, LOST, rule.id)
        )
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def test_no_rule_means_anybody(self):
        found = self._get_rule_models()
        self.assertGreater(len(found), 7)
        self._create_customer("House", user_id=self.sally.id)
        for model in found:
            for name in self._get_conditions(model):
                self._check_a_lost_field(model, name)

    def _check_a_lost_field(self, model, name):
        with self.subTest(f"{model._name}.{name}"):
            rule = model.browse(self._insert(model._name, 5, active=True))
            self._lose(rule, name)
            self.assertFalse(self.env["res.partner"].search(rule._get_audience()))
            if "sentence" in rule._fields:
                self.assertIn("Judges nobody", rule.sentence)
            with self.assertRaises(ValidationError):
                rule[name] = LOST

    def _get_conditions(self, model):
        if not hasattr(model, "_get_domain_models"):
            return ["domain"]
        domains = model._get_domain_models().items()
        return [name for name, of_model in domains if of_model == "res.partner"]

    def _lose(self, rule, name):
        self.env.flush_all()
        table, column = SQL.identifier(rule._table), SQL.identifier(name)
        self.env.cr.execute(
            SQL("UPDATE %s SET %s = %s WHERE id = %s", table, column, LOST, rule.id)
        )
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def test_no_rule_means_anybody(self):
        found = self._get_rule_models()
        self.assertGreater(len(found), 7)
        self._create_customer("House", user_id=self.sally.id)
        for model in found:
            for name in self._get_conditions(model):
                with self.subTest(f"{model._name}.{name}"):
                    rule = model.browse(self._insert(model._name, 5, active=True))
                    self._lose(rule, name)
                    audience = rule._get_audience()
                    self.assertFalse(self.env["res.partner"].search(audience))
                    if "sentence" in rule._fields:
                        self.assertIn("Judges nobody", rule.sentence)
                    with self.assertRaises(ValidationError):
                        rule[name] = LOST

    def test_customers_are_saved_and_judged_by_the_other_rules(self):
        customer = self._create_customer("House", user_id=self.sally.id)
        broken = self._create_pool_rule(days=5, sequence=1)
        other = self._create_pool_rule(days=30, sequence=2)
        for name in ("domain", "exempt_domain"):
            with self.subTest(name):
                self._lose(broken, name)
                customer.write({"name": name, "user_id": self.sam.id})
                customer.user_id = self.sally
                self.env.flush_all()
                self.assertEqual(customer.pool_rule_id, other)
                self.assertIn("cannot be read", broken.sentence)

    def test_the_night_goes_on(self):
        customer = self._create_customer("House", user_id=self.sally.id)
        self._age_ownership(customer, 60)
        self._lose(self._create_pool_rule(days=5), "domain")
        self._create_pool_rule(days=30)
        self.env["res.partner"]._refresh_release_dates(customer.ids)
        self.env["crm.pool.rule"]._release_due()
        self.assertEqual(customer.pool_id, self.pool)

    def test_a_date_of_care_goes_with_its_app_and_the_rule_stays(self):
        fields = self.env["ir.model.fields"]
        rule = self.env["crm.care.rule"].create(
            {
                "name": "Founded",
                "trigger": "date_field",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "field_id": fields._get("res.partner", "founded_on").id,
            }
        )
        links = {(t, c): letter for t, c, _to, letter in self._get_links()}
        for model in ("crm_care_rule", "crm_pool_rule"):
            self.assertEqual(links[model, "field_id"], "n")
            self.assertEqual(links[model, "model_id"], "n")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_care_rule SET field_id = NULL WHERE id = %s", [rule.id]
        )
        self.env.invalidate_all()
        self.assertFalse(rule._get_event_source())
        self.env["crm.care.rule"]._cron_create_event_tasks()
        self.assertTrue(rule.sentence)
