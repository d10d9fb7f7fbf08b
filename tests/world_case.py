"""The base of tests that fill every table of the suite."""

from odoo.tests import TransactionCase, freeze_time

# A Wednesday, after the hour of the daily message.
NOW = "2026-05-06 10:30:00"


class WorldCase(TransactionCase):
    """It is one moment, in English, and customers are owned."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(freeze_time(NOW))
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.env["res.company"].search([]).customers_are_owned = True
