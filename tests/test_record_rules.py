"""PL-2: whose records each role sees, changes and deletes.

A rule of the suite that no row of the tables in ``record_tables`` tells fails, and so
does one that says something else than its row.
"""

import addon_tables
from addon_tables import ROLES
from record_rules import everything, of
from record_tables import COMPANIES as SUITE_COMPANIES
from record_tables import OWN
from record_tables import SEEN as SUITE_SEEN

from odoo.fields import Domain
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
COMPANIES = {**SUITE_COMPANIES, **addon_tables.COMPANIES}
SEEN = {**SUITE_SEEN, **addon_tables.SEEN}
IMPLIED = {
    **addon_tables.IMPLIED,
    "reader": (),
    "sales": ("reader",),
    "leader": ("reader", "sales"),
    "custodian": ("reader",),
    "agent": ("reader",),
    "relations": ("reader", "sales", "leader"),
    "admin": (
        *("reader", "sales", "leader", "relations", "custodian"),
        *("officer", "complaint_manager", "specialist"),
    ),
}
LETTERS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}


def _shape(domain):
    """Return the domain as nested sets, whatever the order of its conditions."""
    parts = list(Domain(domain))

    def take():
        part = parts.pop(0)
        if part not in ("&", "|", "!"):
            field, operator, value = part
            if isinstance(value, Domain) or operator in ("any", "not any"):
                return field, operator, _shape(value)
            return field, operator, str(value)
        children = {take() for _number in range(1 if part == "!" else 2)}
        inner = {child for child in children if child[0] == part}
        return part, frozenset(children - inner).union(*(child[1] for child in inner))

    return take()


@tagged("post_install", "-at_install")
class TestRecordRules(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"rules_{role}", groups=group)
            for role, group in ROLES.items()
        }
        rules = cls.env["ir.rule"].with_context(active_test=False).search([])
        ids = rules.get_external_id()
        cls.rules = rules.filtered(lambda rule: ids[rule.id].split(".")[0] in ADDONS)

    def _get_domain(self, model, letter, user):
        """Return what our rules leave of a model to a user, as Odoo joins them."""
        operation = LETTERS[letter]
        rules = self.rules.filtered(
            lambda rule: (
                rule.model_id.model == model
                and rule.active
                and rule[f"perm_{operation}"]
            )
        )
        values = self.env["ir.rule"].with_user(user)._eval_context()
        general = rules.filtered(lambda rule: not rule.groups)
        granted = (rules - general).filtered(
            lambda rule: rule.groups & user.all_group_ids
        )
        of_all, of_role = (
            [Domain(safe_eval(rule.domain_force, values)) for rule in some]
            for some in (general, granted)
        )
        return Domain.AND(of_all) & (Domain.OR(of_role) if of_role else Domain.TRUE)

    def _get_expected(self, model, letter, role):
        user = self.users[role]
        if self.env[model]._transient or model in OWN:
            return of("create_uid")(user)
        domain = COMPANIES.get(model, everything)(user)
        granted = [
            grant(user)
            for letters, grants in SEEN.get(model, {}).items()
            for name, grant in grants.items()
            if letter in letters and name in (role, *IMPLIED[role])
        ]
        return domain & (Domain.OR(granted) if granted else Domain.TRUE)

    def _get_models(self):
        ours = {
            name
            for name, model in self.env.registry.items()
            if model._original_module in ADDONS and not model._abstract
        }
        return sorted(ours.union(self.rules.model_id.mapped("model")))

    def _get_granted(self):
        """Yield ``(model, letter, role)`` of what a role may do with a model at all."""
        for model in self._get_models():
            for role, user in self.users.items():
                own = self.env[model].with_user(user)
                yield from (
                    (model, letter, role)
                    for letter, operation in LETTERS.items()
                    if own.has_access(operation)
                )

    def test_each_role_has_the_records_that_the_tables_tell(self):
        for model, letter, role in self._get_granted():
            with self.subTest(model=model, role=role, operation=LETTERS[letter]):
                domain = self._get_domain(model, letter, self.users[role])
                expected = self._get_expected(model, letter, role)
                self.assertEqual(_shape(domain), _shape(expected))

    def test_no_row_outlives_its_model(self):
        models = set(self._get_models())
        self.assertLessEqual({*COMPANIES, *SEEN, *OWN}, models)

    def test_plans_of_playbooks_are_for_those_with_a_role(self):
        rule = self.env.ref("crm_relations.mail_activity_plan_rule_role")
        outsider = new_test_user(self.env, "rules_outsider")
        for user, expected in (
            (outsider, Domain("playbook_ids", "=", False)),
            (self.users["reader"], Domain.TRUE),
            (self.env.ref("base.user_admin"), Domain.TRUE),
        ):
            values = self.env["ir.rule"].with_user(user)._eval_context()
            with self.subTest(user=user.login):
                domain = safe_eval(rule.domain_force, values)
                self.assertEqual(Domain(domain), expected)
