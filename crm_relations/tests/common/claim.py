from datetime import timedelta

from odoo import fields

from .quota import QuotaCommon


class ClaimCommon(QuotaCommon):
    """A customer in the pool, and terms that refuse nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pool.write({"cool_down_days": 0, "freeze_hours": 0, "contact_days": 3})
        cls.one, cls.two = cls._create_pooled("One"), cls._create_pooled("Two")

    @classmethod
    def _create_pooled(cls, name="Pooled", **values):
        customer = cls._create_customer(name, **values)
        cls._put(customer)
        return customer

    @classmethod
    def _put(cls, customers, days=1):
        """Let these customers be in the pool since ``days`` days."""
        since = fields.Datetime.now() - timedelta(days=days)
        customers.write({"user_id": False})
        customers.write({"pool_id": cls.pool.id, "pool_since": since})

    def _claim(self, customers, user=None):
        answers = customers.with_user(user or self.sally).pool_claim()
        self.assertEqual([answer["id"] for answer in answers], customers.ids)
        for answer in answers:
            self.assertEqual(answer["ok"], answer["code"] == "ok")
            self.assertTrue(answer["message"])
        return [answer["code"] for answer in answers]

    def assertClaim(self, customers, codes, user=None):
        self.assertEqual(self._claim(customers, user), codes)
