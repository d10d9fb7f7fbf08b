from odoo.modules.migration import exec_script
from odoo.modules.module import get_module_path
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestOwnershipUpgrade(RelationsCommon):
    """An upgrade from 19.0.1.1.0, which regulated ownership everywhere."""

    def _upgrade(self):
        script = f"{get_module_path('crm_relations')}/migrations/19.0.1.2.0"
        exec_script(
            self.env.cr,
            "19.0.1.1.0",
            f"{script}/pre-rights.py",
            "crm_relations",
            "pre",
        )
        self.env.invalidate_all()

    def test_it_goes_on_being_regulated(self):
        """The column has been made ahead, and is empty."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_company SET customers_are_owned = NULL")
        self._upgrade()
        self.assertTrue(self.company.customers_are_owned)

    def test_a_second_run_does_not_switch_it_on_again(self):
        self.company.customers_are_owned = False
        self.env.flush_all()
        self._upgrade()
        self.assertFalse(self.company.customers_are_owned)
