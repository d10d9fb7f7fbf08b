from odoo import fields

from .relations import RelationsCommon


class PlaybookCommon(RelationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lifecycle.rule"].search([]).start_date = fields.Date.today()
        cls.today = cls.company._get_relations_today()
        cls.playbooks = cls.env["crm.playbook"].search([])
        cls.new = cls.env.ref("crm_relations.crm_playbook_new")

    def _enter(self, customers, days_ago=2):
        """Let these potential customers order, so that they are new."""
        self._create_orders([(customer, 10, days_ago) for customer in customers])
        self._run()

    def _run(self):
        self.env["res.partner"]._refresh_sales_figures()
        return self.env["crm.lifecycle.rule"].run()

    def _create_potential(self, count=1, **values):
        values = {"user_id": self.sally.id} | values
        customers = self.env["res.partner"].union(
            *(self._create_customer(f"C{n}", **values) for n in range(count))
        )
        self._run()
        return customers

    def _get_activities(self, customers):
        self.env.invalidate_all()
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "in", customers.ids),
                ("crm_playbook_run_id", "!=", False),
            ]
        )
