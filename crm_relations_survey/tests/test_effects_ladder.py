"""KA-6: what customers answer is evidence of where a key account stands."""

from odoo.tests import tagged

from .common.loop import LoopCommon


@tagged("post_install", "-at_install")
class TestEffectsLadder(LoopCommon):
    def test_the_average_of_the_answers_counts(self):
        ladder = self.env.ref("crm_relations.crm_account_ladder_loyalty")
        criteria = ladder.step_ids.criterion_ids
        shipped = criteria.filtered(lambda one: one.evidence == "satisfaction")
        (criteria - shipped).unlink()
        self.customer.user_id = self.sally
        company = self.customer._get_relation_company()
        ladder.write({"company_ids": company.ids, "audience": "owned"})
        for answer, figure in (((10, 10), 100), ((1, 1), 55)):
            self._answer(*answer, occasion=str(figure))
            ladder._judge(self.customer.ids)
            standing = self.env["crm.account.standing"].search(
                [("partner_id", "=", self.customer.id)]
            )
            self.assertEqual(standing.facts["figures"], [figure])
            reached = ladder.step_ids if figure >= 80 else ladder.step_ids[:1]
            self.assertEqual(standing.step_id, reached[-1])
