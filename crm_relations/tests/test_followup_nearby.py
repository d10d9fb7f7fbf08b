from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..tools import geo
from .common import RelationsCommon

HERE = (31.1774276, 121.5272106)
DEGREE_M = geo.FARTHEST_M / 180


@tagged("post_install", "-at_install")
class TestNearby(RelationsCommon):
    """FU-5: customers near a place."""

    def _place(self, name, latitude, longitude, **values):
        return self._create_customer(
            name, partner_latitude=latitude, partner_longitude=longitude, **values
        )

    def _near(self, latitude, longitude, radius_m=5000, user=None, **values):
        partners = self.env["res.partner"].with_user(user or self.max)
        found = partners.nearby(latitude, longitude, radius_m, **values)
        return [(partners.browse(row["id"]).name, row["distance_m"]) for row in found]

    def _names_near(self, *arguments, **values):
        return [name for name, _distance in self._near(*arguments, **values)]

    def test_nearest_first_with_distances(self):
        latitude, longitude = HERE
        self._place("Far", latitude + 0.03, longitude)
        self._place("Near", latitude + 0.01, longitude)
        self._place("Too far", latitude + 0.05, longitude)
        [(first, one), (second, three)] = self._near(*HERE)
        self.assertEqual((first, second), ("Near", "Far"))
        self.assertAlmostEqual(one, DEGREE_M / 100, delta=1)
        self.assertAlmostEqual(three, 3 * DEGREE_M / 100, delta=1)

    def test_the_radius_belongs_to_it_and_the_corner_of_the_box_does_not(self):
        self._place("Edge", 0.5, 20)
        distance = geo.distance_m(0, 20, 0.5, 20)
        self.assertEqual(self._names_near(0, 20, distance + 0.01), ["Edge"])
        self.assertEqual(self._names_near(0, 20, distance - 1), [])
        self._place("Corner", 0.45, 20.45)
        self.assertEqual(self._names_near(0, 20, distance + 0.01), ["Edge"])

    def test_each_position_is_compared_in_one_datum(self):
        gcj = geo.gcj02_from_wgs84(*HERE)
        self._place("By device", *HERE, geo_datum="WGS84")
        self._place("By map", *gcj, geo_datum="GCJ02")
        for position, datum in [(HERE, "WGS84"), (gcj, "GCJ02")]:
            with self.subTest(datum):
                names = self._names_near(*position, 1, datum=datum)
                self.assertEqual(names, ["By device", "By map"])
        self.assertEqual(self._names_near(*gcj, 100), [])

    def test_across_the_antimeridian_and_around_the_poles(self):
        self._place("East", 0, 179.99)
        self._place("West", 0, -179.98)
        self.assertEqual(self._names_near(0, 180), ["East", "West"])
        self.assertEqual(self._names_near(0, -180), ["East", "West"])
        self._place("Polar", 89.99, 170)
        self._place("Beyond", 89.98, -20)
        self.assertEqual(self._names_near(90, 0), ["Polar", "Beyond"])
        self.assertEqual(self._names_near(89.99, -10), ["Beyond", "Polar"])

    def test_zero_is_a_place_and_no_position_is_none(self):
        zero = self._place("Zero", 0, 0)
        self._create_customer("Unknown")
        self.assertTrue(zero.is_located)
        self.assertEqual(self._near(0, 0), [("Zero", 0.0)])
        zero.write({"partner_latitude": 5, "partner_longitude": 5})
        self.assertEqual(self._names_near(0, 0), [])
        zero.write({"partner_latitude": 0, "partner_longitude": 0})
        self.assertEqual(self._names_near(0, 0), ["Zero"])

    def test_a_position_that_is_forgotten_is_none(self):
        customer = self._place("Moved", 5, 5)
        # So does Odoo when an address changes.
        customer.write(
            {"street": "New", "partner_latitude": 0.0, "partner_longitude": 0.0}
        )
        self.assertFalse(customer.is_located)
        self.assertEqual(self._names_near(0, 0), [])

    def test_a_copy_of_a_customer_without_position_has_none(self):
        self.assertFalse(self._create_customer("Unknown").copy().is_located)
        self.assertTrue(self._place("Zero", 0, 0).copy().is_located)

    def test_who_has_no_role_writes_positions_as_before(self):
        clerk = self._create_user("clerk", "group_custodian")
        clerk.group_ids = self.env.ref("base.group_partner_manager") | self.env.ref(
            "base.group_user"
        )
        contacts = self.env["res.partner"].with_user(clerk)
        contact = contacts.create(
            {"name": "Zero", "partner_latitude": 0, "partner_longitude": 0}
        )
        contact.write({"partner_latitude": 0, "partner_longitude": 0})
        self.assertTrue(contact.sudo().is_located)
        contact.copy()

    def test_salespeople_see_the_own_and_the_free_ones_managers_all(self):
        self._place("Hers", *HERE, user_id=self.sally.id)
        self._place("His", *HERE, user_id=self.sam.id)
        self._place("Nobody's", *HERE)
        pooled = self._place("Pooled", *HERE)
        pooled.pool_id = self.pool
        seen = self._names_near(*HERE, user=self.sally)
        self.assertEqual(set(seen), {"Hers", "Nobody's", "Pooled"})
        self.assertIn("His", self._names_near(*HERE, user=self.max))

    def test_only_customers_in_use_of_ones_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._place("Archived", *HERE, active=False)
        self._place("Vendor", *HERE, is_managed_customer=False)
        self._place("Elsewhere", *HERE, company_id=other.id)
        self.assertEqual(self._names_near(*HERE), [])

    def test_who_reads_no_contacts_finds_none(self):
        portal = self._create_user("portal", "group_user")
        portal.group_ids = self.env.ref("base.group_portal")
        with self.assertRaises(AccessError):
            self._near(*HERE, user=portal)

    def test_bad_input_is_refused(self):
        nan = float("nan")
        for values, message in [
            ((91, 0, 100), "latitude"),
            ((0, -181, 100), "longitude"),
            ((nan, 0, 100), "position"),
            (("31", "121", 100), "position"),
            ((None, None, 100), "position"),
            ((0, 0, -1), "radius"),
            ((0, 0, nan), "radius"),
            ((0, 0, 1e9), "radius"),
            ((0, 0, "far"), "radius"),
            ((0, 0, 100, "BD09"), "datum"),
        ]:
            with self.subTest(values), self.assertRefused(message):
                self.env["res.partner"].nearby(*values)

    def test_a_customer_outside_the_world_is_refused(self):
        for position in [(91, 0), (0, 181), (-90.5, 0)]:
            with self.subTest(position), self.assertRaises(ValidationError):
                self._place("Nowhere", *position)

    def test_one_statement_whatever_there_is(self):
        def ask():
            self.env["res.partner"].nearby(*HERE, 5000)

        self._place("One", *HERE)
        ask()
        for count in (0, 30):
            for number in range(count):
                self._place(f"C{number}", HERE[0] + number / 10000, HERE[1])
            self.env.flush_all()
            with self.subTest(count), self.assertQueryCount(1):
                ask()

    def test_the_index_is_used(self):
        """Whatever the database knew of how many customers there are."""
        for number in range(100):
            self._place(f"C{number}", HERE[0] - 30 - number / 10, HERE[1])
        self.env.flush_all()
        self.env.cr.execute("ANALYZE res_partner")
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = self.env["res.partner"]._get_nearby_sql(*HERE, 1000)
        self.env.cr.execute("EXPLAIN " + query.code, query.params)
        self.assertIn("geo_idx", str(self.env.cr.fetchall()))

    def test_the_list_of_ones_own_device(self):
        self._place("Hers", *HERE, user_id=self.sally.id)
        self._place("His", *HERE, user_id=self.sam.id)
        lists = self.env["crm.visit.nearby"].with_user(self.sally)
        position = {"latitude": HERE[0] + 0.02, "longitude": HERE[1], "accuracy_m": 9}
        for _again in range(2):
            action = lists.open_here(position)
        self.assertEqual(action["res_model"], "crm.visit.nearby")
        lines = lists.search([])
        self.assertEqual(lines.partner_id.mapped("name"), ["Hers"])
        self.assertEqual(lines.distance, "2.2 km")
        self.assertFalse(lists.with_user(self.sam).search([]))
