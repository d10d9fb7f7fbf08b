from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.account_team import AccountTeamCommon

SECRET = "Sell them the plant"
REFUSED = (AccessError, MissingError, UserError, ValidationError)
LINES = {
    "crm.account.plan.objective": "name",
    "crm.account.plan.milestone": "name",
    "crm.account.plan.action": "name",
    "crm.account.plan.risk": "name",
    "crm.account.plan.change": "reason",
}
NAME = {"name": {}, "strategy": {}, "objective_ids": {"fields": {"name": {}}}}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestAccountPlanAttacks(AccountTeamCommon):
    """KA-2, KA-3: who is not in charge of a customer, whose role has ended, or who
    works for another company reads and changes neither its plan nor its team, by
    whatever way Odoo offers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sean = cls._create_user("sean", "group_sales_user")
        cls.plan = cls._write_plan(
            cls,
            strategy=SECRET,
            risk_ids=[Command.create({"name": SECRET})],
            objective_ids=[
                Command.create(
                    {"name": SECRET, "measure_id": cls.sales.id, "target": 1}
                )
            ],
        )
        cls.company_b = cls.env["res.company"].create({"name": "B"})
        cls.other = cls._create_user(
            "other",
            "group_sales_user",
            company_id=cls.company_b.id,
            company_ids=[Command.set(cls.company_b.ids)],
        )

    def setUp(self):
        super().setUp()
        self._put_in_force(self.plan)
        self._ask_change(self.plan, kind="budget", new_amount=7, effect=SECRET)
        self._appoint(self.tess, self.technical, note="Machines")
        former = self._appoint(self.sean, self.technical, note="Machines")
        self.assertAnswers(former.with_user(self.sally).end("Done"), "ok")
        allowed = self.env.ref("base.group_allow_export")
        (self.sally | self.sam | self.sean | self.other).group_ids += allowed
        self.env.flush_all()
        self.attackers = {"stranger": self.sam, "former": self.sean}
        self.attackers["other company"] = self.other

    def _snapshot(self):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = [self.env["crm.account.plan"].search([]).read(load=None)]
        rows += [self.env[name].search([]).read(load=None) for name in LINES]
        members = self.members.search([])
        rows.append(members.read(["user_id", "state", "until", "access"], load=None))
        hidden = {"message_needaction", "activity_ids", "__last_update"}
        return [
            [{k: v for k, v in row.items() if k not in hidden} for row in found]
            for found in rows
        ]

    def _attack(self, ways):
        """Try each way as each attacker: nothing is changed, and nothing told."""
        before = self._snapshot()
        for who, user in self.attackers.items():
            for name, way in ways.items():
                with self.subTest(who=who, way=name):
                    told = self._try(way, user)
                    self.assertNotIn(SECRET, str(told))
                    self.assertEqual(self._snapshot(), before)

    def _try(self, way, user):
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db", "odoo.models"):
                told = way(self.env(user=user, su=False))
                self.env.flush_all()
                return told
        except REFUSED as error:
            return error

    def _load(self, env, model, names, row):
        """Import; a row that was refused tells why, in messages."""
        return env[model].load(names, [row])

    def test_nothing_comes_in_by_an_import(self):
        plan, big = str(self.plan.id), str(self.big.id)
        ways = {
            "plan": lambda env: self._load(
                env, "crm.account.plan", [".id", "strategy"], [plan, "Mine"]
            ),
            "owner": lambda env: self._load(
                env,
                *("crm.account.plan", [".id", "user_id/.id"]),
                [plan, str(env.uid)],
            ),
            "new": lambda env: self._load(
                env,
                "crm.account.plan",
                ["partner_id/.id", "name", "date_start", "date_end", "user_id/.id"],
                [big, "Mine", "2027-01-01", "2027-12-31", str(env.uid)],
            ),
            "member": lambda env: self._load(
                env,
                "crm.account.team.member",
                ["partner_id/.id", "user_id/.id", "role_id/.id", "since", "access"],
                [big, str(env.uid), str(self.technical.id), "2026-03-01", "write"],
            ),
            "members of the customer": lambda env: self._load(
                env,
                "res.partner",
                [".id", "team_member_ids/user_id/.id", "team_member_ids/role_id/.id"],
                [big, str(env.uid), str(self.technical.id)],
            ),
        }
        for model, label in LINES.items():
            ways[model] = lambda env, model=model, label=label: self._load(
                env, model, ["plan_id/.id", label], [plan, "Mine"]
            )
        self._attack(ways)

    def _get(self, env, records):
        """Return the same records for who attacks."""
        return env[records._name].browse(records.ids)

    def test_no_field_is_saved_by_a_form(self):
        objective, risk = self.plan.objective_ids, [0, 0, {"name": "Mine"}]
        fields = {
            "plan": (self.plan, {"strategy": "Mine"}),
            "new line": (self.plan, {"risk_ids": [risk]}),
            "drop a line": (self.plan, {"objective_ids": [[2, objective.id, 0]]}),
            "move a line": (objective, {"target": 9}),
        }
        self._attack(
            {
                way: lambda env, records=records, values=values: self._get(
                    env, records
                ).web_save(values, NAME)
                for way, (records, values) in fields.items()
            }
        )

    def test_nobody_joins_the_team_by_a_form(self):
        member = {"role_id": self.technical.id, "since": "2026-03-01"}
        self._attack(
            {
                "members of the customer": lambda env: self._get(
                    env, self.big
                ).web_save(
                    {"team_member_ids": [[0, 0, {**member, "user_id": env.uid}]]},
                    {"team_member_ids": {"fields": {"note": {}}}},
                ),
                "the role again": lambda env: (
                    env["crm.account.team.member"]
                    .search([])
                    .write({"state": "open", "until": False})
                ),
            }
        )

    def test_nothing_is_copied_dropped_or_decided(self):
        plan, line = self.plan, self.plan.objective_ids
        years = {"date_start": "2027-01-01", "date_end": "2027-12-31"}
        self._attack(
            {
                "copy": lambda env: self._get(env, plan).copy(years).read(["strategy"]),
                "copy a line": lambda env: self._get(env, line).copy().read(["name"]),
                "unlink": lambda env: self._get(env, plan.risk_ids).unlink(),
                "end": lambda env: self._get(env, plan).end("Over"),
                "approve": lambda env: self._get(env, plan.change_ids).approve(),
            }
        )

    def test_nothing_is_told_by_an_onchange(self):
        big = self.big.id
        spec = {
            **{"name": {}, "strategy": {}, "display_name": {}},
            "objective_ids": {"fields": {"name": {}}},
            "change_ids": {"fields": {"effect": {}}},
        }
        self._attack(
            {
                "plan": lambda env: (
                    env["crm.account.plan"]
                    .browse(self.plan.id)
                    .onchange({}, ["name"], spec)
                ),
                "new plan": lambda env: env["crm.account.plan"].onchange(
                    {"partner_id": big}, ["partner_id"], spec
                ),
                "new line": lambda env: env["crm.account.plan.objective"].onchange(
                    {"plan_id": self.plan.id},
                    ["plan_id"],
                    {"plan_id": {"fields": {"strategy": {}, "display_name": {}}}},
                ),
                "new change": lambda env: env["crm.account.plan.change"].onchange(
                    {"plan_id": self.plan.id},
                    ["plan_id"],
                    {"plan_id": {"fields": {"strategy": {}}}},
                ),
            }
        )

    def test_nothing_is_read_by_lists_exports_and_groups(self):
        plan = self.plan.id
        ways = {
            "actions by the plan": lambda env: env["mail.activity"].search_read(
                [("summary", "=", SECRET)], ["summary"]
            ),
        }
        for model in ("crm.account.plan", *LINES):
            label = LINES.get(model, "strategy")
            path = "plan_id." if model in LINES else ""
            ways |= {
                f"{model}: {name}": way
                for name, way in self._get_readings(model, label, path, plan)
            }
        self._attack(ways)

    def _get_readings(self, model, label, path, plan):
        domain = [("plan_id", "=", plan)] if path else [("id", "=", plan)]
        secret = [(f"{path}strategy", "=", SECRET)]
        return [
            ("search_read", lambda env: env[model].search_read(domain, [label])),
            ("search", lambda env: env[model].search(secret).mapped(label)),
            (
                "web_search_read",
                lambda env: env[model].web_search_read(
                    domain, {label: {}}, order=f"{label} desc"
                ),
            ),
            (
                "group",
                lambda env: env[model].formatted_read_group(domain, [label], []),
            ),
            (
                "order by a related field",
                lambda env: env[model].search(
                    domain, order=f"{path}partner_id.name" if path else "partner_id"
                ),
            ),
            (
                "export",
                lambda env: (
                    env[model]
                    .browse(self.env[model].search(domain).ids)
                    .export_data([label, f"{path.replace('.', '/')}strategy"])
                ),
            ),
            (
                "names",
                lambda env: (
                    env[model]
                    .browse(self.env[model].search(domain).ids)
                    .read(["display_name"])
                ),
            ),
        ]

    def test_the_ways_are_open_to_who_is_in_charge(self):
        """What the attackers may not do can be done: the salesperson is told."""
        env = self.env(user=self.sally)
        for model in ("crm.account.plan", *LINES):
            label = LINES.get(model, "strategy")
            path = "plan_id." if model in LINES else ""
            ways = dict(self._get_readings(model, label, path, self.plan.id))
            with self.subTest(model):
                self.assertIn(SECRET, str(ways["export"](env)))
                self.assertTrue(ways["search"](env))
        loaded = env["crm.account.plan.risk"].load(
            ["plan_id/.id", "name"], [[str(self.plan.id), "Mine"]]
        )
        self.assertTrue(loaded["ids"], loaded)
