from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestPoolAsideTour(PoolByHandCommon, HttpCase):
    """In a browser: who runs a pool finds who is put aside, and takes one back."""

    def test_who_runs_the_pool_takes_a_customer_back(self):
        until = self.company._get_relations_today() + timedelta(days=40)
        self.pooled.with_user(self.max).pool_put_aside(until, "Asked for quiet")
        self.start_tour(
            "/odoo/put-aside", "crm_relations_take_back", login="max", timeout=120
        )
        mine = self.pooled.with_user(self.sally)
        self.env.invalidate_all()
        self.assertTrue(mine.is_in_my_pool)
