from importlib.util import find_spec
from unittest import skipUnless
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.segment import crm_fitted_mixin
from ..tools.activity_model import FitError
from ..tools.order_value import Fit, Parameters, beta_share, value_range
from .common.value import GAMMA, ValueCommon

TOOL = "odoo.addons.crm_relations.tools.order_value.fit"


@tagged("post_install", "-at_install")
class TestValueModel(ValueCommon):
    """SE-11: where the parameters of the value of an order come from."""

    def _fit_as(self, *values, on=None):
        found = Fit(Parameters(*values), -10.0)
        with patch(TOOL, return_value=found) as fit:
            problem = (on or self.value_model)._fit()
        self.assertFalse(problem)
        return list(fit.call_args.args[0])

    def test_typed_parameters_are_noted_as_such(self):
        self.assertRecordValues(
            self.value_model,
            [
                {
                    **{"source": "typed", "parameters_on": fields.Date.today()},
                    **{"measure": "revenue", "customer_count": 0},
                    "currency_id": self.company.currency_id.id,
                }
            ],
        )
        self.value_model.write(dict.fromkeys(GAMMA, 0))
        self.assertFalse(self.value_model.source)
        self.assertFalse(self.value_model.parameters_on)

    def test_each_parameters_stay_in_the_history(self):
        before = len(self.value_model.fit_ids)
        self._fit_as(2, 3, 4)
        self.value_model.write({"p": 5})
        self.value_model.invalidate_recordset(["fit_ids"])
        latest, earlier = self.value_model.fit_ids[:2]
        self.assertEqual(len(self.value_model.fit_ids), before + 2)
        self.assertEqual((earlier.p, earlier.source), (2, "fitted"))
        self.assertEqual((latest.p, latest.source), (5, "typed"))
        self.value_model.refits = False
        self.assertEqual(len(self.value_model.fit_ids), before + 2)

    def test_repeat_orders_are_fitted_by_their_average(self):
        averages = self._fit_as(2, 3, 4)
        self.assertIn((3, 100.0, 1), averages)
        single = self._create_customer("Single")
        self._order_on(single, 5)
        self.assertEqual(self._fit_as(2, 3, 4), averages)

    def test_who_brought_nothing_is_left_out_and_counted(self):
        self._fit_as(2, 3, 4)
        before = self.value_model.left_out_count
        idle = self._create_customer("Idle")
        self._order_on(idle, 60, amount=10)
        self._order_on(idle, 30, amount=0)
        self._fit_as(2, 3, 4)
        self.assertEqual(self.value_model.left_out_count, before + 1)

    def test_the_period_is_that_of_the_activity_model(self):
        self.model.orders_until = fields.Date.subtract(self.today, days=60)
        self.assertIn((2, 100.0, 1), self._fit_as(2, 3, 4))
        self.model.orders_from = fields.Date.subtract(self.today, days=119)
        self.assertNotIn((2, 100.0, 1), self._fit_as(2, 3, 4))

    def test_customers_of_another_company_are_not_fitted(self):
        other = self.env["res.company"].create({"name": "Other"})
        model = self.env["crm.value.model"].search([("company_id", "=", other.id)])
        self.assertEqual(len(model), 1, "A new company has its model at once.")
        shared = self._create_customer("Shared", relation_company_id=other.id)
        self._order_on(shared, 7, 3, amount=20)
        self.assertEqual(self._fit_as(2, 3, 4, on=model), [(1, 20.0, 1)])

    def test_a_failed_fit_changes_nothing_and_is_told(self):
        for code, words in [
            ("few", "fewer than 30 customers"),
            ("diverged", "do not tell customers apart"),
        ]:
            with self.subTest(code), patch(TOOL, side_effect=FitError(code)):
                with self.assertRefused(words, UserError):
                    self.value_model.action_fit()
                self.assertEqual(self.value_model._fit(), code)
                self.assertIn(words, self.value_model.notice)
                self.assertEqual(self.value_model.p, GAMMA["p"])

    def test_without_scipy_the_parameters_stay_and_the_screen_says_so(self):
        with patch.object(crm_fitted_mixin, "find_spec", return_value=None):
            self.value_model.invalidate_recordset(["notice"])
            self.assertIn("scipy is not installed", self.value_model.notice)
        with patch.dict("sys.modules", {"scipy": None, "scipy.optimize": None}):
            with self.assertRefused("scipy is not installed", UserError):
                self.value_model.action_fit()

    def test_values_that_go_with_the_number_of_orders_are_warned_of(self):
        self.value_model.sudo().write({"source": "fitted", "correlation": 0.5})
        self.assertIn("correlation 0.50", self.value_model.notice)
        self.value_model.sudo().correlation = -0.1
        self.assertFalse(self.value_model.notice)

    def test_the_monthly_job_leaves_typed_parameters_alone(self):
        other = self.env["res.company"].create({"name": "Other"})
        model = self.env["crm.value.model"].search([("company_id", "=", other.id)])
        found = Fit(Parameters(2, 3, 4), -10.0)
        job = self.env.ref("crm_relations.ir_cron_value_fit")
        with self.enter_registry_test_mode(), patch(TOOL, return_value=found):
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.value_model.p, GAMMA["p"])
        self.assertEqual((model.p, model.source), (2, "fitted"))

    def test_bad_parameters_are_refused(self):
        for values, words in (
            ({"p": 0}, "all three parameters"),
            ({"gamma": -1}, "all three parameters"),
            ({"p": float("nan")}, "all three parameters"),
            ({"gamma": float("inf")}, "all three parameters"),
            ({"q": 1}, "greater than 1"),
        ):
            with self.subTest(values), self.assertRefused(words):
                self.value_model.write(values)
                self.env.flush_all()

    def test_only_administrators_type_and_fit(self):
        for user in (self.sally, self.max, self.rita, self.carl):
            model = self.value_model.with_user(user)
            self.assertEqual(model.p, GAMMA["p"])
            for act in (
                lambda model=model: model.write({"p": 1}),
                model.action_fit,
                model.action_refresh_customers,
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act()
        self.value_model.with_user(self.adam).p = 2
        with self.assertRaises(AccessError):
            self.value_model.with_user(self.adam).source = "fitted"

    def test_apply_now_lets_the_customers_follow(self):
        before = self.customer.value_12_months
        self.value_model.with_user(self.adam).write({"gamma": 1000})
        self.value_model.with_user(self.adam).action_refresh_customers()
        self.customer.invalidate_recordset()
        self.assertGreater(self.customer.value_12_months, before)

    def test_apply_now_leaves_many_customers_to_the_job(self):
        """One transaction for all would keep somebody waiting, and their rows."""
        job = self.env.ref("crm_relations.ir_cron_follow_parameters")
        domain = [("cron_id", "=", job.id)]
        triggers = self.env["ir.cron.trigger"]
        before, value = triggers.search_count(domain), self.customer.value_12_months
        model = self.value_model.with_user(self.adam)
        model.write({"gamma": 1000})
        with patch.object(crm_fitted_mixin, "MOST_AT_ONCE", 0):
            told = model.action_refresh_customers()
        self.assertIn("in the background", told["params"]["message"])
        self.assertEqual(triggers.search_count(domain), before + 1)
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.value_12_months, value)
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.customer.invalidate_recordset()
        self.assertGreater(self.customer.value_12_months, value)

    def test_values_follow_the_parameters_of_activity(self):
        before = self.customer.value_12_months
        self.model.with_user(self.adam).a = 0.01
        self.model.with_user(self.adam).action_refresh_customers()
        self.customer.invalidate_recordset()
        self.assertGreater(self.customer.value_12_months, before)

    def test_a_change_of_the_measure_lets_the_job_fit(self):
        triggers = self.env["ir.cron.trigger"]
        job = self.env.ref("crm_relations.ir_cron_value_fit")
        domain = [("cron_id", "=", job.id)]
        before = triggers.search_count(domain)
        settings = self.env["res.config.settings"]
        settings.create({"relations_value_horizon_years": 3}).execute()
        self.assertEqual(triggers.search_count(domain), before)
        settings.create({"relations_value_measure": "margin"}).execute()
        self.assertEqual(triggers.search_count(domain), before + 1)
        self.assertEqual(self.env["crm.value.terms"]._get_measure(), "margin")

    def test_bad_terms_are_refused_or_left_aside(self):
        settings = self.env["res.config.settings"]
        for values, words in (
            ({"relations_value_horizon_years": 0}, "1 to 10 years"),
            ({"relations_value_horizon_years": 11}, "1 to 10 years"),
            ({"relations_value_discount_percent": -1}, "0 to 100 %"),
        ):
            with self.subTest(values), self.assertRefused(words):
                settings.create(values)
        terms = self.env["crm.value.terms"]
        for typed in ("x", "nan", ""):
            self._set("value_horizon_years", typed or "y")
            self._set("value_discount_percent", typed or "y")
            self._set("value_measure", typed or "y")
            with self.subTest(typed):
                self.assertEqual(terms._get_horizon_years(), 5)
                self.assertEqual(terms._get_discount_rate(), 0.1)
                self.assertEqual(terms._get_measure(), "revenue")

    def test_the_range_knows_its_limits(self):
        parameters = Parameters(**GAMMA)
        self.assertEqual(value_range(parameters, 0, 0, [0.95, 0.05], 0.8), (0, 0))
        self.assertIsNone(value_range(parameters, 2, -100, [0.5, 0.5], 0.8))
        low, high = value_range(parameters, 0, 0, [0.0, 1.0], 0.8)
        self.assertTrue(0 < low < 35.2 < high)

    @skipUnless(find_spec("scipy"), "scipy is optional")
    def test_the_incomplete_beta_function_is_that_of_scipy(self):
        from scipy.special import betainc  # noqa: PLC0415, optional

        for part in (1e-9, 0.01, 0.3, 0.7, 0.999):
            for a, b in ((0.3, 1.2), (6.25, 3.74), (600, 400), (0.5, 12000)):
                with self.subTest(part=part, a=a, b=b):
                    self.assertAlmostEqual(
                        beta_share(part, a, b), betainc(a, b, part), places=9
                    )
