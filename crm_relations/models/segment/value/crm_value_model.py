from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ....tools.order_value import Parameters, expected_value

PARAMETERS = Parameters._fields
LARGEST_PARAMETER = 1e12
# What only the machine writes.
MEASURED = {
    *["company_id", "source", "parameters_on", "measure", "currency_id"],
    *["average_order_value", "average_orders", "customer_count", "left_out_count"],
    *["correlation", "log_likelihood", "fit_problem"],
}
MEASURES = [("revenue", "Order revenue"), ("margin", "Margin")]


class CrmValueModel(models.Model):
    """What a company's order history says about what an order of a customer is worth.

    One record a company, made by itself. Parameters of the Gamma-Gamma model (see
    ``tools/order_value.py``) are fitted on the company's own orders or typed; as long
    as there are none, the average of all orders stands for each. They hold for the
    measure and the currency in which they were found: when one of these changes, they
    are no longer used.
    """

    _name = "crm.value.model"
    _description = "Value model"
    _order = "company_id"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="Customers shared by all companies are judged by their relationship "
        "company, else by the first company.",
    )
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
    source = fields.Selection(
        selection=[("fitted", "Fitted"), ("typed", "Typed")],
        string="Parameters",
        readonly=True,
        help="Typed parameters stay until somebody fits.",
    )
    parameters_on = fields.Date(string="Parameters of", readonly=True)
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
    refits = fields.Boolean(
        string="Fit Every Month",
        default=True,
        help="Parameters that were typed are left alone.",
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
        for model in self:
            model.display_name = self.env._(
                "Value model of %(company)s", company=model.company_id.name
            )

    @api.constrains(*PARAMETERS)
    def _check_parameters(self):
        for model in self:
            values = [model[name] for name in PARAMETERS]
            if not any(values):
                continue
            if not all(0 < value <= LARGEST_PARAMETER for value in values):
                raise ValidationError(
                    self.env._(
                        "Give all three parameters, each greater than 0; or none of "
                        "them."
                    )
                )
            if model.q <= 1:
                raise ValidationError(
                    self.env._(
                        "q must be greater than 1: with less, the average of all "
                        "customers has no end."
                    )
                )

    def write(self, vals):
        if MEASURED & set(vals) and not self.env.su:
            raise AccessError(self.env._("Nobody types what has been measured."))
        if not set(PARAMETERS) & set(vals):
            return super().write(vals)
        if "source" not in vals:
            vals = vals | self._prepare_typed_vals(vals)
        result = super().write(vals)
        self._keep_parameters()
        return result

    def _prepare_typed_vals(self, vals):
        given = any(vals.get(name, self[:1][name]) for name in PARAMETERS)
        today = fields.Date.context_today(self)
        return {
            "source": "typed" if given else False,
            "parameters_on": given and today,
            "customer_count": 0,
            "left_out_count": 0,
            "correlation": 0,
            "log_likelihood": 0,
            "fit_problem": False,
        }

    def _keep_parameters(self):
        """Note for what these parameters hold, and keep them in the history."""
        # Superuser: what is noted follows from what an administrator has done.
        for model in self.sudo():
            if model.source:
                noted = {
                    "measure": self.env["crm.value.terms"]._get_measure(),
                    "currency_id": model.company_id.currency_id.id,
                }
                model._note_terms(noted)
                model.fit_ids.create(model._prepare_fit_vals())

    def _note_terms(self, noted):
        return super().write(noted)

    def _prepare_fit_vals(self):
        names = [
            *[*PARAMETERS, "source", "parameters_on", "measure", "customer_count"],
            *["left_out_count", "correlation", "log_likelihood"],
        ]
        return {
            "model_id": self.id,
            "currency_id": self.currency_id.id,
            **{name: self[name] for name in names},
        }

    def action_refresh_customers(self):
        """Let the values of the customers of all companies follow now."""
        self.check_access("write")
        # Superuser: as the night does.
        changed = self.env["crm.customer.value"].sudo()._refresh()
        return self._notify(
            self.env._("%(count)s customers were brought up to date.", count=changed)
        )

    def _notify(self, message, kind="success"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": kind,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_parameters(self):
        """Return the ``Parameters`` in force, None as long as there are none, or as
        they hold for something else than what is measured now."""
        self.ensure_one()
        holds = (
            self.p
            and self.measure == self.env["crm.value.terms"]._get_measure()
            and self.currency_id == self.company_id.currency_id
        )
        return Parameters(*(self[name] for name in PARAMETERS)) if holds else None

    def _get_average(self):
        """Return what an order of a customer of whom nothing is known brings."""
        if parameters := self._get_parameters():
            return expected_value(parameters, 0, 0)
        return self.average_order_value

    @api.model
    def _create_missing(self):
        """Give each company its record."""
        companies = self.env["res.company"]._get_all_for_relations()
        # Superuser: a record a company, whoever opens the list.
        models = self.sudo().search([])  # pylint: disable=no-search-all
        missing = companies - models.company_id
        self.sudo().create([{"company_id": company.id} for company in missing])
