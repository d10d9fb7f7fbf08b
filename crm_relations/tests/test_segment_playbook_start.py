from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.playbook import PlaybookCommon


@tagged("post_install", "-at_install")
class TestPlaybookStart(PlaybookCommon):
    """SE-7: entering a layer starts its activities, once."""

    def test_entering_a_layer_starts_its_playbook_for_the_salesperson(self):
        customer = self._create_potential()
        self.assertFalse(self._get_activities(customer))
        self._enter(customer)
        activities = self._get_activities(customer)
        steps = self.new.plan_id.template_ids
        self.assertEqual(activities.user_id, self.sally)
        self.assertEqual(
            activities.mapped("date_deadline"),
            [self.today + timedelta(days=step.delay_count) for step in steps],
        )
        self.assertEqual(
            activities.mapped("summary"), steps.mapped("translated_summary")
        )
        self.assertIn(steps[0].translated_note, activities[0].note)
        self.assertEqual(activities[0].res_name, customer.display_name)
        self.assertEqual(activities.activity_type_id, steps.activity_type_id)
        self.assertRecordValues(
            customer.playbook_run_id,
            [{"layer": "new", "user_id": self.sally.id, "open_count": len(steps)}],
        )
        self.assertEqual(customer.playbook_guide, self.new.guide)

    def test_each_step_counts_from_the_day_of_whoever_does_it(self):
        self.sally.tz, self.sam.tz = "Pacific/Kiritimati", "Pacific/Pago_Pago"
        customers = self._create_potential(2)
        customers[1].user_id = self.sam
        self._enter(customers)
        days = [
            min(self._get_activities(customer).mapped("date_deadline"))
            for customer in customers
        ]
        self.assertEqual(
            days[0] - days[1],
            self.sally._get_relations_today() - self.sam._get_relations_today(),
        )

    def test_it_starts_on_the_day_of_the_company_that_judges(self):
        """The zones are 25 hours apart: it is never the same day in both."""
        companies = self.env["res.company"]
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
            calendar = self.env["resource.calendar"].create({"name": zone, "tz": zone})
            companies |= companies.create(
                {"name": zone, "resource_calendar_id": calendar.id}
            )
        customers = self.env["res.partner"].union(
            *(self._create_customer(company_id=company.id) for company in companies)
        )
        self.env["crm.lifecycle.change"].create(
            [
                {"partner_id": number, "old_layer": "potential", "new_layer": "new"}
                for number in customers.ids
            ]
        )
        self.playbooks._insert_runs(customers.ids)
        self.assertEqual(
            [customer.playbook_run_ids.started_on for customer in customers],
            [company._get_relations_today() for company in companies],
        )

    def test_an_entry_starts_its_playbook_once(self):
        customer = self._create_potential()
        self._enter(customer)
        before = self._get_activities(customer)
        self._run()
        self.env["crm.playbook"]._layer_changed([])
        self.env["crm.playbook"]._insert_runs(customer.ids)
        self.assertEqual(self._get_activities(customer), before)
        self.assertEqual(len(customer.playbook_run_ids), 1)
        run = customer.playbook_run_ids
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            run.copy()

    def test_a_database_that_is_being_sorted_starts_nothing(self):
        """First decisions of those who were there before the first of all."""
        self.env["crm.lifecycle.change"].search([]).unlink()
        customer = self._create_customer(user_id=self.sally.id)
        self._create_order(customer, 10)
        self._run()
        self.assertEqual(customer.lifecycle, "new")
        self.assertFalse(customer.playbook_run_ids)

    def test_whoever_came_in_the_second_of_the_first_decision_was_there(self):
        """Contacts are dated finer than decisions."""
        self.env["crm.lifecycle.change"].search([]).unlink()
        customer = self._create_customer()
        second = fields.Datetime.now()
        change = self.env["crm.lifecycle.change"].create(
            {"partner_id": customer.id, "new_layer": "new", "decided_at": second}
        )
        for later, starts in ((0.9, False), (1, True)):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE res_partner SET create_date = %s WHERE id = %s",
                [second + timedelta(seconds=later), customer.id],
            )
            self.playbooks._insert_runs(customer.ids)
            self.assertEqual(change in customer.playbook_run_ids.change_id, starts)

    def test_a_new_customer_starts_with_its_first_decision(self):
        older = self._create_potential()
        older.lifecycle_change_ids.decided_at = fields.Datetime.now() - timedelta(9)
        customer = self._create_potential()
        self.assertEqual(customer.playbook_run_id.layer, "potential")
        self.playbooks.for_new_customers = False
        self.assertFalse(self._create_potential().playbook_run_ids)

    def test_playbooks_can_be_switched_off(self):
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.relations_start_playbooks)
        settings.relations_start_playbooks = False
        settings.execute()
        customer = self._create_potential()
        self._enter(customer)
        self.assertFalse(customer.playbook_run_ids)
