"""CL-6: two registrations at the same moment close no circle."""

from at_once import AtOnceCase

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestReferralParallel(AtOnceCase):
    module = "parallel_referrals"

    def test_two_at_once_close_no_circle(self):
        """A brought B and C brought D: now B brings C, and D brings A."""
        self._run_at_once("bring", [["B", "C"], ["D", "A"]])
        rows = self.scratch.query(
            """
            SELECT count(*), count(DISTINCT number) FROM crm_referral
             WHERE state <> 'refused'
            """
        )
        self.assertEqual(rows, [(3, 3)])
