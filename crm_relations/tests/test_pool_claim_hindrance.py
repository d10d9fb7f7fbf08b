from odoo.tests import tagged

from .common.claim import ClaimCommon


@tagged("post_install", "-at_install")
class TestPoolClaimHindrance(ClaimCommon):
    """PO-7: what would only be refused is told before anybody clicks."""

    def _read(self, customers, user=None):
        customers.invalidate_recordset(["claim_hindrance"])
        return customers.with_user(user or self.sally).mapped("claim_hindrance")

    def test_it_says_what_the_claim_would_answer(self):
        self.pool.freeze_hours = 24
        self._put(self.one, days=0)
        self.assertEqual(bool(self._read(self.two)[0]), False)
        [hindrance] = self._read(self.one)
        [answer] = self.one.with_user(self.sally).pool_claim()
        self.assertEqual((answer["code"], answer["message"]), ("frozen", hindrance))

    def test_each_reader_has_the_own_one(self):
        self.pool.cool_down_days = 30
        self.assertClaim(self.one, ["ok"])
        self.one.with_user(self.sally).pool_release("Away")
        self.assertIn("You have had it before", self._read(self.one)[0])
        self.assertEqual(self._read(self.one, self.rita), [False])

    def test_who_has_an_owner_or_is_in_no_pool_has_none(self):
        nowhere = self._create_customer("Nowhere")
        self.assertClaim(self.one, ["ok"])
        self.assertEqual(self._read(self.one | nowhere), [False, False])

    def test_a_page_of_the_pool_costs_what_one_customer_does(self):
        many = self.one | self.two
        for number in range(8):
            many |= self._create_pooled(f"Many {number}")
        self._read(many)
        few = self._count_statements(lambda: self._read(self.one))
        self.assertEqual(self._count_statements(lambda: self._read(many)), few)
