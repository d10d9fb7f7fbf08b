from importlib.util import find_spec
from unittest import skipUnless
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.segment import crm_fitted_mixin
from ..models.segment.churn import crm_activity_model_fit
from ..tools.activity_model import Fit, FitError, Parameters
from .common.activity import CDNOW, ActivityCommon

TOOL = "odoo.addons.crm_relations.tools.activity_model.fit"


@tagged("post_install", "-at_install")
class TestActivityModel(ActivityCommon):
    """SE-10: where the parameters come from."""

    def _fit_as(self, *values, on=None):
        found = Fit(Parameters(*values), -10.0)
        with patch(TOOL, return_value=found) as fit:
            problem = (on or self.model)._fit()
        self.assertFalse(problem)
        return fit.call_args.args[0]

    def test_typed_parameters_are_noted_as_such(self):
        self.assertRecordValues(
            self.model,
            [{"source": "typed", "parameters_on": fields.Date.today()}],
        )
        self.model.write(dict.fromkeys(CDNOW, 0))
        self.assertFalse(self.model.source)
        self.assertFalse(self.model.parameters_on)

    def test_a_fit_keeps_what_it_rests_on(self):
        histories = self._fit_as(1, 2, 3, 4)
        self.assertIn((3, 90 / 7, 120 / 7, 1), histories)
        self.assertRecordValues(
            self.model,
            [
                {
                    **{"r": 1, "alpha": 2, "a": 3, "b": 4, "source": "fitted"},
                    "customer_count": sum(count for *_h, count in histories),
                    "repeat_order_count": sum(x * n for x, _t, _T, n in histories),
                    "log_likelihood": -10,
                }
            ],
        )

    def test_only_orders_of_the_period_are_fitted(self):
        self.model.orders_until = fields.Date.subtract(self.today, days=60)
        histories = self._fit_as(1, 2, 3, 4)
        self.assertIn((2, 60 / 7, 60 / 7, 1), histories)
        self.model.orders_from = fields.Date.subtract(self.today, days=119)
        self.assertNotIn((2, 60 / 7, 60 / 7, 1), self._fit_as(1, 2, 3, 4))

    def test_customers_of_another_company_are_not_fitted(self):
        other = self.env["res.company"].create({"name": "Other"})
        model = self.env["crm.activity.model"].search([("company_id", "=", other.id)])
        shared = self._create_customer("Shared", relation_company_id=other.id)
        self._order_on(shared, 7)
        self.assertEqual(self._fit_as(1, 2, 3, 4, on=model), [(0, 0, 1, 1)])

    def test_of_very_many_customers_an_even_sample_is_fitted(self):
        everybody = sum(row[3] for row in self._fit_as(1, 2, 3, 4))
        customers = self._create_customers(20, is_company=True)
        self._create_orders([(customer, 1, 5) for customer in customers])
        with patch.object(crm_activity_model_fit, "LARGEST_SAMPLE", 10):
            sample = sum(row[3] for row in self._fit_as(1, 2, 3, 4))
        self.assertLess(sample, everybody + 20)
        self.assertGreater(sample, 0)

    def test_a_failed_fit_changes_nothing_and_is_told(self):
        for code, words in [
            ("few", "fewer than 30 customers"),
            ("no_repeats", "second day"),
            ("diverged", "A longer one may"),
        ]:
            with self.subTest(code), patch(TOOL, side_effect=FitError(code)):
                with self.assertRefused(words, UserError):
                    self.model.action_fit()
                self.assertEqual(self.model._fit(), code)
                self.assertIn(words, self.model.notice)
                self.assertEqual(self.model.r, CDNOW["r"])
                self.assertEqual(self.model.source, "typed")

    def test_without_scipy_the_parameters_stay_and_the_screen_says_so(self):
        with patch.object(crm_fitted_mixin, "find_spec", return_value=None):
            self.model.invalidate_recordset(["notice"])
            self.assertIn("scipy is not installed", self.model.notice)
        with patch.dict("sys.modules", {"scipy": None, "scipy.optimize": None}):
            with self.assertRefused("scipy is not installed", UserError):
                self.model.action_fit()
        self._refresh(self.customer)
        self.assertTrue(self.customer.activity_model_id)

    def test_the_monthly_job_leaves_typed_parameters_alone(self):
        other = self.env["res.company"].create({"name": "Other"})
        model = self.env["crm.activity.model"].search([("company_id", "=", other.id)])
        found = Fit(Parameters(1, 2, 3, 4), -10.0)
        job = self.env.ref("crm_relations.ir_cron_activity_fit")
        with self.enter_registry_test_mode(), patch(TOOL, return_value=found):
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.model.r, CDNOW["r"])
        self.assertEqual((model.r, model.source), (1, "fitted"))

    def test_bad_parameters_are_refused(self):
        for values in (
            {"a": 0},
            {"r": -1},
            {"alpha": float("nan")},
            {"b": float("inf")},
            {"b": 1e9},
        ):
            with self.subTest(values), self.assertRefused("all four parameters"):
                self.model.write(values)
                self.env.flush_all()

    def test_only_administrators_type_and_fit(self):
        for user in (self.sally, self.max, self.rita, self.carl):
            model = self.model.with_user(user)
            self.assertEqual(model.r, CDNOW["r"])
            for act in (
                lambda model=model: model.write({"r": 1}),
                model.action_fit,
                model.action_refresh_customers,
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act()
        self.model.with_user(self.adam).r = 0.3
        with self.assertRaises(AccessError):
            self.model.with_user(self.adam).source = "fitted"

    def test_apply_now_lets_the_customers_follow(self):
        self.model.with_user(self.adam).write(dict(CDNOW, a=50))
        before = self.customer.active_probability
        self.model.with_user(self.adam).action_refresh_customers()
        self.assertLess(self.customer.active_probability, before)

    @skipUnless(find_spec("scipy"), "scipy is optional")
    def test_too_short_a_history_is_refused_by_the_fit_itself(self):
        from ..tools.activity_model import fit  # noqa: PLC0415, beside the patches

        for histories, code in [
            ([], "few"),
            ([(1, 2, 3, 29)], "few"),
            ([(0, 0, 3, 500)], "no_repeats"),
            ([(3, 30, 30, 500)], "diverged"),
        ]:
            with self.subTest(code), self.assertRaises(FitError) as caught:
                fit(histories)
            self.assertEqual(caught.exception.code, code)
