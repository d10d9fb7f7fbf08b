from datetime import datetime

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import freeze_time, tagged

from ..tools import geo
from .common import RelationsCommon

PLACE = (31.1774276, 121.5272106)
HERE = (31.1784, 121.5272)  # about 108 m north
FAR = (31.1974, 121.5272)  # about 2.2 km north
NOW = "2026-03-02 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVisit(RelationsCommon):
    """FU-5: check-in and check-out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(
            "Great Wall",
            user_id=cls.sally.id,
            partner_latitude=PLACE[0],
            partner_longitude=PLACE[1],
        )
        cls.visits = cls.env["crm.followup"].with_user(cls.sally)

    def _check_in(self, position=HERE, accuracy_m=20, partner=None, **values):
        partner = partner or self.customer
        return self.visits.browse(
            self.visits.check_in(partner.id, *position, accuracy_m, **values)
        )

    def _check_out(self, visit, position=HERE, minutes=45, **values):
        with freeze_time(f"2026-03-02 10:{minutes}:00"):
            return visit.check_out(*position, 20, **values)

    def test_a_visit_at_the_customer_is_verified(self):
        visit = self._check_in()
        self.assertRecordValues(
            visit,
            [
                {
                    "partner_id": self.customer.id,
                    "user_id": self.sally.id,
                    "date": datetime(2026, 3, 2, 10),
                    "visit_result": "verified",
                    "is_open_visit": True,
                    "check_in_accuracy_m": 20,
                    "position_datum": "WGS84",
                }
            ],
        )
        self.assertEqual(visit.kind_id.channel, "visit")
        self.assertAlmostEqual(visit.check_in_distance_m, 108, delta=1)
        self.assertEqual(self.customer.last_followup_at, visit.date)
        self.assertEqual(self._check_out(visit), 45)
        self.assertRecordValues(
            visit,
            [
                {
                    "duration_minutes": 45,
                    "check_out_at": datetime(2026, 3, 2, 10, 45),
                    "visit_result": "verified",
                    "is_open_visit": False,
                }
            ],
        )

    def test_out_of_range_needs_a_reason_and_is_not_verified(self):
        with self.assertRefused("Say why", UserError):
            self._check_in(FAR)
        with self.assertRefused("Say why", UserError):
            self._check_in(FAR, reason="  ")
        visit = self._check_in(FAR, reason="Met at the site")
        self.assertEqual(visit.visit_result, "far")
        self.assertEqual(visit.out_of_range_reason, "Met at the site")

    def test_gone_before_the_check_out_it_is_not_verified(self):
        visit = self._check_in()
        with self.assertRefused("Say why", UserError):
            self._check_out(visit, FAR)
        self._check_out(visit, FAR, reason="Drove on together")
        self.assertEqual(visit.visit_result, "far")
        self.assertAlmostEqual(visit.check_out_distance_m, 2220, delta=5)

    def test_the_settings_say_how_near_and_how_accurate(self):
        settings = self.env["res.config.settings"]
        settings.create({"visit_range_m": 100, "visit_accuracy_m": 10}).execute()
        with self.assertRefused("Say why", UserError):
            self._check_in()
        settings.create({"visit_range_m": 110, "visit_accuracy_m": 10}).execute()
        self.assertEqual(self._check_in().visit_result, "inaccurate")
        with self.assertRefused("between 1 and"):
            settings.create({"visit_range_m": 0, "visit_accuracy_m": 10})

    def test_a_customer_without_a_position_is_visited_but_not_verified(self):
        self.customer.is_located = False
        visit = self._check_in()
        self.assertEqual(visit.visit_result, "unlocated")
        visit.action_store_position()
        self.assertTrue(self.customer.is_located)
        self._check_out(visit)
        self.assertEqual(visit.visit_result, "unlocated")

    def test_zero_is_a_place(self):
        self.customer.write({"partner_latitude": 0, "partner_longitude": 0})
        self.assertEqual(self._check_in((0, 0)).visit_result, "verified")
        with self.assertRefused("checked in", UserError):
            self._check_in((0, 0), partner=self._create_customer("Other"))

    def test_a_device_in_the_other_datum(self):
        shifted = geo.gcj02_from_wgs84(*HERE)
        visit = self._check_in(shifted, datum="GCJ02")
        self.assertAlmostEqual(visit.check_in_distance_m, 108, delta=1)
        self.assertEqual(visit.position_datum, "GCJ02")
        self._check_out(visit, HERE)
        self.assertAlmostEqual(visit.check_out_latitude, shifted[0], places=5)
        self.assertEqual(visit.visit_result, "verified")

    def test_a_branch_is_visited_where_it_is(self):
        branch = self._create_person(self.customer, "Branch")
        branch.write({"partner_latitude": FAR[0], "partner_longitude": FAR[1]})
        visit = self._check_in(FAR, partner=branch)
        self.assertEqual(visit.visit_result, "verified")
        self.assertEqual(visit.customer_id, self.customer)

    def test_checked_in_twice_it_is_one_visit(self):
        visit = self._check_in()
        self.assertEqual(self._check_in(), visit)

    def test_two_taps_at_the_same_time_are_one_visit(self):
        self._check_in()
        self.patch(type(self.visits), "_get_open_visit", lambda visits: visits.browse())
        with self.assertRaises(ConcurrencyError):
            self._check_in()

    def test_nobody_is_at_two_customers(self):
        visit = self._check_in()
        other = self._create_customer("Other")
        with self.assertRefused("still checked in at Great Wall", UserError):
            self._check_in(partner=other)
        self._check_out(visit)
        self.assertEqual(self._check_in(partner=other).partner_id, other)

    def test_without_a_position_it_ends_but_is_not_verified(self):
        visit = self._check_in()
        with freeze_time("2026-03-02 10:30:00"):
            self.assertEqual(visit.check_out(), 30)
        self.assertEqual(visit.visit_result, "incomplete")

    def test_a_forgotten_check_out_counts_no_minutes(self):
        visit = self._check_in()
        with freeze_time("2026-03-03 09:00:00"):
            visit.check_out(*HERE, 20)
        self.assertEqual(visit.duration_minutes, 0)
        self.assertEqual(visit.visit_result, "forgotten")

    def test_only_an_open_visit_ends(self):
        visit = self._check_in()
        self._check_out(visit)
        with self.assertRefused("is over", UserError):
            visit.check_out(*HERE, 20)
        with self.assertRaises(AccessError):
            self._check_in().with_user(self.sam).check_out(*HERE, 20)

    def test_what_the_device_told_nobody_changes(self):
        visit = self._check_in(FAR, reason="Site")
        for values in [
            {"visit_result": "verified"},
            {"check_in_latitude": PLACE[0]},
            {"check_in_distance_m": 1},
            {"check_out_at": "2026-03-02 09:00:00"},
        ]:
            with self.subTest(values), self.assertRaises(AccessError):
                visit.write(values)
        for values in [{"date": "2026-03-01 10:00:00"}, {"duration_minutes": 600}]:
            with self.subTest(values), self.assertRefused("measured", UserError):
                visit.write(values)
        with self.assertRaises(AccessError):
            self.visits.create(
                {
                    "partner_id": self.customer.id,
                    "purpose": "Visit",
                    "visit_result": "verified",
                }
            )

    def test_moved_to_another_customer_it_is_measured_again(self):
        """FU-2"""
        visit = self._check_in()
        other = self._create_customer(
            "Other", partner_latitude=FAR[0], partner_longitude=FAR[1]
        )
        visit.partner_id = other
        self.assertEqual(visit.visit_result, "far")
        self.assertFalse(self.customer.last_followup_at)
        self.assertEqual(other.last_followup_at, visit.date)

    def test_bad_positions_are_refused_and_leave_nothing(self):
        for position, accuracy in [
            ((91, 0), 10),
            ((0, 181), 10),
            ((None, None), 10),
            (("a", "b"), 10),
            (HERE, -1),
            (HERE, None),
            (HERE, float("nan")),
        ]:
            with self.subTest((position, accuracy)):
                with self.assertRefused("osition"):
                    self._check_in(position, accuracy)
        self.assertFalse(self.customer.followup_ids)

    def test_the_button_asks_the_browser_and_then_for_a_reason(self):
        customer = self.customer.with_user(self.sally)
        action = customer.action_check_in()
        self.assertEqual(action["tag"], "crm_relations_locate")
        self.assertEqual(action["params"]["method"], "check_in_here")
        position = {"latitude": FAR[0], "longitude": FAR[1], "accuracy_m": 20}
        asked = customer.check_in_here(position)
        wizard = (
            self.env["crm.visit.wizard"]
            .with_user(self.sally)
            .with_context(**asked["context"])
            .create({"reason": "At the site"})
        )
        self.assertAlmostEqual(wizard.distance_m, 2220, delta=5)
        visit = self.visits.browse(wizard.action_apply()["res_id"])
        self.assertEqual(visit.out_of_range_reason, "At the site")
        asked = visit.check_out_here(position)
        self.assertEqual(asked["context"]["default_followup_id"], visit.id)
        visit.check_out_here(False)
        self.assertFalse(visit.is_open_visit)
