from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.activity_model import (
    DAYS_A_WEEK,
    Parameters,
    probability_active,
    silence_until,
)

PARAMETERS = Parameters._fields
LIKELY_LOST_PERCENT = 30
COMPARISONS = ("<", "<=", ">", ">=")


class ResPartner(models.Model):
    """When the next order is due, how far it is overdue, and whether to expect it."""

    _inherit = "res.partner"

    next_order_expected_on = fields.Date(
        string="Next Order Expected",
        readonly=True,
        copy=False,
        help="The last order plus the customer's own rhythm; with fewer than three "
        "days of orders plus the usual interval of all customers.",
        written_by="decided",
    )
    active_probability = fields.Integer(
        string="Active %",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="The probability that the customer is still one, by how often and how "
        "long ago it ordered (BG/NBD model). Who ordered on one day only counts as "
        "active: look at how far it is overdue.",
        written_by="decided",
    )
    # Tells 0 % from unknown, too: empty for whom there is no probability.
    activity_model_id = fields.Many2one(
        comodel_name="crm.activity.model",
        string="Probability by",
        readonly=True,
        copy=False,
        ondelete="set null",
        written_by="decided",
    )
    overdue_factor = fields.Float(
        string="Overdue (times)",
        digits=(10, 1),
        compute="_compute_overdue_factor",
        search="_search_overdue_factor",
        help="Days since the last order, measured in the interval after which the "
        "next one was expected. Above 1: overdue.",
    )
    activity_reason = fields.Json(
        string="Why Active", compute="_compute_activity_reason"
    )

    @api.depends("last_order_on", "next_order_expected_on")
    def _compute_overdue_factor(self):
        for partner in self:
            facts = partner._get_activity_facts()
            partner.overdue_factor = facts.get("factor", 0)

    def _search_overdue_factor(self, operator, value):
        """Compare factors; who has none fits no comparison, and 0 is none."""
        if operator == "in":
            wanted = [number for number in value if number and _is_number(number)]
            found = self._find_by_factor(SQL("= ANY(%s::float8[])", wanted))
            none = ~self._find_by_factor(SQL("<> 0"))
            return found if all(value) else found | none
        if operator not in COMPARISONS or not _is_number(value):
            return NotImplemented
        return self._find_by_factor(SQL("%s %s", SQL(operator), value))

    @api.model
    def _find_by_factor(self, comparison):
        """Return the domain of those whose factor stands before this."""
        return Domain("next_order_expected_on", "!=", False) & Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "GREATEST(0, %(today)s - %(last)s)::float8 "
                "/ GREATEST(1, %(expected)s - %(last)s) %(comparison)s",
                today=model._get_relations_today_sql(alias),
                last=model._field_to_sql(alias, "last_order_on", query),
                expected=model._field_to_sql(alias, "next_order_expected_on", query),
                comparison=comparison,
            ),
        )

    @api.depends("active_probability", "next_order_expected_on")
    @api.depends_context("lang")
    def _compute_activity_reason(self):
        renderer = self.env["crm.reason"]
        models = self._get_activity_models()
        for partner in self:
            model = models[partner._get_relation_company()]
            facts = partner._get_activity_facts(model)
            # Superuser: the name of what decided, to who may read the customer.
            partner.activity_reason = bool(facts) and renderer._explain(
                facts,
                rule=partner.sudo().activity_model_id,
                following=partner._get_next_activity_sentence(model),
            )

    def _get_activity_models(self):
        """Return ``{company: activity model}``, an empty one where there is none."""
        companies = self.env["res.company"].union(
            *(partner._get_relation_company() for partner in self)
        )
        # Superuser: why a customer counts as active is for all who see it.
        models = self.env["crm.activity.model"].sudo()
        names = ["company_id", "parameters_on", "source", *PARAMETERS]
        found = models.search_fetch([("company_id", "in", companies.ids)], names)
        by_company = {model.company_id: model for model in found}
        return {company: by_company.get(company, models) for company in companies}

    def _get_activity_facts(self, model=None):
        """Return what is to say about the next order; {} without any order."""
        self.ensure_one()
        if not self.last_order_on or not self.next_order_expected_on:
            return {}
        today = self._get_relation_company()._get_relations_today()
        interval = max(1, (self.next_order_expected_on - self.last_order_on).days)
        silent = max(0, (today - self.last_order_on).days)
        facts = {
            "code": "activity",
            "factor": silent / interval,
            "interval": interval,
            "silent": silent,
            "first": fields.Date.to_string(self.first_order_on),
            "last": fields.Date.to_string(self.last_order_on),
            "expected": fields.Date.to_string(self.next_order_expected_on),
            "days": self.order_day_count,
            "own": bool(self.order_interval_days),
        }
        if model and self.activity_model_id:
            history = self._get_activity_history(today)
            facts |= {
                "probability": probability_active(model._get_parameters(), *history),
                "of": fields.Date.to_string(model.parameters_on),
                "source": model.source,
            }
        return facts

    def _get_activity_history(self, today):
        """Return (x, t_x, T) of the BG/NBD model, in weeks."""
        first, last = self.first_order_on, self.last_order_on
        return (
            self.order_day_count - 1,
            (last - first).days / DAYS_A_WEEK,
            (max(today, last) - first).days / DAYS_A_WEEK,
        )

    def _get_next_activity_sentence(self, model):
        """Return when silence alone makes the customer likely lost, "" when never or
        already."""
        if not self.activity_model_id:
            return ""
        x, t_x, _age = self._get_activity_history(self.last_order_on)
        weeks = silence_until(
            model._get_parameters(), x, t_x, LIKELY_LOST_PERCENT / 100
        )
        today = self._get_relation_company()._get_relations_today()
        latest = (fields.Date.to_date("9999-12-30") - self.first_order_on).days
        if weeks is None or weeks * DAYS_A_WEEK > latest:
            return ""
        day = self.first_order_on + timedelta(days=int(weeks * DAYS_A_WEEK) + 1)
        if day <= today:
            return ""
        return self.env._(
            "Without another order: below %(share)s %% on %(day)s.",
            share=LIKELY_LOST_PERCENT,
            day=self.env.user._tell_day(day),
        )


def _is_number(value):
    return isinstance(value, (int, float))
