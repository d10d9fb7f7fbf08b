from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

SHANGHAI, EQUATOR = (31.2, 121.5), (0.0, 103.8)
PLACE = ("geo_latitude", "geo_longitude")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestFollowupMerge(RelationsCommon):
    """AR-12: positions, calls, visits, receptions and shares survive a merge."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls._create_customer("Kept", user_id=cls.sally.id)
        cls.lost = cls._create_customer("Lost", user_id=cls.sam.id)

    def _locate(self, partner, place, **values):
        latitude, longitude = place
        partner.write(
            {"partner_latitude": latitude, "partner_longitude": longitude, **values}
        )

    def _merge(self):
        self.env.flush_all()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.lost | self.kept).ids, self.kept, extra_checks=False
        )
        self.env.invalidate_all()

    def _get_near(self, place):
        found = self.env["res.partner"].nearby(*place, 10)
        return {row["id"] for row in found}

    def test_of_two_positions_the_survivors_stays_whole(self):
        self._locate(self.kept, EQUATOR, geo_datum="WGS84")
        self._locate(self.lost, SHANGHAI, geo_datum="GCJ02")
        self._merge()
        self.assertEqual([self.kept[name] for name in PLACE], [*EQUATOR])
        self.assertIn(self.kept.id, self._get_near(EQUATOR))

    def test_the_datum_of_the_other_does_not_move_it(self):
        self._locate(self.kept, SHANGHAI)
        self._locate(self.lost, SHANGHAI, geo_datum="GCJ02")
        self._merge()
        self.assertEqual([self.kept[name] for name in PLACE], [*SHANGHAI])

    def test_without_one_it_gets_that_of_the_other(self):
        self._locate(self.lost, SHANGHAI, geo_datum="GCJ02")
        where = [self.lost[name] for name in PLACE]
        self._merge()
        self.assertEqual([self.kept[name] for name in PLACE], where)
        self.assertEqual(self.kept.geo_datum, "GCJ02")

    def test_zero_is_a_place_after_a_merge_too(self):
        self._locate(self.lost, (0.0, 0.0))
        self._merge()
        self.assertTrue(self.kept.is_located)
        self.assertIn(self.kept.id, self._get_near((0, 0)))

    def test_calls_visits_and_receptions_move(self):
        self.lost.phone = "+86 138 0013 8000"
        self._locate(self.lost, SHANGHAI)
        followups = self.env["crm.followup"].with_user(self.sam)
        call_id = followups.log_call(
            "+8613800138000", "in", "2026-03-02T09:00:00Z", 60, call_id="A-1"
        )
        visit_id = followups.check_in(self.lost.id, *SHANGHAI, 5)
        reception = self.env["crm.reception"].create(
            {"partner_id": self.lost.id, "consultant_id": self.sam.id}
        )
        reception.action_hand_over()
        self._merge()
        moved = followups.browse([call_id, visit_id]) | reception.followup_id
        self.assertEqual(moved.partner_id, self.kept)
        self.assertEqual(moved.customer_id, self.kept)
        self.assertEqual(reception.partner_id, self.kept)
        self.assertEqual(self.kept.last_followup_at, fields.Datetime.now())
        self.assertEqual(self.kept.followup_count, 3)
        visit = followups.browse(visit_id)
        visit.check_out(*SHANGHAI, 5)
        self.assertEqual(visit.visit_result, "verified")
        again = followups.log_call("+8613800138000", "in", "x", 0, call_id="A-1")
        self.assertEqual(again, call_id)

    def test_whose_customer_it_is_has_no_share_of_it(self):
        self.lost.with_user(self.sam).share_with(self.sally.id)
        self.lost.with_user(self.sam).share_with(self.max.id)
        self._merge()
        self.assertEqual(self.kept.shared_user_ids, self.max)
        self.assertEqual(len(self.kept.share_history_ids), 2)
