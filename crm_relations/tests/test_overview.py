from datetime import timedelta

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import RelationsCommon
from .common.cost import CostCommon
from .common.opened import OpenedCase

SECTIONS = {"sales", "people", "contacts", "steps", "conclusions"}


class OverviewCommon(RelationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.person = cls._create_person(
            cls.customer, "Li Wei", decision_role="decider", attitude="supporter"
        )

    def _read(self, user=None, customer=None):
        return (customer or self.customer).with_user(user or self.sally).get_overview()


@tagged("post_install", "-at_install")
class TestOverview(OpenedCase, OverviewCommon):
    """The first page of a customer tells what one wants to know before a contact."""

    def test_a_customer_of_whom_nothing_is_known(self):
        customer = self._create_customer("New")
        overview = self._read(customer=customer)
        # Other addons add theirs.
        self.assertLessEqual(SECTIONS, set(overview))
        self.assertTrue(overview["sales"]["is_empty"])
        self.assertEqual(len(overview["sales"]["months"]), 12)
        for section in ("people", "contacts", "steps", "conclusions"):
            self.assertFalse(overview[section])

    def test_sales_of_a_month_are_its_orders(self):
        today = self.company._get_relations_today()
        last = today.replace(day=1) - relativedelta(months=2)
        for amount in (100, 250):
            order = self._create_order(self.person, amount)
            order.date_order = fields.Datetime.to_datetime(last) + timedelta(days=9)
        self._create_order(self.customer, 40, days_ago=0)
        old = self._create_order(self.customer, 30)
        old.date_order = old.date_order - timedelta(days=366)
        self.env.cr.flush()
        months = {m["month"]: m for m in self._read()["sales"]["months"]}
        self.assertIn("350.00", months[str(last)]["amount"])
        self.assertEqual(months[str(last)]["height"], 100)
        customer = self.customer.with_user(self.max)
        action = customer.action_view_orders_of_month(str(last))
        found = self.env["sale.order"].search(action["domain"])
        self.assertEqual(sum(found.mapped("amount_untaxed")), 350)
        self.assertIn("390.00", self._read()["sales"]["total"])
        self.assertIn("30.00", self._read()["sales"]["before"])

    def test_the_last_five_contacts_with_what_was_said(self):
        for number in range(7):
            self._create_followup(
                self.person, number, purpose=f"P{number}", content=f"C{number}"
            )
        self._create_followup(self.customer, 0, kind_id=self.note.id, purpose="Note")
        contacts = self._read()["contacts"]
        self.assertEqual([c["purpose"] for c in contacts], [f"P{n}" for n in range(5)])
        self.assertEqual(contacts[0]["content"], "C0")
        self.assertEqual((contacts[0]["with"], contacts[0]["by"]), ("Li Wei", "Sally"))

    def test_next_steps_with_the_most_urgent_first(self):
        today = self.sally._get_relations_today()
        for record, days in ((self.customer, 3), (self.person, -2)):
            record.activity_schedule(
                "mail.mail_activity_data_call",
                today + timedelta(days=days),
                summary=f"In {days}",
                user_id=self.sally.id,
            )
        steps = self._read()["steps"]
        self.assertEqual([s["days_left"] for s in steps], [-2, 3])
        self.assertEqual(steps[0]["title"], "In -2")
        self.assertTrue(steps[0]["is_mine"])

    def test_steps_of_a_document_are_for_who_may_read_it(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Trucks",
                "type": "opportunity",
                "partner_id": self.customer.id,
                "user_id": self.sally.id,
            }
        )
        lead.activity_schedule("mail.mail_activity_data_call", user_id=self.sally.id)
        self.assertEqual(self._read()["steps"][0]["res_model"], "crm.lead")
        for user in (self.sam, self.anna):
            self.assertFalse(self._read(user)["steps"])

    def test_profiles_are_for_who_may_read_them(self):
        for user in (self.sally, self.max, self.carl, self.rita):
            with self.subTest(user.login):
                [person] = self._read(user)["people"]
                self.assertEqual(person["role"], "Decision maker")
                self.assertTrue(person["is_for_us"])
        for user in (self.sam, self.anna):
            with self.subTest(user.login):
                [person] = self._read(user)["people"]
                self.assertEqual(person["name"], "Li Wei")
                self.assertFalse(person["role"] or person["attitude"])

    def test_a_person_who_is_the_customer_stands_there(self):
        customer = self._create_customer("Wang", is_company=False)
        self.env["crm.person.profile"].create(
            {"partner_id": customer.id, "attitude": "opponent"}
        )
        [person] = self._read(self.rita, customer)["people"]
        self.assertTrue(person["is_against"])

    def test_conclusions_tell_their_why(self):
        self._create_scheme(domain=self._only(self.customer))
        self._create_order(self.customer, 1000)
        self.env["crm.segmentation"]._decide(self.customer.ids)
        self._create_pool_rule(30, domain=self._only(self.customer))
        self.customer._refresh_release_dates(self.customer.ids)
        found = {one["code"]: one for one in self._read()["conclusions"]}
        self.assertEqual(found["tier"]["value"], self.customer.tier_id.name)
        self.assertEqual(found["tier"]["why"], self.customer.tier_reason["sentence"])
        self.assertTrue(found["release"]["value"])
        self.assertEqual(found["release"]["why"], self.customer.pool_reason["sentence"])

    def test_who_may_not_read_the_customer_reads_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        customer = self._create_customer("There", company_id=other.id)
        with self.assertRaises(AccessError):
            self._read(customer=customer)
        portal = new_test_user(self.env, "overview", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self._read(portal)

    def test_a_merged_customer_brings_its_contacts(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        self._create_followup(twin, purpose="Said there")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin | self.customer).ids, self.customer, extra_checks=False
        )
        self.assertEqual(self._read()["contacts"][0]["purpose"], "Said there")

    def test_figures_open_what_they_count(self):
        self._create_order(self.customer, 10, confirm=False)
        self._create_order(self.person, 20, confirm=False)
        action = self.customer.action_view_quotations()
        found = self.env["sale.order"].search(action["domain"])
        self.assertEqual(len(found), self.customer.open_quotation_count)
        self._create_order(self.customer, 10)
        self._create_order(self.person, 20, 400)
        self._create_order(self.customer, -5)
        self.env["res.partner"]._refresh_sales_figures()
        self.env.invalidate_all()
        self.assertOpens(self.customer.action_view_orders(), 2, self.env)
        self.assertEqual(self.customer.order_count_seen, 2)
        self.assertEqual(self.customer.confirmed_order_count, 2)
        self.assertOpens(self.customer.action_view_orders_12_months(), 1, self.env)
        for name in ("action_view_receivable", "action_view_overdue"):
            self.assertOpens(getattr(self.customer, name)(), 0, self.env)

    def test_amounts_of_sales_open_their_orders(self):
        today = self.company._get_relations_today()
        year = today.replace(month=1, day=1)
        for days in (0, (today - year).days + 1, 800):
            self._create_order(self.customer, 10, days)
        for name, amount in (
            ("action_view_orders_this_year", self.customer.sales_this_year),
            ("action_view_orders_last_year", self.customer.sales_last_year),
        ):
            action = getattr(self.customer, name)()
            orders = self.env["sale.order"].search(action["domain"])
            with self.subTest(name):
                self.assertEqual(sum(orders.mapped("amount_untaxed")), amount)
                self.assertEqual(len(orders), 1)

    def test_a_salesperson_counts_the_documents_that_open(self):
        self._create_order(self.customer, 10, user_id=self.sally.id)
        self._create_order(self.customer, 20, user_id=self.sam.id)
        self._create_order(self.customer, 30, confirm=False, user_id=self.sam.id)
        mine = self.customer.with_user(self.sally)
        mine.env.invalidate_all()
        for action, count in (
            (mine.action_view_orders(), mine.order_count_seen),
            (mine.action_view_quotations(), mine.open_quotation_count),
        ):
            self.assertOpens(action, count, mine.env)
        self.assertEqual(mine.order_count_seen, 1)
        # Who sells nothing opens none, and reads how many there are.
        self.assertEqual(self.customer.with_user(self.carl).order_count_seen, 2)

    def test_the_rate_of_the_archive_opens_what_is_missing(self):
        action = self.customer.with_user(self.sally).action_view_missing()
        missing = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(missing, self.customer.archive_missing_ids)
        self.assertTrue(missing)

    def test_it_is_the_first_page_of_each_role(self):
        view = self.env.ref("crm_relations.crm_customer_view_form")
        for user in (self.sally, self.max, self.carl, self.rita, self.anna):
            partners = self.env["res.partner"].with_user(user)
            arch = etree.fromstring(partners.get_view(view.id, "form")["arch"])
            pages = [page.get("name") for page in arch.iter("page")]
            self.assertEqual(pages[0], "overview", user.login)

    def test_nothing_is_typed_on_the_first_page(self):
        """What another room puts beside a field stands where that field is typed."""
        view = self.env.ref("crm_relations.crm_customer_view_form")
        partners = self.env["res.partner"].with_user(self.max)
        arch = etree.fromstring(partners.get_view(view.id, "form")["arch"])
        shown = arch.xpath("//page[@name='overview']//field")
        self.assertGreater(len(shown), 8)
        for node in shown:
            field = partners._fields[node.get("name")]
            is_shown = field.readonly or node.get("readonly") in ("1", "True")
            self.assertTrue(is_shown, field.name)


@tagged("post_install", "-at_install")
class TestOverviewCost(OverviewCommon):
    def test_it_takes_five_statements_beyond_the_form_however_much_there_is(self):
        """One of them logs who reads role and attitude of its persons."""
        counts = []
        self._create_scheme(domain=self._only(self.customer))
        for _twice in range(2):
            for number in range(20):
                self._create_followup(self.person, number)
                self._create_person(self.customer, f"P{number}", attitude="neutral")
                self.customer.activity_schedule("mail.mail_activity_data_call")
            self._create_order(self.customer, 10)
            self.env["crm.segmentation"]._decide(self.customer.ids)
            self.env.cr.flush()
            self._read_form()
            self._read()
            self._read_form()
            counts.append(self._count_statements(self._read))
        self.assertEqual(*counts)
        self.assertLessEqual(counts[0], 5)

    def _read_form(self):
        """Read what the form shows, as the client does before it asks for the page."""
        partner = self.customer.with_user(self.sally)
        view = self.env.ref("crm_relations.crm_customer_view_form")
        names = partner.get_view(view.id, "form")["models"]["res.partner"]
        self.env.invalidate_all()
        named = {"fields": {"display_name": {}}}
        fields_ = self.env["res.partner"]._fields
        partner.web_read(
            {name: named if fields_[name].type == "many2one" else {} for name in names}
        )


@tagged("post_install", "-at_install")
class TestOverviewOfOthers(CostCommon):
    def test_the_contact_form_of_others_reads_nothing_of_it(self):
        view = self.env.ref("base.view_partner_form")
        arch = self.env["res.partner"].get_view(view.id, "form")["arch"]
        self.assertNotIn("customer_overview", arch)
