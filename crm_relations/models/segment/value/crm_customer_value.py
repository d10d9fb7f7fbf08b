from odoo import api, fields, models
from odoo.tools import SQL


class CrmCustomerValue(models.Model):
    """What a customer who has ordered is going to be worth; written every night.

    A row of its own for each, as these figures change with every day: a contact whom
    somebody else reads or writes carries nothing of it. Amounts are kept to three
    digits: of an expectation more would be pretence, and a night writes only those for
    whom they change.
    """

    _name = "crm.customer.value"
    _description = "Value of a customer"
    _inherit = ["crm.customer.line.mixin"]
    _log_access = False
    _order = "value_12_months desc, id"
    _rec_name = "partner_id"

    # The unique index serves.
    partner_id = fields.Many2one(index=False, bypass_search_access=True)
    model_id = fields.Many2one(
        comodel_name="crm.value.model",
        string="Valued by",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", readonly=True, index="btree_not_null"
    )
    order_days = fields.Integer(
        string="Days with Orders",
        readonly=True,
        help="Days on which the customer confirmed orders; several of one day are one.",
    )
    sales = fields.Monetary(
        string="Brought so Far",
        readonly=True,
        help="What its orders have brought: revenue or margin, as Settings say, less "
        "what was taken back.",
    )
    repeat_sales = fields.Monetary(
        readonly=True, help="The same, without the first day with orders."
    )
    basis = fields.Selection(
        selection=[
            ("model", "Its own history"),
            ("average_value", "Its own history, average order value"),
            ("average", "Average of all customers"),
        ],
        readonly=True,
        help="On what the value rests: averages stand where the models have no "
        "parameters.",
    )
    expected_orders = fields.Float(
        string="Orders Expected, 1 Year",
        digits=(10, 3),
        readonly=True,
        aggregator="sum",
        help="Days with orders to be expected within 12 months (BG/NBD model): how "
        "often it orders, and how probably it is still a customer.",
    )
    order_value = fields.Monetary(
        string="Value of an Order",
        readonly=True,
        aggregator="avg",
        help="What an order of this customer is expected to bring (Gamma-Gamma model): "
        "between its own average and that of all, nearer to its own the more often it "
        "has ordered.",
    )
    value_12_months = fields.Monetary(
        string="Value, 12 Months",
        readonly=True,
        help="Orders expected within 12 months times the expected value of an order.",
    )
    lifetime_value = fields.Monetary(
        readonly=True,
        help="The same over the horizon that Settings say, discounted to today.",
    )
    owner_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    tier_id = fields.Many2one(related="partner_id.tier_id")
    lifecycle = fields.Selection(related="partner_id.lifecycle")
    customer_active = fields.Boolean(related="partner_id.active")
    reason = fields.Json(string="Why This Value", compute="_compute_reason")

    _partner_uniq = models.UniqueIndex("(partner_id)", "A customer has one value.")

    @api.depends_context("lang")
    def _compute_reason(self):
        renderer = self.env["crm.reason"]
        models = self._get_activity_models()
        # Superuser: the name of the model, to who may read the value.
        for value in self:
            value.reason = renderer._explain(
                value._get_facts(models), rule=value.sudo().model_id
            )

    def _get_facts(self, models):
        """Return what there is to say of why the customer has this value."""
        self.ensure_one()
        # Superuser: why a customer counts so much is for all who see it.
        value = self.sudo()
        model, terms = value.model_id, self.env["crm.value.terms"]
        repeats = value.order_days - 1
        facts = {
            "code": "value",
            "basis": value.basis,
            "currency": value.currency_id.id,
            "year": value.value_12_months,
            "lifetime": value.lifetime_value,
            "orders": value.expected_orders,
            "order_value": value.order_value,
            "days": value.order_days,
            "mean": value.repeat_sales / repeats if repeats > 0 else None,
            "average": model._get_average(),
            "active": value._get_active_share(),
            "measure": terms._get_measure(),
            "years": terms._get_horizon_years(),
            "discount": terms._get_discount_rate(),
            "of": fields.Date.to_string(model.parameters_on),
        }
        if span := value._get_range(models):
            facts |= {"low": span[0], "high": span[1]}
        return facts

    def _get_active_share(self):
        """Return how probably the customer is active, None where that is unknown."""
        partner = self.partner_id
        if self.basis == "average" or not partner.activity_model_id:
            return None
        return partner.active_probability / 100

    def action_view_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def _find_of(self, partner_ids):
        """Return ``{customer id: its row}``, as superuser."""
        # Superuser: what a customer is worth is for all who see it.
        rows = self.sudo().search_fetch([("partner_id", "in", list(partner_ids))])
        return {row.partner_id.id: row for row in rows}

    def _get_amount_sql(self, name, partner):
        """Return the SQL of an amount of the customer ``partner`` (SQL of its id), in
        the currency of the company that judges it; NULL without any."""
        self.flush_model()
        return SQL(
            "(SELECT worth.%s FROM crm_customer_value AS worth"
            " WHERE worth.partner_id = %s)",
            SQL.identifier(name),
            partner,
        )
