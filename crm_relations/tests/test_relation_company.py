from odoo.tests import tagged
from odoo.tools import SQL

from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestRelationCompany(RelationsCommon):
    """A customer that all companies share is judged by the one named for it, as long as
    that is open; by the oldest one else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.default = cls.env["res.company"]._get_relations_default()
        cls.east = cls.env["res.company"].create({"name": "East"})
        cls.east.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "East", "tz": "Pacific/Kiritimati", "company_id": cls.east.id}
        )
        cls.default.resource_calendar_id.tz = "Pacific/Pago_Pago"
        cls.customer = cls._create_customer("Shared", user_id=cls.sally.id)
        cls.customer.write({"company_id": False, "relation_company_id": cls.east.id})

    def _get_judge(self):
        self.env.flush_all()
        self.env.invalidate_all()
        partners = self.env["res.partner"]
        [(judge, today)] = self.env.execute_query(
            SQL(
                "SELECT own.id, own.today FROM res_partner AS partner JOIN %s"
                " WHERE partner.id = %s",
                partners._get_company_of_sql("own", "partner"),
                self.customer.id,
            )
        ) or [(None, None)]
        by_python = self.customer._get_relation_company()
        self.assertEqual(judge, by_python.id)
        self.assertEqual(today, by_python._get_relations_today())
        return by_python

    def test_python_and_statements_name_the_same_company(self):
        self.assertEqual(self._get_judge(), self.east)
        self.customer.relation_company_id = False
        self.assertEqual(self._get_judge(), self.default)
        self.customer.relation_company_id = self.east
        self.east.active = False
        self.assertEqual(self._get_judge(), self.default)
        self.east.active = True
        self.assertEqual(self._get_judge(), self.east)

    def test_a_customer_of_a_closed_company_goes_on_to_be_judged(self):
        rule = self.env["crm.lifecycle.rule"].create(
            {"name": "All", "layer": "loyal", "start_date": False, "sequence": -9}
        )
        self.east.active = False
        self.env.flush_all()
        rule.run()
        self._create_order(self.customer, 100)
        self.env["res.partner"]._refresh_sales_figures(self.customer.ids)
        self.env["res.partner"]._refresh_activity(self.customer.ids)
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.lifecycle, "loyal")
        self.assertEqual(self.customer.sales_total, 100)
        self.assertTrue(self.customer.next_order_expected_on)

    def test_rules_of_a_closed_company_leave_it_to_others(self):
        values = {"start_date": False, "sequence": -9}
        rules = self.env["crm.lifecycle.rule"].create(
            [
                {"name": "East", "layer": "dormant", "company_id": self.east.id},
                {"name": "All", "layer": "loyal"},
            ]
        )
        rules.write(values)
        rules.run()
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.lifecycle, "dormant")
        self.east.active = False
        rules.run()
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.lifecycle, "loyal")

    def test_its_clock_runs_on(self):
        rule = self._create_pool_rule(days=30)
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.assertEqual(self.customer.pool_rule_id, rule)
        self.east.active = False
        self.env["res.partner"]._refresh_release_dates(self.customer.ids)
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.pool_rule_id, rule)
