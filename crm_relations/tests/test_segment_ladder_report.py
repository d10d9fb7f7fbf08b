from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestLadderReport(RelationsCommon):
    """SE-9: the ladder of owners and teams."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"].union(
            *(
                cls._create_customer(f"C{number}", user_id=cls.sally.id)
                for number in range(3)
            )
        )
        once, fan, _unknown = cls.customers
        cls._create_order(once, 10)
        cls._create_customer("Friend", referred_by_id=fan.id)
        fan._refresh_relationship(cls.customers.ids)
        cls.report = cls.env["crm.relationship.report"]

    def _read(self, by):
        return self.report._read_group(
            [("partner_id", "in", self.customers.ids)], by, ["__count", "stars:avg"]
        )

    def test_average_over_the_customers_with_a_level(self):
        self.assertEqual(self.customers.mapped("relationship_level"), ["2", "3", False])
        self.assertEqual(self._read(["user_id"]), [(self.sally, 3, 2.5)])
        self.assertEqual(self._read(["team_id"]), [(self.north, 3, 2.5)])

    def test_a_change_of_owner_or_team_shows_at_once(self):
        self.customers[0].user_id = self.sam
        self.assertEqual(
            self._read(["team_id"]), [(self.north, 2, 3), (self.south, 1, 2)]
        )

    def test_lines_open_their_customer(self):
        line = self.report.search([("partner_id", "=", self.customers[0].id)])
        self.assertEqual(line.action_open_customer()["res_id"], self.customers[0].id)

    def test_managers_read_it_within_their_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customers[0].company_id = other
        domain = [("partner_id", "in", self.customers.ids)]
        found = self.report.with_user(self.max).search(domain)
        self.assertEqual(found.partner_id, self.customers[1:])
        with self.assertRaises(AccessError):
            self.report.with_user(self.sally).search(domain)

    def test_groups_stand_in_the_order_of_layers_and_levels(self):
        partners = self.env["res.partner"].with_context(read_group_expand=True)
        for name in ("lifecycle", "relationship_level"):
            groups = partners.web_read_group(
                [("id", "in", self.customers.ids)], [name], ["__count"]
            )["groups"]
            keys = [group[name] for group in groups if group[name]]
            with self.subTest(name):
                self.assertEqual(
                    keys, [key for key, _label in partners._fields[name].selection]
                )
