from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_amount

COMPARISONS = ("<", "<=", ">", ">=")
NUMBERS = (int, float)


class ResPartner(models.Model):
    """What the customer is going to be worth: from its ``crm.customer.value``."""

    _inherit = "res.partner"

    value_12_months = fields.Monetary(
        string="Value, 12 Months",
        compute="_compute_value",
        search="_search_value_12_months",
        currency_field="relation_currency_id",
        help="What is to be expected of the customer within 12 months: orders expected "
        "(BG/NBD model) times the expected value of an order (Gamma-Gamma model).",
    )
    lifetime_value = fields.Monetary(
        compute="_compute_value",
        search="_search_lifetime_value",
        currency_field="relation_currency_id",
        help="The same over the horizon that Settings say, discounted to today.",
    )
    # With its bounds, in words; of many customers at once.
    value_told = fields.Char(
        compute="_compute_value_told", export_string_translation=False
    )
    value_reason = fields.Json(string="Why This Value", compute="_compute_value_reason")

    def _compute_value(self):
        rows = self.env["crm.customer.value"]._find_of(self._origin.ids)
        for partner in self:
            row = rows.get(partner._origin.id)
            partner.value_12_months = row.value_12_months if row else 0
            partner.lifetime_value = row.lifetime_value if row else 0

    @api.depends_context("lang")
    def _compute_value_reason(self):
        # As superuser, like the row: why is for all who may read the customer.
        rows = self.env["crm.customer.value"]._find_of(self._origin.ids)
        for partner in self:
            row = rows.get(partner._origin.id)
            partner.value_reason = (
                row.with_env(self.env).sudo().reason if row else False
            )

    def _search_value_12_months(self, operator, value):
        return self._search_value("value_12_months", operator, value)

    def _search_lifetime_value(self, operator, value):
        return self._search_value("lifetime_value", operator, value)

    def _search_value(self, name, operator, value):
        """Compare values; who has not ordered yet fits no comparison, and has none."""
        self.env["crm.customer.value"].flush_model()
        if operator == "in":
            return self._search_values(name, value)
        if operator not in COMPARISONS or not isinstance(value, NUMBERS):
            return NotImplemented
        return self._find_by_value(
            SQL("%s %s %s", SQL.identifier(name), SQL(operator), value)
        )

    def _search_values(self, name, values):
        """Find those with one of these values; among them 0, or False, is none."""
        wanted = [value for value in values if value and isinstance(value, NUMBERS)]
        column = SQL.identifier(name)
        found = self._find_by_value(SQL("%s = ANY(%s::numeric[])", column, wanted))
        if all(values):
            return found
        return found | ~self._find_by_value(SQL("%s <> 0", column))

    def _find_by_value(self, condition):
        rows = SQL("(SELECT partner_id FROM crm_customer_value WHERE %s)", condition)
        return Domain("id", "in", rows)

    @api.depends_context("lang")
    def _compute_value_told(self):
        values = self.env["crm.customer.value"]
        rows = values._find_of(self._origin.ids)
        models = values.union(*rows.values())._get_activity_models()
        for partner in self:
            row = rows.get(partner._origin.id)
            partner.value_told = self._tell_value_of(row, models)

    @api.model
    def _tell_value_of(self, row, models):
        """Return the value with its bounds in words, "" without any.

        :param models: see ``_get_range`` of the value
        """
        if not row or not row.basis:
            return ""
        money = partial(format_amount, self.env, currency=row.currency_id)
        if span := row._get_range(models):
            return self.env._(
                "%(value)s (%(low)s to %(high)s)",
                value=money(row.value_12_months),
                low=money(span[0]),
                high=money(span[1]),
            )
        return money(row.value_12_months)

    def action_view_value(self):
        """Open the value of this customer, with its bounds and why."""
        self.ensure_one()
        row = self.env["crm.customer.value"].search([("partner_id", "=", self.id)])
        return row._get_records_action(name=self.env._("Value")) if row else False
