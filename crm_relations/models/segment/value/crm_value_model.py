from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.order_value import Parameters, expected_value

PARAMETERS = Parameters._fields
MEASURES = [("revenue", "Order revenue"), ("margin", "Margin")]


class CrmValueModel(models.Model):
    """What a company's order history says about what an order of a customer is worth.

    The parameters are those of the Gamma-Gamma model (see ``tools/order_value.py``); as
    long as there are none, the average of all orders stands for each. They hold for the
    measure and the currency in which they were found: when one of these changes, they
    are no longer used.
    """

    _name = "crm.value.model"
    _description = "Value model"
    _inherit = ["crm.fitted.mixin"]
    _parameters = PARAMETERS
    _largest_parameter = 1e12
    _measured = frozenset(
        ("measure", "currency_id", "average_order_value", "average_orders")
    )
    _told = ("customer_count", "log_likelihood", "left_out_count", "correlation")

    p = fields.Float(
        string="p",
        help="How much the orders of one customer differ: the larger, the less.",
    )
    q = fields.Float(
        string="q",
        help="How much customers differ from each other: the larger, the less. Greater "
        "than 1.",
    )
    gamma = fields.Float(
        string="γ",
        help="Scale of the order values, in the currency of the company: "
        "p γ / (q - 1) is the average of all customers.",
    )
    measure = fields.Selection(
        selection=MEASURES,
        string="Measured by",
        readonly=True,
        help="By what the parameters were found; chosen in Settings.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        readonly=True,
        index="btree_not_null",
        help="The currency in which the parameters were found.",
    )
    average_order_value = fields.Float(
        digits=(16, 2),
        readonly=True,
        help="What all orders of all customers bring on average, those of one day as "
        "one. Measured every night. It stands for each customer while there are no "
        "parameters.",
    )
    average_orders = fields.Float(
        string="Average Orders a Year",
        digits=(10, 2),
        readonly=True,
        help="Days with orders within 12 months of a customer who has ever ordered. "
        "Measured every night. It stands for each customer while the activity model "
        "has no parameters.",
    )
    fit_ids = fields.One2many(
        comodel_name="crm.value.fit",
        inverse_name="model_id",
        string="Earlier Parameters",
        readonly=True,
    )

    _company_uniq = models.Constraint(
        "UNIQUE(company_id)", "A company has one value model."
    )

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # Superuser: the company need not be one that the reader may enter.
        for model, known in zip(self, self.sudo(), strict=True):
            model.display_name = self.env._(
                "Value model of %(company)s", company=known.company_id.name
            )

    @api.constrains(*PARAMETERS)
    def _check_parameters(self):
        result = super()._check_parameters()
        if any(model.p and model.q <= 1 for model in self):
            raise ValidationError(
                self.env._(
                    "q must be greater than 1: with less, the average of all customers "
                    "has no end."
                )
            )
        return result

    def _get_parameters_word(self):
        return self.env._(
            "Give all three parameters, each greater than 0; or none of them."
        )

    def _parameters_written(self):
        """Note for what these parameters hold, and keep them in the history."""
        # Superuser: what is noted follows from what an administrator has done.
        for model in self.sudo():
            if model.source:
                model.measure = self.env["crm.value.terms"]._get_measure()
                model.currency_id = model.company_id.currency_id
                model.fit_ids.create(model._prepare_fit_vals())

    def _prepare_fit_vals(self):
        names = [*PARAMETERS, *self._told, "source", "parameters_on", "measure"]
        return {
            "model_id": self.id,
            "currency_id": self.currency_id.id,
            **{name: self[name] for name in names},
        }

    def _refresh_customers(self):
        return self.env["crm.customer.value"]._refresh()

    def _get_parameters(self):
        """Return the ``Parameters`` in force, None as long as there are none, or as
        they hold for something else than what is measured now."""
        self.ensure_one()
        # Superuser: the company need not be one that the caller may enter.
        company = self.company_id.sudo()
        holds = (
            self.p
            and self.measure == self.env["crm.value.terms"]._get_measure()
            and self.currency_id == company.currency_id
        )
        return Parameters(*(self[name] for name in PARAMETERS)) if holds else None

    def _get_average(self):
        """Return what an order of a customer of whom nothing is known brings."""
        if parameters := self._get_parameters():
            return expected_value(parameters, 0, 0)
        return self.average_order_value
