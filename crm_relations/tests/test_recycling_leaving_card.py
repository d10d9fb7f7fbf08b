from datetime import timedelta

from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestLeavingCard(RelationsCommon):
    """Each sees the own customers that leave within a week, nobody else's."""

    def _count(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        day = self.env["crm.my.day"].with_user(user).get_day()
        [card] = [
            card
            for column in day["columns"]
            for card in column["cards"]
            if card["key"] == "leaving"
        ]
        return card["count"]

    def _set_release(self, customer, days):
        self.env.flush_all()
        today = self.company._get_relations_today()
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = %s WHERE id = %s",
            [today + timedelta(days=days), customer.id],
        )

    def test_within_a_week_it_stands_on_the_card_of_its_owner_only(self):
        self.env["crm.pool.rule"].search([]).active = False
        self.env["res.partner"].search([("pool_release_date", "!=", False)])._write(
            {"pool_release_date": False}
        )
        customer = self._create_customer("Leaving", user_id=self.sally.id)
        for days, count in ((8, 0), (7, 1), (0, 1), (-1, 1)):
            self._set_release(customer, days)
            with self.subTest(days):
                self.assertEqual(self._count(self.sally), count)
                self.assertEqual(self._count(self.sam), 0)

    def test_who_is_no_customer_and_what_is_archived_does_not_leave(self):
        customer = self._create_customer("Leaving", user_id=self.sally.id)
        for name in ("active", "is_managed_customer"):
            before = self._count(self.sally)
            self._set_release(customer, 1)
            self.assertEqual(self._count(self.sally), before + 1)
            self.env.cr.execute(
                f"UPDATE res_partner SET {name} = FALSE WHERE id = %s", customer.ids
            )
            with self.subTest(name):
                self.assertEqual(self._count(self.sally), before)
            self.env.cr.execute(
                """UPDATE res_partner SET active = TRUE, is_managed_customer = TRUE,
                          pool_release_date = NULL WHERE id = %s""",
                customer.ids,
            )
