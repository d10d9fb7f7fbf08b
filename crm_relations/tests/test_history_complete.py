from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestHistoryComplete(RelationsCommon):
    """One timeline of all that happened with a customer (screens.md, customer form)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(
            "Great Wall", user_id=cls.sally.id, city="Suzhou"
        )
        cls.person = cls._create_person(cls.customer, "Li Wei")
        cls.env.cr.flush()
        cls.visit = cls.env["crm.followup.kind"]._get_for_channel("visit")
        cls.mail = cls.env["crm.followup.kind"]._get_for_channel("email")

    def _get_lines(self, user=None, **options):
        customer = self.customer.with_user(user or self.rita)
        return customer.get_history(**options)["lines"]

    def _get_kinds(self, **options):
        return [line["kind"] for line in self._get_lines(**options)]

    def _live(self):
        """Let something of each kind happen that this addon's rooms tell of."""
        self._create_followup(self.customer, 1, content="He wants vans")
        self._create_followup(self.person, 2, kind_id=self.visit.id)
        self._create_followup(self.customer, 3, kind_id=self.mail.id)
        self._create_order(self.customer, 1200, days_ago=4)
        lead = self.env["crm.lead"].create(
            {
                "name": "Ten trucks",
                "type": "opportunity",
                "partner_id": self.person.id,
                "user_id": self.sally.id,
                "expected_revenue": 500,
            }
        )
        reason = self.env["crm.lost.reason"].create({"name": "Too dear"})
        lead.action_set_lost(lost_reason_id=reason.id)
        self.customer.city = "Leeds"
        self.customer.user_id = self.max
        self.env.cr.flush()

    def test_all_that_happened_is_there(self):
        self._live()
        kinds = set(self._get_kinds(limit=100))
        for kind in ("call", "visit", "followup", "order", "lost_opportunity"):
            self.assertIn(kind, kinds)
        self.assertLessEqual({"archive", "owner"}, kinds)

    def test_what_was_said_is_told_with_who_and_when(self):
        self._create_followup(
            self.person,
            content="He wants vans",
            feedback="Too dear",
            duration_minutes=20,
            user_id=self.sally.id,
        )
        [line] = self._get_lines(kinds=["call"])
        self.assertEqual(line["title"], f"{self.call.name}: Called")
        self.assertEqual(line["text"], "He wants vans\nCustomer: Too dear")
        for words in (self.sally.name, "20 min", "Li Wei"):
            self.assertIn(words, line["by"])
        self.assertEqual(line["res_model"], "crm.followup")

    def test_a_lost_opportunity_tells_value_and_reason(self):
        self._live()
        [line] = self._get_lines(kinds=["lost_opportunity"])
        self.assertIn("Ten trucks", line["title"])
        self.assertIn("500", line["title"])
        self.assertEqual(line["text"], "Too dear")

    def test_quotations_and_won_opportunities_are_no_history_yet(self):
        self._create_order(self.customer, 5, confirm=False)
        values = {"type": "opportunity", "partner_id": self.customer.id}
        self.env["crm.lead"].create({"name": "Won", **values}).action_set_won()
        self.env["crm.lead"].create({"name": "Open", **values})
        self.assertFalse(
            {"order", "lost_opportunity"}.intersection(self._get_kinds(limit=100))
        )

    def test_several_kinds_at_once(self):
        self._live()
        kinds = set(self._get_kinds(kinds=["order", "visit"]))
        self.assertEqual(kinds, {"order", "visit"})

    def test_search_finds_what_was_said_and_written(self):
        self._live()
        self.assertEqual(self._get_kinds(text="vans"), ["call"])
        self.assertEqual(self._get_kinds(text="LEEDS"), ["archive"])
        self.assertEqual(self._get_kinds(text="too dear"), ["lost_opportunity"])
        self.assertFalse(self._get_lines(text="100%_nothing"))
        self.assertFalse(self._get_lines(text="vans", kinds=["order"]))
        self.assertTrue(self._get_lines(text="  "))

    def test_who_may_not_read_a_document_does_not_see_it_here(self):
        """Unless it looks after the customer: documents of others are neither for
        another salesperson, nor for who only reads."""
        self._create_order(self.customer, 7, user_id=self.max.id)
        own = self._create_order(self.customer, 7, user_id=self.sam.id)
        found = {
            user: self._get_lines(user, kinds=["order"])
            for user in (self.sam, self.anna, self.sally)
        }
        self.assertEqual([line["res_id"] for line in found[self.sam]], [own.id])
        self.assertFalse(found[self.anna])
        self.assertEqual([line["res_id"] for line in found[self.sally]], [False] * 2)
        for line in found[self.sally]:
            self.assertIn("7.00", line["title"])

    def test_an_open_archive_opens_no_documents(self):
        """Neither of a customer that anybody may change, nor of one without owner."""
        self._create_order(self.customer, 7, user_id=self.max.id)
        self.env["res.company"].search([]).customers_are_owned = False
        self.assertFalse(self._get_lines(self.sam, kinds=["order"]))
        self.customer.user_id = False
        self.assertFalse(self._get_lines(self.sam, kinds=["order"]))

    def test_leader_and_who_it_is_shared_with_are_told_too(self):
        self._create_order(self.customer, 7, user_id=self.rita.id)
        self.customer.with_user(self.sally).share_with(self.sam.id)
        for user in (self.max, self.sam, self.rita):
            with self.subTest(user.login):
                self.assertTrue(self._get_lines(user, kinds=["order"]))

    def test_who_looks_after_the_customer_sees_no_other_company_s_orders(self):
        other = self.env["res.company"].create({"name": "Other"})
        order = self._create_order(self.customer, 7, user_id=self.max.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET company_id = %s WHERE id = %s", [other.id, order.id]
        )
        self.env.invalidate_all()
        self.assertFalse(self._get_lines(self.sally, kinds=["order"]))

    def test_nothing_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        followup = self._create_followup(self.customer)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_followup SET company_id = %s WHERE id = %s",
            [other.id, followup.id],
        )
        self.env.invalidate_all()
        self.assertNotIn("call", self._get_kinds())

    def test_moments_are_told_on_the_reader_s_clock(self):
        self._create_followup(self.customer, date=datetime(2026, 3, 1, 23, 30))
        self.rita.tz = "Asia/Shanghai"
        [line] = self._get_lines(kinds=["call"])
        self.assertIn("Mar 2", line["date"])

    def test_a_merged_customer_brings_its_history(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        followup = self._create_followup(twin)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin | self.customer).ids, self.customer, extra_checks=False
        )
        lines = self._get_lines(kinds=["call"])
        self.assertEqual([line["res_id"] for line in lines], [followup.id])

    def test_ten_thousand_lines_are_paged_and_cost_as_much_as_ten(self):
        def read():
            self.env.invalidate_all()
            return self.customer.with_user(self.rita).get_history(limit=40)

        self._add_calls(60)
        read()
        few = self._count_statements(read)
        self._add_calls(10000)
        read()
        self.assertEqual(self._count_statements(read), few)
        last = self._get_lines(kinds=["call"], offset=10040, limit=40)
        self.assertEqual(len(last), 20)

    def _add_calls(self, count):
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO crm_followup (partner_id, customer_id, kind_id, date, user_id,
                   purpose)
            SELECT %(id)s, %(id)s, %(kind)s, %(now)s - number * interval '1 hour',
                   %(user)s, 'Call ' || number
              FROM generate_series(1, %(count)s) AS number
            """,
            {
                "id": self.customer.id,
                "kind": self.call.id,
                "now": fields.Datetime.now() - timedelta(days=1),
                "user": self.sally.id,
                "count": count,
            },
        )
        self.env.invalidate_all()
