from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import RelationsCommon

LOST = "[('x_gone_with_its_app', '=', 1)]"


@tagged("post_install", "-at_install")
class TestRuleHeld(RelationsCommon):
    """A rule whose conditions name a field that has gone: whom it judged last keeps
    what it gave him, and no rule after it takes over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Held", user_id=cls.sally.id)
        cls.only = repr([("id", "=", cls.customer.id)])

    def _lose(self, rule):
        self.env.flush_all()
        table = SQL.identifier(rule._table)
        self.env.cr.execute(
            SQL("UPDATE %s SET domain = %s WHERE id = %s", table, LOST, rule.id)
        )
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    @mute_logger("odoo.addons.crm_relations.models.segment.crm_segmentation")
    def _decide_tiers(self):
        self.env["crm.segmentation"]._decide_tiers(self.customer.ids)
        self.customer.invalidate_recordset()

    def test_a_tier_stays_though_another_scheme_judges_everybody(self):
        self.env["crm.tier.scheme"].search([]).is_in_force = False
        self._create_order(self.customer, 900)
        scheme = self._create_scheme(domain=self.only)
        self._decide_tiers()
        self.assertEqual(self.customer.tier_id, self.tier_a)
        other = self._create_customer("Greater", user_id=self.sally.id)
        self._create_order(other, 99000)
        everybody = self._create_scheme(domain="[]")
        self._lose(scheme)
        self._decide_tiers()
        everybody.run()
        self.assertEqual(other.tier_id, self.tier_a)
        self.assertEqual(self.customer.tier_id, self.tier_a)
        self.assertIn("keep what they have", scheme.sentence)
        self.assertIn("x_gone_with_its_app", scheme._get_problem())
        scheme.domain = "[('name', '=', 'Nobody')]"
        everybody.run()
        self.assertEqual(self.customer.tier_id, self.tier_c)

    def test_a_tier_set_by_hand_stays_while_a_scheme_cannot_be_read(self):
        self.env["crm.tier.scheme"].search([]).is_in_force = False
        scheme = self._create_scheme(domain=self.only)
        self._lose(scheme)
        today = self.company._get_relations_today()
        self.customer.with_user(self.max).set_tier(self.tier_a.id, today, "Guest")
        self.env.flush_all()
        self.customer.sudo().tier_override_until = today - timedelta(days=1)
        self._decide_tiers()
        self.assertEqual(self.customer.tier_id, self.tier_a)
        scheme.is_in_force = False
        self._decide_tiers()
        self.assertFalse(self.customer.tier_id)

    def test_a_layer_stays(self):
        rules = self.env["crm.lifecycle.rule"]
        values = {"start_date": False, "domain": self.only, "sequence": -5}
        first = rules.create({"name": "First", "layer": "loyal", **values})
        later = {"name": "Later", "layer": "mature", "sequence": -4, "domain": "[]"}
        rules.create({**later, "start_date": False})
        decide = self.env["crm.segmentation"]._decide_lifecycle
        decide(self.customer.ids)
        self.assertEqual(self.customer.lifecycle, "loyal")
        other = self._create_customer("Other")
        self._lose(first)
        decide((self.customer | other).ids)
        self.env.invalidate_all()
        self.assertEqual(self.customer.lifecycle, "loyal")
        self.assertEqual(other.lifecycle, "mature")
        before = {"name": "Before", "layer": "dormant", "sequence": -6}
        rules.create({**before, "start_date": False})
        decide(self.customer.ids)
        self.env.invalidate_all()
        self.assertEqual(self.customer.lifecycle, "dormant")

    def test_a_custodian_stays(self):
        rules = self.env["crm.custodian.rule"]
        rules.search([]).active = False
        values = {"start_date": False, "domain": self.only, "sequence": 1}
        first = rules.create({"name": "First", "custodian_id": self.carl.id, **values})
        later = {"name": "Later", "custodian_id": self.max.id, "sequence": 2}
        rules.create({**later, "start_date": False})
        refresh = self.env["crm.archive.upkeep"]._refresh
        refresh(self.customer.ids)
        self.assertEqual(self.customer.custodian_id, self.carl)
        self._lose(first)
        refresh(self.customer.ids)
        self.assertEqual(self.customer.custodian_id, self.carl)

    def test_who_lies_in_a_pool_stays_there(self):
        pools = self.env["crm.pool"]
        pool = pools.create({"name": "Lost", "domain": self.only})
        customer = self.customer
        customer.sudo().write({"user_id": False, "pool_id": pool.id})
        self.env.flush_all()
        self.assertEqual(customer.pool_id, pool)
        self._lose(pool)
        best = pools._get_best_pools(customer.ids)
        self.assertEqual(best.get(customer.id), pool.id)
