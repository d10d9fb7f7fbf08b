from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common.links import LinksCommon


@tagged("post_install", "-at_install")
class TestLinksHistory(LinksCommon):
    """History belongs to the customer: what happens to it when a contact goes, and when
    a customer becomes a contact of another one, for every link of the suite."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.links = cls.env["crm.partner.link"]
        cls.customer = cls._create_customer("House", user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer, "Li Wei")

    def _read(self, model, number, *columns):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE id = %s",
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL.identifier(self.env[model]._table),
                number,
            )
        )
        return rows[0] if rows else None

    def _get_history_models(self):
        ledgers = self.env["res.partner"]._get_history_ledgers().values()
        return {ledger["model"] for ledger in ledgers} | {"crm.followup"}

    def test_a_row_goes_with_its_customer_only(self):
        """What a deletion takes along, by rule: rows of the customer, rows about a
        person, parts of a row; of history nothing else."""
        columns = self.links._get_partner_columns()
        owners = self.links._get_customer_columns()
        tables = self._get_tables()
        for table, column, target, deletes in self._get_links():
            model = tables.get(table)
            if model is None or model._transient or deletes != "c":
                continue
            link = f"{table}.{column}"
            if target == "res_partner":
                # A table that belongs to no customer is about a person.
                self.assertEqual(column, owners.get(model._name, "partner_id"), link)
            elif model._name in self._get_history_models():
                part_of = tables[target]._name if target in tables else target
                self.assertIn(part_of, columns, link)

    def test_what_names_a_person_is_told_what_becomes_of_it(self):
        """Each link to a partner: of the customer, about a person, or emptied."""
        emptied = set(self.links._get_person_columns())
        owners = self.links._get_customer_columns()
        for model, columns in self.links._get_partner_columns().items():
            for column in columns:
                with self.subTest(f"{model}.{column}"):
                    about = model not in owners and column in (
                        "partner_id",
                        "customer_id",
                    )
                    self.assertEqual(
                        1,
                        ((model, column) in emptied)
                        + (owners.get(model) == column)
                        + (about and (model, column) not in emptied),
                    )

    def test_no_row_goes_with_a_contact(self):
        owners = self.links._get_customer_columns()
        rows = []
        for number, (model, column) in enumerate(self.links._get_person_columns()):
            if model == "res.partner":
                self.env.cr.execute(
                    SQL(
                        "UPDATE res_partner SET %s = %s WHERE id = %s",
                        SQL.identifier(column),
                        self.person.id,
                        self.customer.id,
                    )
                )
                rows.append((model, column, column, self.customer.id))
                continue
            owner = owners.get(model, column)
            given = {owner: self.customer.id, column: self.person.id}
            if model == "crm.care.task":
                given["state"] = "done"
            rows.append((model, column, owner, self._insert(model, number, **given)))
        self.env.invalidate_all()
        self.person.unlink()
        for model, column, owner, number in rows:
            with self.subTest(f"{model}.{column}"):
                found = self._read(model, number, owner, column)
                self.assertTrue(found)
                self.assertIn(found[1], (None, self.customer.id))
                if owner != column:
                    self.assertEqual(found[0], self.customer.id)

    def test_a_deleted_contact_leaves_its_follow_ups_and_their_date(self):
        followup = self._create_followup(self.person, days_ago=1)
        self.person.unlink()
        self.assertEqual(followup.exists().partner_id, self.customer)
        self.assertEqual(self.customer.last_followup_at, followup.date)
        self.assertEqual(self.customer.followup_count, 1)

    def test_a_deleted_person_counts_in_no_archive(self):
        self.env["crm.archive.requirement"].search([]).unlink()
        field = self.env["ir.model.fields"]._get("res.partner", "proprietor_id")
        self.env["crm.archive.requirement"].create(
            {"field_id": field.id, "section": "basic"}
        )
        self.customer.proprietor_id = self.person
        self.assertEqual(self.customer.archive_rate, 100)
        self.person.unlink()
        self.assertEqual(self.customer.archive_rate, 0)

    def test_a_deleted_person_is_called_no_more(self):
        self.customer.phone = "+8613800138000"
        self.person.phone = "+8613800138001"
        call = self.env["crm.callback"].create(
            {
                "partner_id": self.customer.id,
                "person_id": self.person.id,
                "own_purpose": "How was it?",
                "deadline_at": "2036-03-02 17:00:00",
            }
        )
        self.assertEqual(call.number, "+8613800138001")
        self.person.unlink()
        self.assertEqual(call.number, "+8613800138000")

    def test_care_of_a_deleted_person_is_done_or_dropped(self):
        rule = self.env["crm.care.rule"].create({"name": "Birthday"})
        other = self._create_person(self.customer, "Li Na")
        values = {"rule_id": rule.id, "partner_id": self.customer.id}
        values |= {"occasion_date": "2026-05-05", "due_at": "2026-05-02 09:00:00"}
        done = self.env["crm.care.task"].create(
            [
                values | {"person_id": person.id, "occasion": "solar-2026"}
                for person in (self.person, other)
            ]
        )
        done._close("done")
        to_come = done.create(
            values | {"person_id": self.person.id, "occasion": "solar-2027"}
        )
        (self.person | other).unlink()
        self.assertEqual(len(done.exists()), 2)
        self.assertFalse(to_come.exists())
        with self.assertRaises(UserError):
            rule.unlink()

    def test_deleting_contacts_takes_as_many_statements_for_ten_as_for_two(self):
        def count(number):
            persons = self.env["res.partner"]
            for place in range(number):
                persons |= self._create_person(self.customer, f"Person {place}")
            for person in persons:
                self._create_followup(person)
            self.env.invalidate_all()
            links = self.env["crm.partner.link"]
            return self._count_statements(
                lambda: links._find_rows_of_persons(persons.ids)
            )

        self.assertEqual(count(10), count(2))
