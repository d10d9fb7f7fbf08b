from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.claim import ClaimCommon

GUARDED = [
    *["user_id", "pool_id", "parent_id", "commercial_partner_id", "company_id"],
    *["relation_company_id", "is_managed_customer", "is_company", "active", "tier_id"],
    *["phone", "referred_by_id", "name"],
]


@tagged("post_install", "-at_install")
class TestOwnershipAttacks(ClaimCommon):
    """A salesperson who may change contacts tries to get, to hide, to read or to judge
    what is not his: whatever Odoo answers, nothing has changed afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sally.group_ids |= cls.env.ref("base.group_partner_manager")
        cls.own = cls._create_customer("Own", user_id=cls.sally.id)
        cls.theirs = cls._create_customer("Theirs", user_id=cls.sam.id, phone="1234567")
        cls.one.phone = "7654321"
        cls.victims = cls.one | cls.theirs
        cls.persons = cls.env["res.partner"].union(
            *(cls._create_person(v, f"P {v.name}", taboos="x") for v in cls.victims)
        )
        cls.mine = cls._create_person(cls.own, "Mine", taboos="y")
        cls.profiles = cls.persons.profile_ids
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        # Commands of lines are carried out by the user of the request.
        transaction = self.env.transaction
        self.patch(transaction, "default_env", self.env(user=self.sally))

    def _get_state(self):
        self.env.invalidate_all()
        records = (self.victims | self.persons).with_context(active_test=False)
        return {
            record.id: {name: record[name] for name in GUARDED} for record in records
        }

    def _attack(self, name, attempt):
        before = self._get_state()
        with self.subTest(name):
            try:
                with self.env.cr.savepoint():
                    attempt()
                    self.env.flush_all()
            except (UserError, ValueError, IntegrityError):
                self.env.invalidate_all()
            self.assertEqual(self._get_state(), before)
            profiles = self.env["crm.person.profile"].with_user(self.sally)
            seen = profiles.search([("id", "in", self.profiles.ids)])
            self.assertFalse(seen, "a confidential profile is open")

    def _get_single_writes(self, record):
        own, sally = self.own, self.sally
        return (
            {"user_id": sally.id},
            {"user_id": False},
            {"commercial_partner_id": own.id},
            {"commercial_partner_id": False},
            {"parent_id": own.id},
            {"parent_id": False},
            {"parent_id": str(own.id)},
            {"company_id": self.company.id},
            {"relation_company_id": self.company.id},
            {"is_managed_customer": False},
            {"is_managed_customer": True},
            {"is_company": not record.is_company},
            {"company_type": "person" if record.is_company else "company"},
            {"active": False},
            {"pool_id": False},
            {"tier_id": self.tier_a.id},
            {"phone": "999"},
            {"child_ids": [Command.create({"name": "Spy", "user_id": sally.id})]},
            {"child_ids": [Command.clear()]},
            {"is_managed_customer": False, "user_id": sally.id, "parent_id": own.id},
            {"referral_ids": [Command.link(own.id)]},
        )

    def test_by_writing(self):
        for record in self.victims | self.persons:
            for values in self._get_single_writes(record):
                mine = record.with_user(self.sally)
                self._attack(
                    f"write {record.name} {values}", lambda m=mine, v=values: m.write(v)
                )
            self._attack(
                f"web_save {record.name}",
                lambda r=record: r.with_user(self.sally).web_save(
                    {"user_id": self.sally.id}, {"user_id": {}}
                ),
            )

    def test_by_commands_of_an_own_customer(self):
        own = self.own.with_user(self.sally)
        for record in self.victims | self.persons:
            for command in (
                Command.link(record.id),
                Command.set([record.id]),
                Command.update(record.id, {"user_id": self.sally.id}),
                Command.update(record.id, {"phone": "1"}),
                Command.delete(record.id),
                Command.unlink(record.id),
            ):
                for field in ("child_ids", "referral_ids"):
                    self._attack(
                        f"{field} {command[0]} {record.name}",
                        lambda f=field, c=command: own.write({f: [c]}),
                    )
            self._attack(
                f"create with {record.name}",
                lambda r=record: (
                    self.env["res.partner"]
                    .with_user(self.sally)
                    .create(
                        {
                            "name": "New",
                            "is_managed_customer": True,
                            "user_id": self.sally.id,
                            "child_ids": [Command.link(r.id)],
                        }
                    )
                ),
            )

    def test_by_import(self):
        partners = self.env["res.partner"].with_user(self.sally)
        for record in self.victims | self.persons:
            for names, row in (
                ([".id", "user_id/.id"], [record.id, self.sally.id]),
                ([".id", "parent_id/.id"], [record.id, self.own.id]),
                ([".id", "commercial_partner_id/.id"], [record.id, self.own.id]),
                ([".id", "is_managed_customer"], [record.id, "False"]),
                ([".id", "child_ids/.id"], [self.own.id, record.id]),
                (
                    [".id", "child_ids/.id", "child_ids/user_id/.id"],
                    [self.own.id, record.id, self.sally.id],
                ),
            ):
                row = [str(value) for value in row]
                self._attack(
                    f"load {names} {record.name}",
                    lambda n=names, r=row: partners.load(n, [r]),
                )

    def test_by_deletion_archive_and_merge(self):
        wizards = self.env["base.partner.merge.automatic.wizard"].with_user(self.sally)
        for record in self.victims | self.persons:
            mine = record.with_user(self.sally)
            self._attack(f"unlink {record.name}", mine.unlink)
            self._attack(f"archive {record.name}", mine.action_archive)
            target = self.own if record in self.victims else self.mine
            for ids in ((target | record).ids, (record | target).ids):
                self._attack(
                    f"merge {record.name}",
                    lambda i=ids, t=target: wizards._merge(i, t),
                )
                self._attack(
                    f"merge wizard {record.name}",
                    lambda i=ids, t=target: wizards.create(
                        {"partner_ids": [Command.set(i)], "dst_partner_id": t.id}
                    ).action_merge(),
                )

    def test_by_a_copy(self):
        for record in self.victims | self.persons:
            mine = record.with_user(self.sally)
            for values in ({}, {"user_id": self.sally.id}, {"parent_id": self.own.id}):
                self._attack(
                    f"copy {record.name} {values}", lambda m=mine, v=values: m.copy(v)
                )

    def test_by_odoos_own_helpers(self):
        for record in self.persons:
            mine = record.with_user(self.sally)
            self._attack("create_company", mine.create_company)
        for customer in self.victims:
            lead = self.env["crm.lead"].create(
                {
                    "name": "Deal",
                    "partner_id": customer.id,
                    "user_id": self.sally.id,
                    "type": "opportunity",
                }
            )
            lead = lead.with_user(self.sally)
            for values in (
                {"phone": "+44 20 7946 0999"},
                {"email_from": "x@example.com"},
                {"user_id": self.sally.id},
            ):
                self._attack(
                    f"lead {values} {customer.name}",
                    lambda le=lead, v=values: le.write(v),
                )
            self._attack(f"won {customer.name}", lead.action_set_won)
            self._attack(
                f"order {customer.name}",
                lambda c=customer: self._create_order(c.with_user(self.sally), 5),
            )

    @mute_logger("odoo.sql_db")
    def test_by_the_profile(self):
        profile = self.mine.profile_ids.with_user(self.sally)
        for person in self.persons:
            self._attack(
                "repoint", lambda p=person: profile.write({"partner_id": p.id})
            )
            self._attack(
                "take",
                lambda p=person: p.with_user(self.sally).profile_ids.write(
                    {"partner_id": self.mine.id}
                ),
            )
            self._attack(
                "commands",
                lambda p=person: self.mine.with_user(self.sally).write(
                    {"profile_ids": [Command.link(p.profile_ids.id)]}
                ),
            )
            self._attack(
                "of the customer",
                lambda p=person: self.own.with_user(self.sally).write(
                    {"person_profile_ids": [Command.link(p.profile_ids.id)]}
                ),
            )

    def test_a_plain_company_with_profiles_is_not_taken(self):
        """No managed customer, but somebody's, and what is said of its persons is
        confidential."""
        plain = self.env["res.partner"].create(
            {"name": "Plain", "is_company": True, "user_id": self.sam.id}
        )
        person = self._create_person(plain, taboos="z")
        profile = person.profile_ids.with_user(self.sally)
        for record, values in (
            (plain, {"user_id": self.sally.id}),
            (plain, {"parent_id": self.own.id, "is_company": False}),
            (person, {"parent_id": self.own.id}),
            (person, {"is_company": True}),
        ):
            with self.assertRaises(UserError):
                record.with_user(self.sally).write(values)
            self.assertFalse(profile.search([("id", "=", profile.id)]))
        plain.with_user(self.sam).is_managed_customer = True
        self.assertTrue(plain.is_managed_customer)

    def test_odoo_does_not_carry_an_address_to_another_owner(self):
        """Group and subsidiary share their address in Odoo, past any write."""
        for group, subsidiary in ((self.theirs, self.own), (self.own, self.theirs)):
            subsidiary.write({"parent_id": group.id, "city": "Leeds"})
            self.env.flush_all()
            other = group if subsidiary == self.own else subsidiary
            before = other.city
            self.own.with_user(self.sally).city = "York"
            self.assertEqual((self.own.city, other.city), ("York", before))
            subsidiary.parent_id = False

    def test_an_opportunity_keeps_its_own_number(self):
        for customer in self.victims:
            lead = self.env["crm.lead"].create(
                {
                    "name": "Deal",
                    "partner_id": customer.id,
                    "user_id": self.sally.id,
                    "type": "opportunity",
                }
            )
            before = customer.phone
            lead.with_user(self.sally).phone = "+44 20 7946 0999"
            self.assertIn("7946", lead.phone)
            self.assertEqual(customer.phone, before)
