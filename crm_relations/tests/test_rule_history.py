from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestRuleHistory(RelationsCommon):
    """One timeline of all ledgers of a customer (screens.md, customer form)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls._create_order(cls.customer, 1000, days_ago=3)
        cls._create_scheme(domain=cls._only(cls.customer))
        cls.env["crm.segmentation"]._decide(cls.customer.ids)
        cls.customer.user_id = cls.max

    def _get_lines(self, user=None, **options):
        customer = self.customer.with_user(user or self.rita)
        return customer.get_history(**options)["lines"]

    def _log_owner(self, **values):
        return self.env["crm.ownership.change"].create(
            {
                "partner_id": self.customer.id,
                "kind": "edit",
                "facts": {"code": "owner_edit", "user": self.max.id},
                **values,
            }
        )

    def test_all_ledgers_in_one_line_of_time(self):
        lines = self._get_lines()
        self.assertGreaterEqual({line["kind"] for line in lines}, {"owner", "tier"})
        newest = next(line for line in lines if line["kind"] == "owner")
        self.assertEqual(newest["title"], f"{self.sally.name} → {self.max.name}")
        self.assertTrue(all(line["date"] and line["label"] for line in lines))
        tier = next(line for line in lines if line["kind"] == "tier")
        self.assertEqual(tier["text"], self.customer.tier_change_ids[:1].reason)

    def test_newest_first_and_page_by_page(self):
        old = [
            self._log_owner(decided_at=f"2020-01-0{number}") for number in range(1, 6)
        ]
        all_lines = [line["key"] for line in self._get_lines(limit=100)]
        pages = [
            line["key"]
            for offset in range(0, len(all_lines), 2)
            for line in self._get_lines(offset=offset, limit=2)
        ]
        self.assertEqual(pages, all_lines)
        self.assertEqual(all_lines[-5:], [f"owner-{line.id}" for line in old[::-1]])

    def test_one_kind_and_no_unknown_one(self):
        kinds = {line["kind"] for line in self._get_lines(kinds=["tier"])}
        self.assertEqual(kinds, {"tier"})
        self.assertFalse(self._get_lines(kinds=["res_users; DROP TABLE x"]))

    def test_lines_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.ownership_change_ids.company_id = other
        self.assertNotIn("owner", {line["kind"] for line in self._get_lines()})

    def test_no_history_for_who_may_not_read_the_customer(self):
        stranger = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "portal-history",
                "group_ids": [(6, 0, [self.env.ref("base.group_portal").id])],
            }
        )
        with self.assertRaises(AccessError):
            self.customer.with_user(stranger).get_history()

    def test_statements_do_not_grow_with_the_lines(self):
        customer = self.customer.with_user(self.rita)

        def read():
            self.env.invalidate_all()
            return customer.get_history(limit=100)

        read()
        few = self._count_statements(read)
        for _number in range(30):
            self._log_owner(from_user_id=self.sally.id, to_user_id=self.max.id)
        read()
        self.assertEqual(self._count_statements(read), few)
