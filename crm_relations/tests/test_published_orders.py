"""Purchases of published notes and walkthroughs, with what the models say of them.

Sources: BTYD walkthrough and manual (CRAN), Hardie's spreadsheets of notes 4 and 25 as
repeated in the tests of lifetimes. Facts only.
"""

from odoo.tests import BaseCase, tagged

from ..tools import activity_model, order_outlook, order_value

# Fitted on the 2 357 customers of CDNOW; of the walkthrough with one digit more.
CDNOW = activity_model.Parameters(0.243, 4.414, 0.793, 2.426)
WALKTHROUGH = activity_model.Parameters(0.2426, 4.4136, 0.7929, 2.4259)
VALUES = order_value.Parameters(6.25, 3.74, 15.44)
# Chance of 11 to 20 repeat orders in the first 30 weeks.
CHANCES = (
    *(0.0019995214, 0.0015170236, 0.0011633150, 0.0009003148, 0.0007023638),
    *(0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.0002222260),
)


@tagged("post_install", "-at_install")
class TestPublishedOrders(BaseCase):
    def test_a_new_customer_within_a_time(self):
        for weeks, orders in (
            *((0.1429, 0.0078), (1, 0.0532), (3, 0.1506)),
            *((31.8571, 1.0405), (32, 1.0437), (78, 1.8576)),
        ):
            with self.subTest(weeks=weeks):
                found = order_outlook.orders_of_active(CDNOW, 0, 0, weeks)
                # The spreadsheet has parameters with more digits.
                self.assertAlmostEqual(found, orders, delta=0.003)
        found = order_outlook.orders_of_active(WALKTHROUGH, 0, 0, 52)
        self.assertAlmostEqual(found, 1.444, places=3)

    def test_customers_of_whom_something_is_known(self):
        for parameters, history, weeks, orders in (
            (CDNOW, (2, 30.43, 38.86), 39, 1.226),
            (WALKTHROUGH, (26, 30.86, 31), 52, 25.76),
        ):
            with self.subTest(history):
                found = order_outlook.expected_orders(parameters, *history, weeks)
                self.assertAlmostEqual(found, orders, delta=0.005)

    def test_chances_of_so_many_orders(self):
        self.assertAlmostEqual(
            order_outlook.order_chances(CDNOW, 0, 0, 0, 39)[0], 0.5737864, places=6
        )
        self.assertAlmostEqual(
            order_outlook.order_chances(CDNOW, 0, 0, 0, 2)[10], 1.07869e-07, places=12
        )
        found = order_outlook.order_chances(CDNOW, 0, 0, 0, 30)[11:21]
        for chance, published in zip(found, CHANCES, strict=True):
            self.assertAlmostEqual(chance, published, places=9)

    def test_the_value_of_the_next_order(self):
        """The first customers of note 25: x, mean of x orders, expected value."""
        for x, mean, value in (
            *((2, 22.35, 24.65), (1, 11.77, 18.91), (0, 0, 35.17)),
            *((7, 73.74, 71.46), (0, 1e9, 35.17)),
        ):
            with self.subTest(x=x):
                found = order_value.expected_value(VALUES, x, mean)
                self.assertAlmostEqual(found, value, delta=0.1)
