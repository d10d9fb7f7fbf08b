"""PO-9: a customer is claimed or put aside, never both."""

from at_once import AtOnceCase
from parallel_aside import CUSTOMERS

from odoo.tests import tagged

FATES = """
    SELECT partner.user_id IS NOT NULL, aside.id IS NOT NULL
      FROM res_partner AS partner
 LEFT JOIN crm_pool_aside AS aside
        ON aside.partner_id = partner.id AND aside.active
     WHERE partner.ref = 'SEA'
"""


@tagged("post_install", "-at_install")
class TestPoolAsideParallel(AtOnceCase):
    module = "parallel_aside"

    def test_a_customer_is_claimed_or_put_aside(self):
        for number in range(CUSTOMERS):
            self._run_all_at_once([["claim", number], ["put_aside", number]])
        fates = self.scratch.query(FATES)
        self.assertEqual(len(fates), CUSTOMERS)
        for claimed, aside in fates:
            self.assertNotEqual(claimed, aside)
