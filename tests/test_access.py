"""PL-2: which role may create, read, write and delete what.

A model of the suite without a row here fails: its rights have not been decided.
"""

from addon_tables import RIGHTS as ADDON_RIGHTS
from addon_tables import ROLES

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
OPERATIONS = {"c": "create", "r": "read", "w": "write", "d": "unlink"}

CONFIGURATION = {"*": "r", "admin": "crwd"}
LEDGER = {"*": "r"}
SALES = ("sales", "leader", "relations", "admin")
ARCHIVE_LINE = {
    "*": "r",
    "sales": "crw",
    **dict.fromkeys(("leader", "custodian", "relations", "admin"), "crwd"),
}
SALES_WIZARD = {
    "*": "",
    **dict.fromkeys(("sales", "leader", "relations", "admin"), "crw"),
}
# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    **ADDON_RIGHTS,
    "crm.activity.model": {"*": "r", "admin": "rw"},
    "crm.customer.value": {"*": "r"},
    "crm.value.curve": {"*": "", "admin": "r"},
    "crm.value.fit": {"*": "r"},
    "crm.value.model": {"*": "r", "admin": "rw"},
    "crm.value.total": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.archive.change": {"*": "rw"},
    "crm.archive.loan": LEDGER,
    "crm.archive.loan.wizard": {"*": "crw"},
    "crm.confidential.access": {
        "*": "",
        **dict.fromkeys(("custodian", "relations", "admin"), "r"),
    },
    "crm.archive.proposal": {
        "*": "cr",
        "sales": "crw",
        "leader": "crw",
        **dict.fromkeys(("custodian", "relations", "admin"), "crwd"),
    },
    "crm.archive.proposal.line": {"*": "crw"},
    "crm.archive.proposal.wizard": {"*": "crw"},
    "crm.archive.requirement": CONFIGURATION,
    "crm.call.assign.wizard": {"*": "crw"},
    "crm.care.report": {"*": "r"},
    "crm.care.broadcast": {"*": "r", **dict.fromkeys(("relations", "admin"), "crwd")},
    "crm.care.preset": CONFIGURATION,
    "crm.care.preset.line": CONFIGURATION,
    "crm.care.programme.line": CONFIGURATION,
    "crm.care.programme.wizard": {"*": "", "admin": "crw"},
    "crm.callback": {
        "*": "",
        **dict.fromkeys(("agent", "sales", "leader"), "r"),
        **dict.fromkeys(("relations", "admin"), "crw"),
    },
    "crm.callback.attempt": {"*": "", **dict.fromkeys(("agent", *SALES), "r")},
    "crm.callback.lead.wizard": {"*": "", "agent": "crw"},
    "crm.callback.outcome": CONFIGURATION,
    "crm.callback.rate": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.club": CONFIGURATION,
    "crm.club.benefit": CONFIGURATION,
    "crm.club.benefit.use": LEDGER,
    "crm.club.benefit.wizard": {"*": "crw"},
    "crm.club.invite.wizard": SALES_WIZARD,
    "crm.club.level": CONFIGURATION,
    "crm.club.level.change": LEDGER,
    "crm.club.level.wizard": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "crw"),
    },
    "crm.club.membership": LEDGER,
    "crm.club.point.use": LEDGER,
    "crm.callback.report": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.callback.rule": CONFIGURATION,
    "crm.care.rule": CONFIGURATION,
    "crm.care.rule.date": CONFIGURATION,
    "crm.care.task": {"*": "rw", "relations": "rwd", "admin": "rwd"},
    "crm.act": {"*": "r"},
    "crm.postpone.wizard": {"*": "crw"},
    "crm.refusal.wizard": {"*": "crw"},
    "crm.care.wizard": {"*": "crw"},
    "crm.letter.run": {"*": "r"},
    "crm.letter.sheet": CONFIGURATION,
    "crm.letter.wizard": {"*": "crw"},
    "crm.churn.reason": CONFIGURATION,
    "crm.contact.escalation": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.credit.incident": ARCHIVE_LINE,
    "crm.customer.competitor": ARCHIVE_LINE,
    "crm.customer.nature": CONFIGURATION,
    "crm.customer.share": {
        "*": "r",
        **dict.fromkeys(SALES, "rw"),
    },
    "crm.daily.digest": {"*": "r"},
    "crm.decision.preview": {
        "*": "",
        **dict.fromkeys(("relations", "admin"), "r"),
    },
    "crm.followup": {"*": "crwd"},
    "crm.followup.kind": CONFIGURATION,
    "crm.handover.item": {"*": "", **dict.fromkeys(SALES, "r")},
    "crm.handover.line": {"*": "", **dict.fromkeys(SALES, "r")},
    "crm.handover.preview": {"*": "", **dict.fromkeys(SALES, "r")},
    "crm.answer.summary": {"*": "r"},
    "crm.answer.line": {"*": "r"},
    "crm.rule.run": {"*": "", **dict.fromkeys(("relations", "admin"), "r")},
    "crm.server.answer": {"*": "", "admin": "r"},
    "crm.next.contact": {"*": "", **dict.fromkeys(SALES, "r")},
    # Who keeps the books, by Odoo's own roles.
    "crm.open.item": {"*": ""},
    "crm.not.now": {"*": "", **dict.fromkeys(SALES, "r")},
    "crm.not.now.wizard": SALES_WIZARD,
    "crm.usual.value": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.pool.setup": {"*": "", "admin": "r"},
    "crm.pool.setup.line": {"*": "", "admin": "r"},
    "crm.pool.first.day": {"*": "", "admin": "crw"},
    "crm.pool.first.day.tier": {"*": "", "admin": "crwd"},
    "crm.pool.first.day.leaving": {"*": "", "admin": "crwd"},
    "crm.pool.aside": {"*": "r"},
    "crm.pool.aside.wizard": SALES_WIZARD,
    "crm.pool.reason": CONFIGURATION,
    "crm.pool.release.wizard": SALES_WIZARD,
    "crm.pool.move.wizard": SALES_WIZARD,
    "crm.pool.distribute.wizard": SALES_WIZARD,
    "crm.pool.distribute.line": {"*": "", **dict.fromkeys(SALES, "crwd")},
    "crm.handover.wizard": {"*": "", **dict.fromkeys(SALES, "crw")},
    "crm.leaver.receiver": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "crwd"),
    },
    "crm.leaver.wizard": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "crw"),
    },
    "crm.followup.target": {
        "*": "r",
        **dict.fromkeys(("leader", "relations", "admin"), "crwd"),
    },
    "crm.lifecycle.change": LEDGER,
    "crm.lifecycle.rule": CONFIGURATION,
    "crm.lost.customer": {
        "*": "r",
        **dict.fromkeys(("sales", "leader"), "rw"),
        **dict.fromkeys(("relations", "admin"), "rwd"),
    },
    "crm.lost.customer.wizard": SALES_WIZARD,
    "crm.lost.customer.wizard.line": SALES_WIZARD,
    "crm.ownership.change": LEDGER,
    "crm.person.family.member": {
        "*": "r",  # what is lent
        **dict.fromkeys(("sales", "leader", "custodian", "relations", "admin"), "crwd"),
    },
    "crm.person.profile": {
        "*": "r",  # what is lent
        "sales": "crw",
        "leader": "crw",
        **dict.fromkeys(("custodian", "relations", "admin"), "crwd"),
    },
    "crm.playbook": CONFIGURATION,
    "crm.playbook.run": LEDGER,
    "crm.pool": CONFIGURATION,
    "crm.pool.batch": {"*": "", **dict.fromkeys(SALES, "r")},
    "crm.pool.board": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.pool.holding": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.pool.quota": CONFIGURATION,
    "crm.pool.judgement": LEDGER,
    "crm.pool.rule": CONFIGURATION,
    "crm.pool.seat": {"*": "", "admin": "r"},
    "crm.pool.view": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.relationship.change": LEDGER,
    "crm.relationship.evidence": LEDGER,
    "crm.relationship.evidence.kind": {"*": "r", "admin": "rw"},
    "crm.relationship.level": {"*": "r", "admin": "rw"},
    "crm.relationship.report": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.public.holiday.line": {"*": "", "admin": "crwd"},
    "crm.public.holiday.wizard": {"*": "", "admin": "crw"},
    "crm.reception": {
        "*": "r",
        "sales": "crw",
        **dict.fromkeys(("leader", "relations", "admin"), "crwd"),
    },
    "crm.reception.consultant": {
        "*": "r",
        "sales": "rw",
        **dict.fromkeys(("leader", "relations", "admin"), "crwd"),
    },
    "crm.pool.notice": LEDGER,
    "crm.pool.notice.step": CONFIGURATION,
    "crm.pool.stay": LEDGER,
    "crm.stay.wizard": SALES_WIZARD,
    "crm.share.wizard": {"*": "", **dict.fromkeys(SALES, "crw")},
    "crm.hidden.guess": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.hidden.showing": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.card.scan": {
        "*": "",
        **dict.fromkeys((*SALES, "custodian"), "crwd"),
    },
    "crm.contact.import": {
        "*": "",
        **dict.fromkeys((*SALES, "custodian"), "crwd"),
    },
    "crm.contact.import.line": {
        "*": "",
        **dict.fromkeys((*SALES, "custodian"), "rw"),
    },
    "crm.duplicate.ignore.wizard": {
        "*": "",
        **dict.fromkeys(("leader", "custodian", "relations", "admin"), "crw"),
    },
    "crm.duplicate.pair": {
        "*": "",
        **dict.fromkeys(("leader", "custodian", "relations", "admin"), "r"),
    },
    "crm.exact.key": {"*": ""},
    "crm.pool.wave": {"*": ""},
    "crm.hidden.value": {"*": ""},
    "crm.name.key": {"*": ""},
    "crm.public.try": {"*": ""},
    "crm.customer.turn": {"*": ""},
    "crm.sms.log": {"*": "", **dict.fromkeys(("relations", "admin"), "r")},
    "crm.take.in": {"*": "", "admin": "r"},
    "crm.target.result": {"*": "r"},
    "crm.tier": CONFIGURATION,
    "crm.tier.change": LEDGER,
    "crm.tier.criterion": CONFIGURATION,
    "crm.tier.cut": CONFIGURATION,
    "crm.tier.forecast": {
        "*": "",
        **dict.fromkeys(("relations", "admin"), "r"),
    },
    "crm.tier.migration": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "r"),
    },
    "crm.tier.override.wizard": {
        "*": "",
        **dict.fromkeys(("leader", "relations", "admin"), "crw"),
    },
    "crm.tier.scheme": CONFIGURATION,
    "crm.win.back.wizard": SALES_WIZARD,
    "crm.working.day": {"*": "r"},
    "crm.workload.report": {"*": "r"},
    "crm.work.report": {"*": "crwd"},
    "crm.work.report.duty": CONFIGURATION,
    "crm.work.report.result": {"*": "r"},
    "resource.calendar.makeup.day": CONFIGURATION,
    "crm.visit.nearby": {"*": "r"},
    "crm.visit.wizard": {"*": "crw"},
}


@tagged("post_install", "-at_install")
class TestAccess(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"access_{role}", groups=group)
            for role, group in ROLES.items()
        }
        cls.outsider = new_test_user(cls.env, "access_outsider")
        cls.models = sorted(
            name
            for name, model in cls.env.registry.items()
            if model._original_module in ADDONS and not model._abstract
        )

    def _get_rights(self, user, model):
        records = self.env[model].with_user(user)
        return "".join(
            letter
            for letter, operation in OPERATIONS.items()
            if records.has_access(operation)
        )

    def test_every_model_of_the_suite_has_its_rights_decided(self):
        self.assertEqual(self.models, sorted(RIGHTS))

    def test_each_role_may_what_the_table_says_and_no_more(self):
        for model in self.models:
            decided = RIGHTS.get(model, {})
            for role, user in self.users.items():
                with self.subTest(model=model, role=role):
                    expected = decided.get(role, decided.get("*", ""))
                    self.assertEqual(self._get_rights(user, model), expected)

    def test_who_has_no_role_sees_nothing(self):
        for model in self.models:
            with self.subTest(model=model):
                self.assertEqual(self._get_rights(self.outsider, model), "")

    def test_whoever_sells_has_the_role_that_goes_with_it(self):
        seller = new_test_user(
            self.env, "seller", groups="sales_team.group_sale_salesman"
        )
        boss = new_test_user(self.env, "boss", groups="sales_team.group_sale_manager")
        self.assertTrue(seller.has_group("crm_relations.group_sales_user"))
        self.assertFalse(seller.has_group("crm_relations.group_sales_manager"))
        self.assertTrue(boss.has_group("crm_relations.group_sales_manager"))
        self.assertFalse(boss.has_group("crm_relations.group_administrator"))

    def test_salespeople_open_customers_without_invoicing_rights(self):
        """A form of the app reads nothing that its roles may not read."""
        customer = self.env["res.partner"].create(
            {"name": "Customer", "is_managed_customer": True}
        )
        view = self.env.ref("crm_relations.crm_customer_view_form")
        for role, user in self.users.items():
            with self.subTest(role):
                records = self.env["res.partner"].with_user(user)
                arch = records.get_view(view.id, "form")
                names = list(arch["models"]["res.partner"])
                records.browse(customer.id).read(names)

    def test_nobody_outside_the_suite_reads_what_it_says_of_a_customer(self):
        """PL-8: neither the customer in the portal nor a colleague without a role."""
        portal = new_test_user(self.env, "portal_customer", groups="base.group_portal")
        customer = portal.partner_id
        customer.write({"is_managed_customer": True, "credit_standing": "poor"})
        ours = [
            name
            for name, field in customer._fields.items()
            if field._modules and set(field._modules) <= set(ADDONS)
        ]
        self.assertIn("credit_standing", ours)
        # Masks stand in the form of contacts, which everybody here opens.
        secret = [name for name in ours if name not in customer._told_to_colleagues]
        for user, names in ((portal, ours), (self.outsider, secret)):
            records = customer.with_user(user)
            self.assertTrue(records.read(["name"]))
            for name in names:
                refused = self.assertRaises(AccessError)
                with self.subTest(user=user.login, field=name), refused:
                    records.read([name])

    def test_colleagues_without_a_role_work_with_contacts_as_before(self):
        clerk = new_test_user(
            self.env, "clerk", groups="base.group_user,base.group_partner_manager"
        )
        contacts = self.env["res.partner"].with_user(clerk)
        company = contacts.create({"name": "Company", "is_company": True})
        person = contacts.create({"name": "Person", "parent_id": company.id})
        person.write({"phone": "1", "parent_id": False})
        company.sudo().write({"is_managed_customer": True, "credit_standing": "poor"})
        self.assertTrue(company.copy().id)
        company.write({"user_id": clerk.id})
        company.action_archive()
        person.unlink()

    def test_only_our_administrators_run_the_night(self):
        settings = self.env["res.config.settings"]
        for role, user in self.users.items():
            with self.subTest(role):
                if role == "admin":
                    settings.with_user(user).action_run_nightly_jobs()
                    continue
                with self.assertRaises(AccessError):
                    settings.with_user(user).action_run_nightly_jobs()
