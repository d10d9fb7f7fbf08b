from unittest.mock import patch

from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestOwnershipCost(RelationsCommon):
    """Asking who may write costs others nothing, and does not grow with records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sally.group_ids |= cls.env.ref("base.group_partner_manager")

    def _create_contacts(self, count, **values):
        return self.env["res.partner"].create(
            [{"name": f"C{n}", "is_company": True, **values} for n in range(count)]
        )

    def _write_one_by_one(self, partners, values):
        for partner in partners.with_user(self.sally):
            partner.write(values)

    def _count(self, partners, values):
        """Return how many statements it takes, with the guard and without."""
        counts = []
        guard = self.registry["res.partner"]
        for stub in (lambda _self, _vals: None, guard._check_may_write):
            self.env.flush_all()
            self.env.invalidate_all()
            with patch.object(guard, "_check_may_write", stub):
                counts.append(
                    self._count_statements(
                        lambda: self._write_one_by_one(partners, values)
                    )
                )
        return counts

    def test_plain_contacts_cost_nothing(self):
        partners = self._create_contacts(100)
        self._write_one_by_one(partners, {"function": "warm"})
        bare, guarded = self._count(partners, {"function": "A"})
        self.assertLessEqual(guarded, bare + 1)  # the switch of the company, cached

    def test_a_hundred_customers_one_by_one_cost_three_statements(self):
        partners = self._create_contacts(
            100, is_managed_customer=True, user_id=self.sally.id
        )
        self._write_one_by_one(partners, {"function": "warm"})
        bare, guarded = self._count(partners, {"function": "B"})
        self.assertLessEqual(guarded, bare + 3)

    def test_as_many_statements_for_many_as_for_few(self):
        partners = self._create_contacts(
            60, is_managed_customer=True, user_id=self.sam.id
        )
        partners.share_with(self.sally.id)
        counts = []
        partners.with_user(self.sally)._check_may_write({"phone": "1"})  # caches
        for some in (partners[:3], partners[3:]):
            self.env.flush_all()
            self.env.invalidate_all()
            counts.append(
                self._count_statements(
                    lambda some=some: some.with_user(self.sally)._check_may_write(
                        {"phone": "1"}
                    )
                )
            )
        self.assertEqual(*counts)
