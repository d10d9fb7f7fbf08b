"""KA-6: complaints are evidence of how a key account is looked after."""

from odoo.tests import tagged

from .common.effects import EffectsCommon


@tagged("post_install", "-at_install")
class TestEffectsLadder(EffectsCommon):
    def test_care_is_no_step_reached_while_a_complaint_is_open(self):
        ladder = self.env.ref("crm_relations.crm_account_ladder_loyalty")
        care = ladder.step_ids[0]
        shipped = care.criterion_ids.filtered(
            lambda one: one.evidence == "complaints_open"
        )
        self.assertEqual((shipped.compare, shipped.needed), ("most", 0))
        (care.criterion_ids - shipped).unlink()
        self.customer.user_id = self.env.user
        company = self.customer._get_relation_company()
        ladder.write({"company_ids": company.ids, "audience": "owned"})
        complaint = self._register(impact="low")
        ladder._judge(self.customer.ids)
        standings = self.env["crm.account.standing"]
        found = standings.search([("partner_id", "=", self.customer.id)])
        self.assertFalse(found.step_id)
        self.assertIn("1, at most 0", found.why["sentence"])
        self._end(complaint)
        ladder._judge(self.customer.ids)
        self.assertEqual(found.step_id, care)
