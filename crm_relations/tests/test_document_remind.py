from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common.document import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentRemind(DocumentCommon):
    """AR-6: who looks after the customer is reminded, once, where the kind says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.licence.adds_activity = True
        cls.cron = cls.env.ref("crm_relations.ir_cron_document_reminders")

    def _run(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _get_activities(self, customer=None):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "=", (customer or self.customer).id),
            ]
        )

    def test_one_activity_a_document_and_end(self):
        document = self._create_document(expires_on=self._in_days(30))
        self._create_document(expires_on=self._in_days(31))
        self._run()
        self._run()
        activity = self._get_activities()
        self.assertEqual(activity, document.activity_id)
        self.assertEqual(activity.user_id, self.sally)
        self.assertEqual(activity.date_deadline, document.expires_on)
        self.assertIn("Licence", activity.summary)
        document.expires_on = self._in_days(20)
        self._run()
        self.assertEqual(len(self._get_activities()), 2)

    def test_each_customer_by_the_day_of_its_own_company(self):
        """It is the 11th in Auckland while it is the 10th in Los Angeles."""
        far = self.env["res.company"].create({"name": "Far"})
        for company, zone in (
            (self.company, "Pacific/Auckland"),
            (far, "America/Los_Angeles"),
        ):
            company.resource_calendar_id.tz = zone
        self.sally.company_ids |= far
        self.customer.company_id = self.company
        there = self._create_customer("There", user_id=self.sally.id)
        there.company_id = far
        for customer in self.customer | there:
            self._create_document(customer, expires_on="2026-04-10")
        documents = self.env["crm.customer.document"].search(
            [("customer_id", "in", (self.customer | there).ids)]
        )
        self.assertEqual(len(set(documents.mapped("activity_on"))), 1)
        day = fields.Date.to_string(documents[0].activity_on)
        with freeze_time(f"{day} 02:00:00"):
            self._run()
        self.assertEqual(len(self._get_activities()), 1)
        self.assertFalse(self._get_activities(there))
        with freeze_time(f"{day} 12:00:00"):
            self._run()
        self.assertEqual(len(self._get_activities(there)), 1)

    def test_who_renews_it_is_told_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.sally.lang = "zh_CN"
        document = self._create_document(expires_on=self._in_days(3))
        self.assertNotIn("Renew", document._prepare_activity_vals()["summary"])
        self.assertIn("年", document._prepare_activity_vals()["summary"])

    def test_only_where_the_kind_says_so_and_somebody_looks_after_it(self):
        kind = self._create_kind("Quiet")
        self._create_document(kind=kind, expires_on=self._in_days(1))
        pool = self._create_customer("Pool's", pool_id=self.pool.id)
        in_pool = self._create_document(pool, expires_on=self._in_days(1))
        gone = self._create_document(expires_on=self._in_days(1), active=False)
        self._run()
        self.assertFalse(self._get_activities())
        self.assertFalse(self._get_activities(pool))
        self.assertFalse(in_pool.activity_on)
        self.assertFalse(gone.activity_on)

    def test_new_terms_of_a_kind_hold_for_its_documents(self):
        document = self._create_document(expires_on=self._in_days(40))
        plain = self._create_document(files=0)
        self.env.flush_all()
        self.licence.write({"remind_days": 50, "needs_file": False})
        self.assertEqual(str(document.remind_on), self._in_days(10))
        self._run()
        self.assertEqual(str(document.remind_on), self._in_days(-10))
        self.assertTrue(plain.is_complete)
        self.assertEqual(document.activity_id.user_id, self.sally)
        self.assertFalse(self.licence.is_stale)

    def test_the_job_counts_days_of_the_customer_s_company(self):
        east = self.env["res.company"].create({"name": "East"})
        east.partner_id.tz = "Pacific/Kiritimati"
        self.customer.relation_company_id = east
        day = east._get_relations_today()
        document = self._create_document(expires_on=day + timedelta(days=30))
        with freeze_time(fields.Datetime.now()):
            self._run()
        self.assertTrue(document.activity_id)

    def test_statements_do_not_grow_with_documents(self):
        def run():
            return self.env["crm.customer.document"]._plan_batch()

        def add(count):
            for number in range(count):
                self._create_document(
                    files=0, number=str(number), expires_on=self._in_days(5)
                )
            self.env.flush_all()
            self.env.invalidate_all()

        add(3)
        run()
        add(3)
        few = self._count_statements(run)
        add(40)
        self.assertLessEqual(self._count_statements(run), few)
        self.assertEqual(len(self._get_activities()), 46)

    def test_what_is_due_is_found_by_an_index(self):
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO crm_customer_document (partner_id, customer_id, kind_id, active,
                   is_complete, expires_on, remind_on, activity_on)
            SELECT %(customer)s, %(customer)s, %(kind)s, TRUE, TRUE,
                   %(today)s::date + number, %(today)s::date + number,
                   %(today)s::date + number
              FROM generate_series(1, 20000) AS number
            """,
            {
                "customer": self.customer.id,
                "kind": self.licence.id,
                "today": self.today,
            },
        )
        self.env.cr.execute("ANALYZE crm_customer_document")
        plans = {
            "crm_customer_document_activity_idx": self.env[
                "crm.customer.document"
            ]._get_taken_sql(),
            "crm_customer_document_remind_idx": self.env[
                "crm.document.due"
            ]._get_expiring_sql(None),
        }
        for index, statement in plans.items():
            self.env.cr.execute(f"EXPLAIN {statement.code}", statement.params)
            plan = "\n".join(line for (line,) in self.env.cr.fetchall())
            self.assertIn(index, plan)

    def test_my_day_and_the_digest_tell_what_is_to_be_got(self):
        self._create_document(expires_on=self._in_days(-1))
        self._create_kind("Contract")
        self._create_kind("Optional", is_required=False)
        day = self.env["crm.my.day"].with_user(self.sally).get_day()
        [card] = [
            card
            for column in day["columns"]
            for card in column["cards"]
            if card["key"] == "documents"
        ]
        self.assertEqual(card["count"], 2)
        self.assertEqual(
            [(line["name"], line["detail"]) for line in card["lines"]],
            [("Great Wall", "Licence"), ("Great Wall", "Contract")],
        )
        action = self.env["crm.my.day"].with_user(self.sally).open_card("documents")
        due = self.env["crm.document.due"].with_user(self.sally)
        self.assertEqual(due.search_count(action["domain"]), card["count"])
        room = self.env["crm.my.day"].sudo()
        found = room._read_by_user(self.sally | self.sam, self.today)
        told = [
            one["count"] for one in found[self.sally.id] if one["key"] == "documents"
        ]
        self.assertEqual(told, [2])
        self.assertNotIn(
            "documents", [one["key"] for one in found.get(self.sam.id, [])]
        )
