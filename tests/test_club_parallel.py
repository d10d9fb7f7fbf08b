"""CL-1, CL-5: the last benefit is used once, one joins a club once, and the last seat
is taken once, however many try at the same time."""

from at_once import AtOnceCase

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestClubParallel(AtOnceCase):
    module = "parallel_clubs"

    def test_a_benefit_is_never_used_above_its_quota(self):
        self._run_at_once("use", [[]] * 4)
        rows = self.scratch.query("SELECT count(*) FROM crm_club_benefit_use")
        self.assertEqual(rows, [(2,)])

    def test_a_guest_joins_once(self):
        self._run_at_once("join", [[]] * 3)
        rows = self.scratch.query(
            """
            SELECT count(*), count(DISTINCT number)
              FROM crm_club_membership AS member
              JOIN res_partner AS guest ON guest.id = member.partner_id
             WHERE guest.name = 'Guest' AND member.state = 'active'
            """
        )
        self.assertEqual(rows, [(1, 1)])
        rows = self.scratch.query(
            """
            SELECT count(*) FROM loyalty_card AS card
              JOIN res_partner AS guest ON guest.id = card.partner_id
             WHERE guest.name = 'Guest'
            """
        )
        self.assertEqual(rows, [(1,)])

    def test_the_last_seat_of_a_level_is_taken_once(self):
        self._run_at_once("accept", [[0], [0], [1], [2]])
        rows = self.scratch.query(
            "SELECT state, count(*) FROM event_registration GROUP BY state"
        )
        self.assertEqual(rows, [("open", 1)])
        rows = self.scratch.query(
            "SELECT count(*) FROM crm_event_guest WHERE state = 'registered'"
        )
        self.assertEqual(rows, [(1,)])
