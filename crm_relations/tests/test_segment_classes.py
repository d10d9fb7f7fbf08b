from datetime import timedelta

from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestClasses(RelationsCommon):
    """SE-8: by transaction, by time, by market position."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.partners = cls.env["res.partner"]

    def _create_buyer(self, *orders, **values):
        """A customer of a company of its own, with (amount, days ago) of orders."""
        values = {"company_id": self.other.id} | values
        customer = self._create_customer("Buyer", **values)
        for amount, days_ago in orders:
            self._create_order(
                customer, amount, days_ago=days_ago, company_id=self.other.id
            )
        return customer

    def _set(self, name, value):
        self.env["ir.config_parameter"].set_param(f"crm_relations.{name}", value)

    def _refresh(self, customers):
        self.partners._refresh_sales_figures(customers.ids)
        return self.partners._refresh_classes(customers.ids)

    def test_by_transaction(self):
        past = self._create_buyer((10, 400))
        current = self._create_buyer((10, 400), (10, 20))
        upcoming = self._create_buyer()
        person = self._create_person(upcoming)
        self._create_order(person, 10, confirm=False, company_id=self.other.id)
        nothing = self._create_buyer()
        customers = past | current | upcoming | nothing
        self._refresh(customers)
        self.assertEqual(
            customers.mapped("transaction_class"),
            ["past", "current", "upcoming", False],
        )

    def test_an_open_opportunity_makes_a_customer_upcoming(self):
        customer = self._create_buyer()
        lead = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "partner_id": customer.id,
                "company_id": self.other.id,
            }
        )
        self._refresh(customer)
        self.assertEqual(customer.transaction_class, "upcoming")
        lead.action_set_lost()
        self._refresh(customer)
        self.assertFalse(customer.transaction_class)

    def test_by_time(self):
        """New for 180 days, the 180th included."""
        potential = self._create_buyer()
        new, old = self._create_buyer((10, 179)), self._create_buyer((10, 182))
        customers = potential | new | old
        self._refresh(customers)
        self.assertEqual(
            customers.mapped("customer_age_class"), ["potential", "new", "old"]
        )
        today = self.company._get_relations_today()
        self._set("new_customer_days", (today - old.first_order_on).days)
        self._refresh(customers)
        self.assertEqual(old.customer_age_class, "new")

    def test_by_market_position(self):
        """Before the third, 80 % are reached; equal customers stay together."""
        main = self._create_buyer((500, 10))
        crossing = self._create_buyer((200, 10), (100, 20))
        ordinary = self._create_buyer((60, 10), (40, 20))
        scattered = self._create_buyer((100, 10))
        silent = self._create_buyer((900, 400))
        potential = self._create_buyer()
        customers = main | crossing | ordinary | scattered | silent | potential
        self._refresh(customers)
        self.assertEqual(
            customers.mapped("market_class"),
            ["main", "main", "ordinary", "scattered", "scattered", False],
        )

    def test_a_share_that_is_reached_exactly_ends_the_main_customers(self):
        first, second = self._create_buyer((80, 1)), self._create_buyer((20, 1))
        customers = first | second
        for share, classes in ((80, ["main", "scattered"]), (81, ["main", "main"])):
            self._set("main_customer_share", share)
            self._refresh(customers)
            with self.subTest(share):
                self.assertEqual(customers.mapped("market_class"), classes)

    def test_scattered_up_to_the_number_of_the_settings(self):
        self._create_buyer((10000, 1))
        customers = self._create_buyer((1, 1), (1, 2)) | self._create_buyer(
            (1, 1), (1, 2), (1, 3)
        )
        self._set("scattered_customer_orders", 2)
        self.partners._refresh_sales_figures()
        self._refresh(customers)
        self.assertEqual(customers.mapped("market_class"), ["scattered", "ordinary"])

    def test_each_company_has_its_own_main_customers(self):
        third = self.env["res.company"].create({"name": "Third"})
        small = self._create_customer("Small", company_id=third.id)
        self._create_order(small, 1, company_id=third.id)
        big = self._create_buyer((100000, 1))
        self._refresh(small | big)
        self.assertEqual((small | big).mapped("market_class"), ["main", "main"])

    def test_only_what_changed_is_written(self):
        customer = self._create_buyer((10, 1))
        self.assertEqual(self._refresh(customer), 1)
        self.assertEqual(self._refresh(customer), 0)

    def test_the_night_writes_the_classes(self):
        customer = self._create_buyer((10, 1))
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_segments").method_direct_trigger()
        customer.invalidate_recordset()
        self.assertEqual(customer.market_class, "main")

    def test_settings_refuse_what_cannot_be(self):
        settings = self.env["res.config.settings"].create({})
        with self.assertRefused("1 or more"):
            settings.relations_new_customer_days = 0
        with self.assertRefused("1 to 100"):
            settings.relations_main_customer_share = 101

    def test_nonsense_among_the_parameters_does_not_break_the_night(self):
        self._set("new_customer_days", "soon")
        customer = self._create_buyer((10, 1))
        self._refresh(customer)
        self.assertEqual(customer.customer_age_class, "new")
        self.assertTrue(
            customer.first_order_on
            > self.company._get_relations_today() - timedelta(days=180)
        )
