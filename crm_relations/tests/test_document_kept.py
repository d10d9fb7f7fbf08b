from odoo.tests import tagged
from odoo.tools import SQL

from .common.document import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentKept(DocumentCommon):
    """AR-6, AR-8: what is to be got, for who keeps the archives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.custodian.rule"].search([]).active = False
        cls.rule = cls.env["crm.custodian.rule"].create(
            {
                **{"name": "Carl", "custodian_id": cls.carl.id},
                **{"start_date": cls.today, "domain": "[('city', '=', 'Suzhou')]"},
            }
        )
        cls.customer.city = "Suzhou"
        cls.env["crm.archive.upkeep"]._refresh(cls.customer.ids)

    def _get_card(self, key, user):
        day = self.env["crm.my.day"].with_user(user).get_day()
        cards = [card for column in day["columns"] for card in column["cards"]]
        return next((card for card in cards if card["key"] == key), None)

    def _open(self, key, user):
        action = self.env["crm.my.day"].with_user(user).open_card(key)
        lines = self.env["crm.document.due"].with_user(user)
        return lines.search(action["domain"])

    def test_the_custodian_has_a_card_whose_count_is_its_list(self):
        self._create_document(kind=self._create_kind("Permit"), expires_on=self.today)
        self._create_kind("Nice to have", is_required=False)
        self._create_customer("Nobody keeps", user_id=self.sally.id)
        self.env.flush_all()
        card = self._get_card("documents_kept", self.carl)
        found = self._open("documents_kept", self.carl)
        self.assertEqual(card["count"], len(found))
        kinds = [(line.kind_id.name, line.state) for line in found]
        self.assertEqual(kinds, [("Permit", "expiring"), ("Licence", "missing")])
        self.assertEqual(card["lines"][0]["name"], "Great Wall")

    def test_the_card_is_empty_for_who_keeps_no_archive(self):
        self.assertIsNone(self._get_card("documents_kept", self.sally))
        self.assertIsNone(self._get_card("documents_kept", self.rita))

    def test_who_owns_what_he_keeps_is_told_once(self):
        self.customer.user_id = self.carl
        self.assertIsNone(self._get_card("documents_kept", self.carl))
        self.assertEqual(self._get_card("documents", self.carl)["count"], 1)

    def test_what_expires_and_nobody_keeps_is_told_to_who_keeps_all(self):
        alone = self._create_customer("Nobody keeps", user_id=self.sally.id)
        self._create_document(alone, expires_on=self.today)
        self._create_document(expires_on=self.today)
        found = self._open("documents_expiring", self.carl)
        self.assertIn(alone, found.customer_id)
        self.assertNotIn(self.customer, found.customer_id)
        self.assertIsNone(self._get_card("documents_expiring", self.sally))

    def test_lists_by_custodian_take_the_statements_of_one(self):
        lines = self.env["crm.document.due"].with_user(self.rita)

        def read():
            self.env.invalidate_all()
            return lines.formatted_read_group([], ["custodian_id"], ["__count"])

        read()
        few = self._count_statements(read)
        for person in (self.max, self.rita, self.sam):
            team = self._create_customers(10, user_id=self.sally.id, city=person.name)
            self.rule.copy(
                {
                    "custodian_id": person.id,
                    "domain": f"[('city', '=', '{person.name}')]",
                    "start_date": self.today,
                    "sequence": 1,
                }
            )
            self.env["crm.archive.upkeep"]._refresh(team.ids)
        read()  # what the new rules have made stale
        self.assertEqual(self._count_statements(read), few)
        counts = {
            line["custodian_id"][0]: line["__count"]
            for line in read()
            if line["custodian_id"]
        }
        self.assertEqual(counts[self.max.id], 10)
        self.assertEqual(counts[self.carl.id], 1)

    def test_kinds_that_mean_the_same_customers_read_them_once(self):
        for number in range(5):
            self._create_kind(f"Kind {number}")
        individual = self.env.ref("crm_relations.crm_customer_nature_individual")
        self._create_kind("Of some", nature_ids=individual.ids)
        kinds = self.env["crm.document.kind"]._get_in_force()
        self.assertEqual([len(alike) for alike in kinds._group_by_audience()], [6, 1])
        self.assertEqual(len(self._get_due(customer_id=self.customer.id)), 6)

    def test_a_line_known_by_its_id_is_read_by_index(self):
        self._create_customers(2000, user_id=self.sally.id)
        sheet = self._create_kind("PDI", asked="order", since=self._in_days(-5))
        self._create_order(self.customer, 5)
        self._create_document(expires_on=self.today, kind=self._create_kind("Permit"))
        self.env.flush_all()
        for table in ("res_partner", "crm_customer_document", "sale_order"):
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        lines = self.env["crm.document.due"].with_user(self.rita)
        found = lines.search([("customer_id", "=", self.customer.id)])
        self.assertEqual(len(found), 3)
        self.assertIn(sheet, found.kind_id)
        query = lines._search([("id", "in", found.ids)])
        plan = self._explain(query.select())
        self.assertNotIn("Seq Scan on res_partner", plan)
        self.assertEqual(lines.search([("id", "in", found.ids)]), found)
        self.assertFalse(lines.search([("id", "not in", found.ids)]) & found)

    def test_what_a_custodian_gets_is_read_from_what_he_keeps(self):
        self._create_customers(2000, user_id=self.sally.id)
        self.env.flush_all()
        for table in ("res_partner", "crm_customer_document", "crm_archive_upkeep"):
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        lines = self.env["crm.document.due"].with_user(self.carl)
        query = lines._search([("custodian_id", "=", self.carl.id)])
        self.assertNotIn("Seq Scan on res_partner", self._explain(query.select()))

    def _explain(self, select):
        rows = self.env.execute_query(SQL("EXPLAIN %s", select))
        return "\n".join(line for (line,) in rows)
