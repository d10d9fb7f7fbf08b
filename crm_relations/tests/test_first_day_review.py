"""The first day of a pool read again with fresh eyes."""

from unittest.mock import patch

from odoo.tests import tagged

from ..wizards.pool import crm_pool_first_day_preview
from .common.first_day import FirstDayCase


@tagged("post_install", "-at_install")
class TestFirstDayReview(FirstDayCase):
    def _get_days(self):
        return self._fill()._get_steps_in_force().mapped("days")

    def test_a_fourth_notice_is_not_lost_by_looking(self):
        steps = self.env["crm.pool.notice.step"]
        steps.search([]).active = False
        for days in (10, 7, 3, 1):
            steps.create(
                {
                    "days": days,
                    "company_id": self.company.id,
                    "to_leader": days == 1,
                }
            )
        wizard = self._fill()
        self.assertEqual(wizard._get_notices(), [10, 7, 1])
        wizard._install()
        self.assertEqual(sorted(self._get_days()), [1, 3, 7, 10])

    def test_other_notices_that_are_typed_take_the_place_of_all(self):
        steps = self.env["crm.pool.notice.step"]
        steps.search([]).active = False
        for days in (10, 7, 3, 1):
            steps.create({"days": days, "company_id": self.company.id})
        self._fill(second_notice_days=5)._install()
        self.assertEqual(sorted(self._get_days()), [1, 5, 10])

    def test_the_list_of_one_salesperson_is_cut_of_the_own_customers(self):
        """However many customers of others have been due for longer."""
        mine = self._create_customers(2, user_id=self.sam.id)
        self._age_ownership(mine, 70)
        wizard = self._fill()
        wizard.action_preview()
        [line] = wizard.owner_line_ids.filtered(lambda one: one.user_id == self.sam)
        self.assertEqual(line.leaving_count, 2)
        with patch.object(crm_pool_first_day_preview, "LISTED", 5):
            domain = line.action_view_customers()["domain"]
        self.assertEqual(self.env["res.partner"].search(domain), mine)
