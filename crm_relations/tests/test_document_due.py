from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..models.document import crm_document_due_page
from .common.document import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentDue(DocumentCommon):
    """AR-6: what is missing and what expires is decided when it is read."""

    def test_a_kind_is_missing_until_a_complete_document_is_there(self):
        missing = [("Great Wall", "Licence", "missing")]
        self.assertEqual(self._get_due(), missing)
        document = self._create_document(files=0)
        self.assertEqual(self._get_due(), missing)
        self._attach(document)
        self.assertEqual(self._get_due(), [])
        document.active = False
        self.assertEqual(self._get_due(), missing)

    def test_only_those_customers_whom_the_kind_means(self):
        individual = self.env.ref("crm_relations.crm_customer_nature_individual")
        tag = self.env["res.partner.category"].create({"name": "Fleet"})
        customers = {
            "nature": self._create_customer("Nature", nature_id=individual.id),
            "tag": self._create_customer("Tag", category_id=[(4, tag.id)]),
        }
        self.env["res.partner"].create({"name": "Nobody's", "is_company": True})
        self.licence.nature_ids = individual
        self.assertEqual(self._get_due(), [("Nature", "Licence", "missing")])
        self.licence.write(
            {"nature_ids": False, "domain": f"[('category_id', '=', {tag.id})]"}
        )
        self.assertEqual(self._get_due(), [("Tag", "Licence", "missing")])
        customers["tag"].active = False
        self.assertEqual(self._get_due(), [])

    def test_the_first_page_of_who_reads_some_shows_some(self):
        self.env["crm.document.due"].search([]).customer_id.active = False
        for number in range(9):
            self._create_customer(f"A{number}", user_id=self.sam.id)
        mine = self._create_customer("Zulu", user_id=self.sally.id)
        for user, name in ((self.sally, "Zulu"), (self.sam, "A0"), (self.rita, "A0")):
            lines = self.env["crm.document.due"].with_user(user)
            with self.subTest(user.login):
                self.assertEqual(lines.search([], limit=1).customer_id.name, name)
        self.assertTrue(mine.active)

    def test_who_reads_some_is_told_of_those_that_expire(self):
        self._create_document(expires_on=self._in_days(3))
        lines = self.env["crm.document.due"]
        for user, count in ((self.sally, 1), (self.rita, 1), (self.sam, 0)):
            found = lines.with_user(user).search([("state", "=", "expiring")])
            self.assertEqual(len(found), count, user.login)
            with self.subTest(user.login), self.env.cr.savepoint():
                self.env["ir.rule"].search(
                    [("model_id.model", "=", "crm.document.due")]
                ).active = False
                found = lines.with_user(user).search([("state", "=", "expiring")])
                self.assertEqual(len(found), count)

    def test_a_line_opens_what_expires_else_whose_it_is(self):
        other = self._create_customer("Other", user_id=self.sally.id)
        document = self._create_document(expires_on=self._in_days(3))
        lines = self.env["crm.document.due"].with_user(self.sally)
        opened = {
            line.state: line.action_open()["res_model"]
            for line in lines.search(
                [("customer_id", "in", (self.customer | other).ids)]
            )
        }
        self.assertEqual(opened, {"expiring": document._name, "missing": "res.partner"})

    def test_what_is_optional_is_not_missing_on_the_first_page(self):
        self._create_kind("Brochure", is_required=False)
        found = self.customer.with_user(self.sally).get_overview()
        self.assertIn("documents", str(found))
        self.assertEqual(self._get_overview_line()["missing"], 1)

    def _get_overview_line(self):
        [part] = self.customer.with_user(self.sally)._get_overview_parts()["documents"]
        return self.env.execute_query(part)[0][0]

    def test_conditions_that_cannot_be_read_are_refused(self):
        with self.assertRefused("cannot be read"):
            self.licence.domain = "[('no_such_field', '=', 1)]"

    def test_one_for_each_order_from_the_day_on(self):
        self.licence.active = False
        sheet = self._create_kind("PDI", asked="order", since=self._in_days(-5))
        self._create_order(self.customer, 5, days_ago=9)
        self._create_order(self.customer, 5, confirm=False)
        person = self._create_person(self.customer)
        orders = self._create_order(self.customer, 5) | self._create_order(person, 5)
        lines = self.env["crm.document.due"].search([("kind_id", "=", sheet.id)])
        self.assertEqual(lines.order_id, orders)
        self.assertEqual(set(lines.mapped("state")), {"missing"})
        self._create_document(kind=sheet, order_id=orders[0].id)
        lines = self.env["crm.document.due"].search([("kind_id", "=", sheet.id)])
        self.assertEqual(lines.order_id, orders[1])
        sheet.asked = "invoiced"
        self.assertFalse(lines.search([("kind_id", "=", sheet.id)]))
        orders[1].invoice_status = "invoiced"
        lines = self.env["crm.document.due"].search([("kind_id", "=", sheet.id)])
        self.assertEqual(lines.order_id, orders[1])

    def test_what_expires_stands_there_with_its_end(self):
        document = self._create_document(expires_on=self._in_days(30))
        self._create_document(expires_on=self._in_days(31))
        self.assertEqual(self._get_due(), [("Great Wall", "Licence", "expiring")])
        document.expires_on = self._in_days(-1)
        self.env.invalidate_all()
        [line] = self.env["crm.document.due"].search(
            [("customer_id", "=", self.customer.id)]
        )
        self.assertEqual((line.state, line.document_id), ("expired", document))
        self.assertEqual(line.owner_id, self.sally)

    def test_each_sees_those_of_whose_documents_he_may_read(self):
        self._create_customer("Sam's", user_id=self.sam.id)
        self._create_customer("Pool's", pool_id=self.pool.id)
        customers = {
            user.login: {name for name, _kind, _state in self._get_due(user)}
            for user in (self.sally, self.sam, self.max, self.rita, self.carl)
        }
        everybody = {"Great Wall", "Sam's", "Pool's"}
        self.assertEqual(
            customers,
            {
                **{"sally": {"Great Wall"}, "sam": {"Sam's"}, "max": {"Great Wall"}},
                **{"rita": everybody, "carl": everybody},
            },
        )
        self.customer.with_user(self.sally).share_with(self.sam.id)
        shared = {name for name, _kind, _state in self._get_due(self.sam)}
        self.assertEqual(shared, {"Great Wall", "Sam's"})
        self.customer.share_ids.active = False
        shared = {name for name, _kind, _state in self._get_due(self.sam)}
        self.assertEqual(shared, {"Sam's"})
        self.assertFalse(
            self.env["crm.document.due"].with_user(self.anna).has_access("read")
        )

    def test_a_kind_of_another_company_asks_its_customers_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.licence.company_id = other
        self.assertEqual(self._get_due(), [])
        self.customer.relation_company_id = other
        self.assertTrue(
            self.env["crm.document.due"].search(
                [("customer_id", "=", self.customer.id)]
            )
        )

    def test_what_is_optional_is_told_apart(self):
        self.licence.is_required = False
        self.assertEqual(len(self._get_due(is_required=False)), 1)
        self.assertEqual(self._get_due(is_required=True), [])

    def test_the_count_of_a_kind_is_the_list_that_it_opens(self):
        self._create_customer("Second")
        action = self.licence.action_view_missing()
        found = self.env["crm.document.due"].search_count(action["domain"])
        self.assertEqual(self.licence.missing_count, found)
        self.assertGreaterEqual(found, 2)
        self._create_document(expires_on=self._in_days(3))
        self.licence.invalidate_recordset(["missing_count"])
        self.assertEqual(self.licence.missing_count, found - 1, "it is not missing")

    def test_ids_of_lines_are_one_each(self):
        self._create_kind("Second")
        sheet = self._create_kind("PDI", asked="order", since=self._in_days(-5))
        self._create_order(self.customer, 5)
        self._create_document(expires_on=self._in_days(1))
        lines = self.env["crm.document.due"].search([])
        self.assertEqual(len(set(lines.ids)), len(lines))
        self.assertIn(sheet, lines.kind_id)
        for line in lines:
            self.assertEqual(line.browse(line.id).kind_id, line.kind_id)

    def test_a_page_is_that_of_the_whole_list(self):
        self._create_kind("Second")
        self._create_document(expires_on=self._in_days(3))
        for name in ("Zulu", "Same", "Alpha", "Same", "Mike", "Same", "Bravo"):
            self._create_customer(name)
        lines = self.env["crm.document.due"].with_user(self.rita)
        whole = lines.search([], limit=None)
        self.assertEqual(whole[0].state, "expiring")
        missing = whole.filtered(lambda line: line.state == "missing")
        names = missing.mapped("customer_name")
        self.assertEqual(names, sorted(names, key=names.index))
        for each in ((0,), (1,), (1, 4)):
            self.patch(crm_document_due_page, "CUSTOMERS_EACH", each)
            for count in range(1, len(whole) + 3):
                found = lines.search_count([], limit=count)
                self.assertEqual(found, min(count, len(whole)))
            for offset in range(len(whole)):
                page = lines.search([], offset=offset, limit=3)
                self.assertEqual(page, whole[offset : offset + 3], (each, offset))
            for domain in (
                [("kind_id", "=", self.licence.id)],
                [("customer_id", "in", whole[-3:].customer_id.ids)],
                [("state", "=", "missing")],
            ):
                some = whole.filtered_domain(domain)
                self.assertEqual(lines.search(domain, limit=2), some[:2])

    def test_the_first_page_reads_few_customers(self):
        self._create_customers(60)
        self.patch(crm_document_due_page, "CUSTOMERS_EACH", (2,))
        lines = self.env["crm.document.due"].with_user(self.rita)
        query = lines._search([], limit=3, order=lines._order)
        self.assertIn("customer_id", str(query.where_clause))
        name = lines._get_name_at(6)
        read = lines.search([("customer_name", "<=", name)])
        self.assertLess(len(read.customer_id), 10)

    def test_statements_do_not_grow_with_customers(self):
        def read():
            self.env.invalidate_all()
            return self._get_due(self.sally)

        read()
        few = self._count_statements(read)
        self._create_customers(50, user_id=self.sally.id)
        self.assertEqual(self._count_statements(read), few)
        self.assertGreater(len(read()), 50)

    def test_the_list_is_found_by_day(self):
        """A day later the same document has expired; nothing was written."""
        document = self._create_document(expires_on=self._in_days(0))
        self.assertEqual(document.state, "expiring")
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            document.invalidate_recordset(["state"])
            self.assertEqual(document.state, "expired")
            self.assertEqual(self._get_due()[0][2], "expired")

    def test_the_documents_of_a_customer_are_his_own(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        documents = self.env["crm.customer.document"]
        action = self.customer.action_view_documents()
        own = self._create_document(expires_on=self._in_days(400))
        other = self._create_document(twin)
        found = documents.search(action["domain"])
        self.assertEqual(found & (own | other), own)

        def told():
            self.env.flush_all()
            self.env.invalidate_all()
            lines = self.customer.with_user(self.sally).get_documents()["lines"]
            return {line["key"] for line in lines}

        self.assertIn(f"document-{own.id}", told())
        self.assertNotIn(f"document-{other.id}", told())

    def test_only_kinds_whose_terms_have_changed_are_judged_anew(self):
        stale = self._create_kind("Stale")
        kinds = self.licence | stale
        kinds.is_stale = False
        stale.remind_days = 5
        self.assertEqual(kinds.mapped("is_stale"), [False, True])
        judged = []
        registry = self.env.registry
        judge, commit = (
            patch.object(
                registry["crm.customer.document"],
                "_judge_anew",
                lambda _self, kind, _progress: judged.append(kind) or True,
            ),
            patch.object(registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 1),
        )
        with judge, commit:
            self.env["crm.customer.document"]._cron_remind()
        self.assertIn(stale, judged)
        self.assertNotIn(self.licence, judged)
