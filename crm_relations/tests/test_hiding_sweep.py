from odoo.modules.migration import exec_script
from odoo.modules.module import get_module_path
from odoo.tests import tagged

from .common.hiding import HidingCommon


@tagged("post_install", "-at_install")
class TestHidingSweep(HidingCommon):
    """Upgrading, uninstalling, and what another transaction has added unseen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all = (cls.customer, cls.person, cls.lead)

    def _pool_by_sql(self):
        """Put the customer into the pool, and leave its values where they are."""
        self.env.cr.execute(
            "UPDATE res_partner SET user_id = NULL, pool_id = %s WHERE id = %s",
            [self.hiding.id, self.customer.id],
        )
        self.env.invalidate_all()

    def test_an_upgrade_moves_what_was_masked_and_may_run_twice(self):
        before = self._get_values(*self.all)
        self._pool_by_sql()
        path = get_module_path("crm_relations")
        script = f"{path}/migrations/19.0.1.2.0/post-hiding.py"
        for _time in range(2):
            exec_script(self.env.cr, "19.0.1.1.0", script, "crm_relations", "post")
            self.env.invalidate_all()
            self.assertHidden(*self.all)
        self._claim()
        self.assertEqual(self._get_values(*self.all), before)

    def test_before_the_suite_goes_everything_comes_back(self):
        before = self._get_values(*self.all)
        self._release()
        self.hidden._show_all()
        self.assertEqual(self._get_values(*self.all), before)
        self.assertFalse(self.hidden.search_count([]))

    def test_the_night_hides_what_was_added_unseen_and_forgets_what_is_gone(self):
        self._release()
        self.env.cr.execute(
            "UPDATE res_partner SET phone = '+86 136 1111 2222' WHERE id = %s",
            [self.person.id],
        )
        self.env.invalidate_all()
        gone = self.lead.id
        self.lead.unlink()
        self.hidden._sweep()
        self.assertHidden(self.customer, self.person)
        self.assertFalse(
            self.hidden.search([("model", "=", "crm.lead"), ("res_id", "=", gone)])
        )
        self._claim()
        self.assertEqual(self.person.phone, "+86 136 1111 2222")

    def test_deleting_a_customer_loses_nothing_of_who_stays(self):
        before = self._get_values(self.person, self.lead)
        self._release()
        self.customer.with_user(self.rita).sudo().unlink()
        self.assertEqual(self._get_values(self.person, self.lead), before)
