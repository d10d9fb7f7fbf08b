"""KA-4: what complaints of a key account cost."""

from odoo.tests import tagged

from .common.case import CaseCommon


@tagged("post_install", "-at_install")
class TestEffectsAccountReturn(CaseCommon):
    def _count(self):
        """Return the lines of twelve months, by source."""
        returns = self.env["crm.account.return"]._count_for(
            self.complaint.partner_id.commercial_partner_id
        )
        one = returns.filtered(lambda one: one.kind == "months")
        return {line.source: line for line in one.line_ids}

    def _get_ids(self, line):
        action = line.action_open_documents()
        return self.env[action["res_model"]].search(action["domain"]).ids

    def test_a_remedy_costs_once_it_is_approved(self):
        remedy = self._ask(100)
        self.assertEqual(self._count()["remedy"].amount, 0)
        self.assertAnswers(remedy.with_user(self.alma).approve(), "ok")
        self._ask(70)
        line = self._count()["remedy"]
        self.assertEqual((line.amount, line.document_count), (100, 1))
        self.assertEqual(self._get_ids(line), remedy.ids)
        self.assertEqual(line.return_id.given, 100)
        self.assertAnswers(remedy.with_user(self.olga).book(), "ok")
        self.assertEqual(self._count()["remedy"].amount, 100)

    def test_handling_costs_what_settings_say_each_time(self):
        self.assertEqual(self._count()["complaint"].document_count, 0)
        self.complaint.company_id.complaint_handling_cost = 25
        line = self._count()["complaint"]
        self.assertEqual((line.amount, line.document_count), (25, 1))
        self.assertEqual(self._get_ids(line), self.complaint.ids)
        self.env.cr.execute("UPDATE crm_complaint SET state = 'merged'")
        self.env.invalidate_all()
        self.assertEqual(self._count()["complaint"].amount, 0)

    def test_a_complaint_of_a_contact_is_the_customers(self):
        customer = self.complaint.partner_id.commercial_partner_id
        person = self.env["res.partner"].create({"name": "P", "parent_id": customer.id})
        self.complaint.company_id.complaint_handling_cost = 25
        self.env.cr.execute(
            "UPDATE crm_complaint SET partner_id = %s WHERE id = %s",
            [person.id, self.complaint.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._count()["complaint"].amount, 25)
