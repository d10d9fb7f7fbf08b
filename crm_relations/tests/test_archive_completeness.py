from psycopg2 import IntegrityError

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchiveCompleteness(RelationsCommon):
    """AR-7: completeness in percent, and what is missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.archive.requirement"].search([]).active = False
        cls.official = cls.env.ref("crm_relations.crm_customer_nature_government")
        cls.individual = cls.env.ref("crm_relations.crm_customer_nature_individual")

    @classmethod
    def _require(cls, name, section="basic", **values):
        field = cls.env["ir.model.fields"]._get("res.partner", name)
        return cls.env["crm.archive.requirement"].create(
            {"field_id": field.id, "section": section} | values
        )

    def test_filling_a_section_raises_its_rate_and_the_whole(self):
        self._require("phone")
        self._require("city")
        self._require("business_policy", "characteristics")
        self._require("sales_capacity", "characteristics")
        customer = self._create_customer(phone="1")
        self.assertRecordValues(
            customer,
            [
                {
                    "archive_basic_rate": 50,
                    "archive_characteristics_rate": 0,
                    "archive_rate": 25,
                }
            ],
        )
        customer.business_policy = "Cash only"
        self.assertEqual(customer.archive_characteristics_rate, 50)
        self.assertEqual(customer.archive_rate, 50)

    def test_nothing_but_blanks_is_missing(self):
        """Those of a Chinese keyboard, too."""
        self._require("business_policy")
        self._require("city")
        for blank in (" ", "\n \t\r\n", "\u3000\u3000", "\u00a0"):
            with self.subTest(blank=blank):
                customer = self._create_customer(business_policy=blank, city=blank)
                self.assertEqual(customer.archive_rate, 0)
        customer.business_policy = "\u3000Cash only "
        self.assertEqual(customer.archive_rate, 50)

    def test_what_is_missing_is_listed(self):
        phone, city = self._require("phone"), self._require("city")
        customer = self._create_customer(phone="1")
        self.assertEqual(customer.archive_missing_ids, city)
        customer.write({"phone": False, "city": "Suzhou"})
        self.env.invalidate_all()  # it is shown anew, not while somebody types
        self.assertEqual(customer.archive_missing_ids, phone)

    def test_a_salesperson_reads_what_is_missing(self):
        self._require("city")
        customer = self._create_customer(user_id=self.sally.id)
        self.env.invalidate_all()
        missing = customer.with_user(self.sally).archive_missing_ids
        self.assertEqual(missing.mapped("display_name"), ["City"])

    def test_weights_count(self):
        self._require("phone", weight=3)
        self._require("city")
        self.assertEqual(self._create_customer(phone="1").archive_basic_rate, 75)

    def test_a_nature_is_asked_only_what_concerns_it(self):
        self._require("phone")
        self._require("assets_amount", nature_ids=self.official.ids)
        office = self._create_customer(phone="1", nature_id=self.official.id)
        person = self._create_customer(phone="1", nature_id=self.individual.id)
        self.assertEqual((office | person).mapped("archive_basic_rate"), [50, 100])

    def test_lines_and_amounts_count_when_there_is_something(self):
        self._require("competitor_ids", "business")
        self._require("assets_amount", "business")
        customer = self._create_customer()
        self.assertEqual(customer.archive_business_rate, 0)
        customer.competitor_ids = [fields.Command.create({"name": "Acme"})]
        self.assertEqual(customer.archive_business_rate, 50)
        customer.competitor_ids.unlink()
        self.assertEqual(customer.archive_business_rate, 0)

    def test_nothing_asked_is_complete(self):
        self.assertEqual(self._create_customer().archive_rate, 100)

    def test_contacts_have_no_archive(self):
        self._require("phone")
        person = self._create_person(self._create_customer())
        person.phone = "138 0013 8000"
        self.assertEqual(person.archive_rate, 0)
        self.assertFalse(person._get_completeness())

    def test_changed_requirements_reach_all_customers_by_the_job(self):
        self._require("phone")
        customers = self._create_customer(phone="1") | self._create_customer()
        self.assertEqual(customers.mapped("archive_rate"), [100, 0])
        self._require("city")
        self.assertEqual(customers.mapped("archive_rate"), [100, 0])
        self.env["res.partner"]._refresh_completeness()
        self.assertEqual(customers.mapped("archive_rate"), [50, 0])

    def test_the_job_goes_through_all_pages(self):
        self._require("phone")
        customers = self._create_customer(phone="1") | self._create_customer()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET archive_rate = 7 WHERE id IN %s",
            [tuple(customers.ids)],
        )
        seen, last = [], 0
        while page := self.env["res.partner"]._get_page_of_customers(last, limit=1):
            self.env["res.partner"]._refresh_completeness(page)
            seen += page
            last = page[-1]
        self.assertEqual(customers.mapped("archive_rate"), [100, 0])
        self.assertLessEqual(set(customers.ids), set(seen))
        self.assertEqual(len(seen), len(set(seen)))

    def test_every_change_of_requirements_starts_the_job(self):
        requirement = self._require("phone")
        for change in (
            lambda: self._require("email"),
            lambda: requirement.write({"weight": 7}),
            lambda: requirement.write({"active": False}),
            lambda: requirement.unlink(),
        ):
            before = self._count_triggers()
            change()
            self.assertGreater(self._count_triggers(), before)

    def _count_triggers(self):
        cron = self.env.ref("crm_relations.ir_cron_archive_completeness")
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

    def test_rates_are_read_by_as_many_queries_for_many_as_for_one(self):
        self._require("phone")
        for customers in (self._create_customer(), self._create_many(50)):
            self.env.flush_all()
            self.env.add_to_compute(customers._fields["archive_rate"], customers)
            customers.invalidate_recordset()
            self.env["crm.archive.requirement"]._get_requirement_specs()
            with self.subTest(len(customers)), self.assertQueryCount(2):
                customers.mapped("archive_rate")

    def _create_many(self, count):
        return self._create_customers(count)

    def test_average_by_salesperson(self):
        self._require("phone")
        self._create_customer(phone="1", user_id=self.sally.id)
        self._create_customer(user_id=self.sally.id)
        [(_user, average)] = self.env["res.partner"]._read_group(
            [("user_id", "=", self.sally.id), ("is_managed_customer", "=", True)],
            ["user_id"],
            ["archive_rate:avg"],
        )
        self.assertEqual(average, 50)

    @mute_logger("odoo.sql_db")
    def test_a_field_counts_once_and_at_least_one(self):
        self._require("phone")
        with self.assertRaises(IntegrityError):
            self._require("phone")

    @mute_logger("odoo.sql_db")
    def test_weight_is_at_least_one(self):
        with self.assertRaises(IntegrityError):
            self._require("phone", weight=0)
