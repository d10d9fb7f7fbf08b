from math import asin, cos, degrees, radians, sin

from odoo.tests import BaseCase, tagged

from ..tools import geo

# WGS-84 and GCJ-02 of the same places, as the open converters publish them.
PUBLISHED = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),  # Shanghai
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),  # Shenzhen
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),  # Beijing
]


@tagged("post_install", "-at_install")
class TestGeo(BaseCase):
    """FU-5: positions, distances and China's datum."""

    def assertPlace(self, found, expected, places=9):
        for one, other in zip(found, expected, strict=True):
            self.assertAlmostEqual(one, other, places=places)

    def test_published_points_both_ways(self):
        for wgs, gcj in PUBLISHED:
            with self.subTest(wgs):
                self.assertPlace(geo.gcj02_from_wgs84(*wgs), gcj)
                self.assertPlace(geo.wgs84_from_gcj02(*gcj), wgs)

    def test_published_distances(self):
        """Of bug reports: strongloop/loopback 904 (latitude and longitude exchanged),
        kristianmandrup/haversine 6, and a fence at the antimeridian."""
        for one, other, metres in (
            (
                (40.77492964101182, -73.90950187151662),
                (40.7753227, -73.909217),
                49.856,
            ),
            ((30.643491, 104.064254), (30.492061, 104.070882), 16850.2),
            ((-16.8, 179.99), (-16.8, -179.99), 2129.0),
            ((51.5, 0.1), (51.5, 0.1), 0),
        ):
            with self.subTest(one):
                found = geo.distance_m(*one, *other)
                self.assertAlmostEqual(found, metres, delta=0.1)

    def test_there_and_back_all_over_china(self):
        for latitude in range(2, 55, 4):
            for longitude in range(74, 137, 5):
                shifted = geo.gcj02_from_wgs84(latitude, longitude)
                with self.subTest((latitude, longitude)):
                    self.assertNotEqual(shifted, (latitude, longitude))
                    self.assertPlace(
                        geo.wgs84_from_gcj02(*shifted), (latitude, longitude)
                    )

    def test_a_position_comes_in_its_datum(self):
        for wgs, gcj in PUBLISHED:
            self.assertPlace(geo.to_wgs84(*gcj, geo.GCJ02), wgs)
            self.assertEqual(geo.to_wgs84(*gcj), gcj)

    def test_the_datums_differ_up_to_the_edges_of_the_shifted_part(self):
        south, north = geo.SHIFTED_LATITUDES
        west, east = geo.SHIFTED_LONGITUDES
        for place, out in (
            ((south, 100), (south - 0.01, 100)),
            ((north, 100), (north + 0.01, 100)),
            ((30, west), (30, west - 0.01)),
            ((30, east), (30, east + 0.01)),
        ):
            with self.subTest(place):
                self.assertNotEqual(geo.gcj02_from_wgs84(*place), place)
                self.assertEqual(geo.gcj02_from_wgs84(*out), out)

    def test_outside_china_the_datums_agree(self):
        for place in [(48.85, 2.35), (-33.87, 151.2), (0, 0), (40.7, -74)]:
            with self.subTest(place):
                self.assertEqual(geo.to_wgs84(*place, geo.GCJ02), place)

    def test_an_unknown_datum_is_an_error(self):
        with self.assertRaises(ValueError):
            geo.to_wgs84(0, 0, "BD09")

    def test_known_distances(self):
        quarter = geo.FARTHEST_M / 2
        for here, there, metres in [
            ((0, 0), (0, 90), quarter),
            ((0, 0), (90, 0), quarter),
            ((90, 0), (-90, 77), 2 * quarter),
            ((0, 179.5), (0, -179.5), quarter / 90),
            ((89.5, 0), (89.5, 180), quarter / 90),
            ((36.12, -86.67), (33.94, -118.4), 2886448),  # Nashville, Los Angeles
        ]:
            with self.subTest((here, there)):
                self.assertAlmostEqual(
                    geo.distance_m(*here, *there), metres, delta=metres / 1000
                )

    def test_positions_of_the_world(self):
        for place in [(0, 0), (90, 180), (-90, -180), (31.2, 121.5)]:
            self.assertTrue(geo.is_position(*place), place)
        nan, inf = float("nan"), float("inf")
        for place in [(90.1, 0), (0, 180.1), (nan, 0), (0, inf), (None, 0)]:
            self.assertFalse(geo.is_position(*place), place)
        for place in [("31", "121"), (True, False)]:
            self.assertFalse(geo.is_position(*place), place)

    def test_boxes_at_the_edges_of_the_map(self):
        self.assertEqual(len(geo.bounding_boxes(31, 121, 1000)), 1)
        self.assertEqual(len(geo.bounding_boxes(0, 179.999, 1000)), 2)
        self.assertEqual(len(geo.bounding_boxes(0, -179.999, 1000)), 2)
        [(south, west, north, east)] = geo.bounding_boxes(89.999, 0, 1000)
        self.assertEqual((west, north, east), (-180, 90, 180))
        [(south, west, north, east)] = geo.bounding_boxes(-89.999, 0, 1000)
        self.assertEqual((south, west, east), (-90, -180, 180))
        self.assertEqual(
            geo.bounding_boxes(0, 0, geo.FARTHEST_M), [(-90, -180, 90, 180)]
        )

    def test_two_boxes_meet_at_the_antimeridian(self):
        """Each as wide as the circle lies there."""
        angle = degrees(1000 / geo.EARTH_RADIUS_M)
        for here, near, far in ((179.999, 1, 0), (-179.999, 0, 1)):
            first, second = geo.bounding_boxes(0, here, 1000)
            self.assertEqual((first[3], second[1]), (180, -180))
            self.assertAlmostEqual(180 - first[1], angle + 0.001 * (near - far), 4)
            self.assertAlmostEqual(second[3] + 180, angle - 0.001 * (near - far), 4)

    def test_a_box_holds_its_circle_to_the_east_and_west_far_north_too(self):
        radius = 1_500_000
        [(south, west, north, east)] = geo.bounding_boxes(70, 20, radius)
        angle = radius / geo.EARTH_RADIUS_M
        # Where the meridian touches the circle: north of its centre.
        top = degrees(asin(sin(radians(70)) / cos(angle)))
        side = degrees(asin(sin(angle) / cos(radians(70))))
        self.assertAlmostEqual(geo.distance_m(70, 20, top, 20 + side), radius, delta=1)
        self.assertLessEqual(west, 20 - side)
        self.assertGreaterEqual(east, 20 + side)
        self.assertTrue(south < top < north)

    def test_the_other_end_of_the_world_is_half_way_round(self):
        for latitude in range(-89, 90):
            for tenth in range(10):
                place = latitude + tenth / 10
                found = geo.distance_m(place, 10, -place, -170)
                self.assertAlmostEqual(found, geo.FARTHEST_M, delta=1)
