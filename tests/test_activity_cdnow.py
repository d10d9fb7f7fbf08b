"""SE-10: fitted on the CDNOW sample, the model finds the published parameters."""

import sys
from datetime import date, timedelta
from pathlib import Path

from odoo.tests import TransactionCase, tagged

sys.path.insert(0, str(Path(__file__).parents[1] / "setup"))
from sample import cdnow  # noqa: E402 - found by the line above

# Fader, Hardie and Lee (2005), table 2: fitted on the first 39 weeks.
PUBLISHED = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
LOG_LIKELIHOOD = -9582.4
LAST_DAY = date(1997, 9, 30)


@tagged("post_install", "-at_install")
class TestActivityCdnow(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Of the customers of this company there are no others.
        cls.company = cls.env["res.company"].create({"name": "CDNOW"})
        cls.model = cls.env["crm.activity.model"].search(
            [("company_id", "=", cls.company.id)]
        )
        cdnow.load(cls.env)
        cls.customers = cls.env["res.partner"].search([("ref", "=like", "CDNOW %")])
        cls.customers.relation_company_id = cls.company
        default = cls.env["res.company"]._get_relations_default()
        cls.shift = default._get_relations_today() - timedelta(days=1)
        cls.shift -= max(day for _name, day, *_rest in cdnow.read_orders())
        cls.env.flush_all()

    def test_the_published_parameters_are_found(self):
        self.model.orders_until = LAST_DAY + self.shift
        self.assertFalse(self.model._fit())
        for name, published in PUBLISHED.items():
            with self.subTest(name):
                self.assertEqual(round(self.model[name], 3), published)
        self.assertAlmostEqual(self.model.log_likelihood, LOG_LIKELIHOOD, places=1)
        self.assertEqual(self.model.customer_count, 2357)
        self.assertEqual(self.model.repeat_order_count, 2457)

    def test_what_the_model_expects_comes_true(self):
        """Who was active at the end of the 39 weeks, ordered in the 39 that follow: the
        likelier, the more."""
        self.model.orders_until = LAST_DAY + self.shift
        self.model._fit()
        days = {}
        for name, day, *_rest in cdnow.read_orders():
            days.setdefault(name, set()).add(day)
        parameters = self.model._get_parameters()
        came_back = {}
        for dates in days.values():
            known = sorted(day for day in dates if day <= LAST_DAY)
            if len(known) < 2:
                continue
            first, last = known[0], known[-1]
            share = self._probability(parameters, known, first, last)
            group = "likely" if share >= 0.7 else "doubtful"
            group = "gone" if share < 0.3 else group
            came_back.setdefault(group, []).append(max(dates) > LAST_DAY)
        rates = {name: sum(found) / len(found) for name, found in came_back.items()}
        self.assertGreater(rates["likely"], rates["doubtful"])
        self.assertGreater(rates["doubtful"], rates["gone"])

    def _probability(self, parameters, known, first, last):
        from odoo.addons.crm_relations.tools.activity_model import (  # noqa: PLC0415
            probability_active,
        )

        return probability_active(
            parameters,
            len(known) - 1,
            (last - first).days / 7,
            (LAST_DAY - first).days / 7,
        )
