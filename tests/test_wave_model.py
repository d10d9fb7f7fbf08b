"""PO-1: the nights of a limited pool in SQL against a plain Python model."""

from datetime import timedelta

import wave_model as model
from hypothesis import HealthCheck, Phase, given, settings
from trials import trials

from odoo import fields
from odoo.tests import TransactionCase, new_test_user, tagged

DAYS = 30


@tagged("post_install", "-at_install")
class TestWaveModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env["crm.pool.rule"].search([]).active = False
        cls.company = cls.env["res.company"]._get_relations_default()
        cls.company.customers_are_owned = True
        cls.owner = new_test_user(cls.env, "owner")
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": f"C{n}", "is_managed_customer": True, "user_id": cls.owner.id}
                for n in range(20)
            ]
        )
        cls.pool = cls.env["crm.pool"].create({"name": "Limited"})
        cls.rule = cls.env["crm.pool.rule"].create(
            {
                "name": "All",
                "days": DAYS,
                "pool_id": cls.pool.id,
                "start_date": cls.company._get_relations_today() - timedelta(days=99),
            }
        )

    @settings(
        max_examples=trials(40),
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(most=model.MOST, days=model.DAYS, later=model.LATER)
    def test_sql_gives_the_nights_that_the_model_gives(self, most, days, later):
        """A first round, then others become due as well."""
        with self.env.cr.savepoint() as savepoint:
            self.pool.most_per_night = most
            first = self.partners[: len(days)]
            due = dict(zip(first, days, strict=True))
            held = self._compare(most, due, {})
            held = {name: n for name, n in held.items() if n > max(due[name], 0)}
            others = self.partners[len(days) : len(days) + len(later)]
            due |= dict(zip(others, later, strict=True))
            self._compare(most, due, held)
            savepoint.rollback()
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def _compare(self, most, due, held):
        today = self.company._get_relations_today()
        partners = self.partners.browse(partner.id for partner in due)
        self.rule.domain = repr([("id", "in", partners.ids)])
        self.rule.start_date = today - timedelta(days=99)
        for partner, day in due.items():
            partner.owner_since = fields.Datetime.to_datetime(
                today + timedelta(days=day - DAYS, hours=0)
            ) + timedelta(hours=12)
        self.env.flush_all()
        partners._refresh_release_dates(partners.ids)
        moved = self.env["crm.pool.wave"]._plan_pool(self.pool)
        partners._refresh_release_dates(moved)
        found = {p: max((p.pool_release_date - today).days, 0) for p in partners}
        keyed = {partner.id: day for partner, day in due.items()}
        nights = model.give(most, keyed, {p.id: n for p, n in held.items()})
        self.assertEqual({p.id: n for p, n in found.items()}, nights)
        return found
