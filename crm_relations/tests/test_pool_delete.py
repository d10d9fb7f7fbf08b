from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.hiding import HidingCommon


@tagged("post_install", "-at_install")
class TestPoolDelete(HidingCommon):
    """A pool goes when nobody is in it and nobody has been: what it hides is never
    lost, and history can name it."""

    def _refuse(self, words, pools=None):
        pools = (self.hiding if pools is None else pools).with_user(self.administrator)
        with self.assertRaisesRegex(UserError, words):
            pools.unlink()
        self.assertTrue(pools.exists())

    def setUp(self):
        super().setUp()
        self.administrator = self._create_user("head", "group_administrator")

    def test_one_with_customers_is_refused_with_what_to_do_first(self):
        before = self._get_values(self.customer, self.person)
        self._release()
        self._refuse("“Hiding”, archived ones included: 1. Move them")
        self._claim()
        self.assertEqual(self._get_values(self.customer, self.person), before)

    def test_an_archived_customer_counts(self):
        self._release()
        self.customer.sudo().active = False
        self._refuse("archived ones included: 1.")

    def test_a_customer_of_another_company_counts(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_customer("There", company_id=other.id, pool_id=self.hiding.id)
        self._refuse("archived ones included: 1.")

    def test_one_in_which_a_customer_has_been_stays_for_history(self):
        self._release()
        self._claim()
        self._refuse("Customers have been in the pool “Hiding”, and their history")
        self.hiding.with_user(self.administrator).active = False
        change = self.customer.ownership_change_ids.filtered("to_pool_id")
        self.assertEqual(change.to_pool_id, self.hiding)

    def test_one_into_which_a_rule_releases_is_refused_by_name(self):
        rule = self.env["crm.pool.rule"].create(
            {"name": "Ninety days", "days": 90, "pool_id": self.hiding.id}
        )
        self._refuse("“Ninety days” releases customers into “Hiding”")
        rule.active = False
        self._refuse("“Ninety days” releases customers into “Hiding”")
        rule.unlink()
        self.hiding.with_user(self.administrator).unlink()
        self.assertFalse(self.hiding.exists())

    def test_one_that_was_never_used_goes_also_beside_a_used_one_not(self):
        empty = self.hiding.create({"name": "Empty"})
        self._release()
        self._refuse("“Hiding”", empty | self.hiding)
        self.assertTrue(empty.exists())
        empty.with_user(self.administrator).unlink()
        self.assertFalse(empty.exists())

    def test_it_is_said_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self._release()
        with self.assertRaisesRegex(UserError, "请先"):
            self.hiding.with_context(lang="zh_CN").unlink()
