from datetime import timedelta

from odoo import fields, models
from odoo.fields import Command
from odoo.tests import tagged

from .common import RelationsCommon

MAGIC = set(models.MAGIC_COLUMNS)
DOMAIN = "[('city', '=', 'Beijing')]"


@tagged("post_install", "-at_install")
class TestRuleSentence(RelationsCommon):
    """What a rule does stands in its sentence, all of it."""

    def _get_rule_models(self):
        return [
            name
            for name, model in self.env.registry.items()
            if hasattr(model, "_get_sentence_words") and not model._abstract
        ]

    def _get_variants(self, model):
        """Return new rules, one for each value of each selection."""
        rules = self.env[model]
        base = {"name": "Rule"}
        variants = [base]
        for name, field in rules._fields.items():
            if field.type == "selection" and name in rules._get_told_fields():
                variants += [base | {name: key} for key in field.get_values(self.env)]
        # What only counts besides a number.
        variants.append(base | self._get_numbers(rules))
        defaults = rules.default_get(list(rules._fields))
        return [rules.new(defaults | variant) for variant in variants]

    def _get_numbers(self, rules):
        return {
            name: 2
            for name in rules._get_told_fields()
            if rules._fields[name].type == "integer"
        }

    def _get_other_value(self, rule, name):
        """Return another value of this field than the rule has."""
        field, value = rule._fields[name], rule[name]
        if field.relational:
            return self._get_other_records(field, value)
        if field.type == "selection":
            return next(key for key in field.get_values(self.env) if key != value)
        if name in rule._get_domain_models():
            return DOMAIN
        return self._get_other_plain(field, value)

    def _get_other_plain(self, field, value):
        if field.type == "date":
            return (value or fields.Date.today()) + timedelta(days=40)
        if field.type in ("integer", "float"):
            return (value or 0) + 3
        return not value if field.type == "boolean" else "Something else"

    def _get_other_records(self, field, value):
        records = self.env[field.comodel_name].with_context(active_test=False)
        if field.type == "one2many":
            return [Command.create(self._get_line_values(records))]
        record = records.search([("id", "not in", value.ids)], limit=1)
        record = record or self._create_another(records)
        return record.id if field.type == "many2one" else [Command.set(record.ids)]

    def _create_another(self, records):
        """Make a record, and what it belongs to where there is none."""
        values = {"name": f"Number {records.search_count([]) + 1}"}
        for name, field in records._fields.items():
            if field.type == "many2one" and field.ondelete == "cascade":
                owners = self.env[field.comodel_name]
                owner = owners.search([], limit=1) or owners.create({"name": "Another"})
                values[name] = owner.id
            elif field.required and field.type in ("float", "monetary"):
                values[name] = 1
        return records.create(values)

    def _get_line_values(self, lines):
        values = lines.default_get(list(lines._fields))
        for name, field in lines._fields.items():
            if field.type == "many2one" and field.required and name not in values:
                values[name] = self.env[field.comodel_name].search([], limit=1).id
            elif field.type in ("integer", "float") and name not in MAGIC:
                values.setdefault(name, 5)
        return values

    def _is_told(self, rule, name):
        before = rule.sentence
        rule.update({name: self._get_other_value(rule, name)})
        return rule.sentence != before

    def test_each_field_of_each_rule_changes_its_sentence(self):
        models = self._get_rule_models()
        for model in (
            *["crm.pool.rule", "crm.tier.scheme", "crm.lifecycle.rule"],
            *["crm.care.rule", "crm.callback.rule", "crm.playbook"],
        ):
            self.assertIn(model, models)
        for model in models:
            for name in sorted(self.env[model]._get_told_fields()):
                with self.subTest(model=model, field=name):
                    told = any(
                        self._is_told(rule, name) for rule in self._get_variants(model)
                    )
                    self.assertTrue(told)

    def test_only_name_order_and_archive_are_left_out(self):
        for model in self._get_rule_models():
            rules = self.env[model]
            typed = {
                name
                for name, field in rules._fields.items()
                if field.store and not field.readonly and name not in MAGIC
                if field.type != "one2many" or field.copy
                if not name.startswith("message_")
            }
            left_out = typed - rules._get_told_fields()
            self.assertLessEqual(left_out, {"name", "sequence", "active"}, model)

    def test_conditions_are_told_in_words(self):
        rule = self.env["crm.lifecycle.rule"].new(
            {
                "name": "Rule",
                "layer": "mature",
                "orders_from": 2,
                "domain": repr(
                    ["|", ("tier_id", "=", self.tier_a.id), ("city", "in", ["Beijing"])]
                ),
                "company_id": self.company.id,
            }
        )
        self.assertIn("with at least 2 orders belong to the layer", rule.sentence)
        self.assertIn("Tier = A or City in Beijing", rule.sentence)
        self.assertIn(f"Company: {self.company.name}", rule.sentence)

    def test_a_new_rule_says_no_more_than_it_has_to(self):
        for model in ("crm.pool.rule", "crm.care.rule", "crm.callback.rule"):
            rules = self.env[model]
            rule = rules.new(rules.default_get(list(rules._fields)))
            self.assertNotIn("Besides", rule.sentence)

    def test_each_shipped_rule_has_a_sentence(self):
        for model in self._get_rule_models():
            for rule in self.env[model].with_context(active_test=False).search([]):
                self.assertTrue(rule.sentence, rule.name)
