from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.typed_domains import parse_domain

NUMBERS = ("integer", "float", "monetary")
AGGREGATIONS = [
    ("count", "Number of records"),
    ("sum", "Sum"),
    ("avg", "Average"),
    ("max", "Highest"),
]


class CrmAccountMeasure(models.Model):
    """What objectives of plans are measured by: records of any model, those of the
    plan's customer, dated within its period.

    Only administrators write measures, so that nobody asks by a condition of his own
    what he may not read. Who reads a plan reads its figures: they are measured with the
    rights of the plan's owner, of all records of the customer only where the measure
    says so. So every reader sees the same figure.
    """

    _name = "crm.account.measure"
    _description = "Measure of plans"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    model_name = fields.Char(
        string="Model",
        required=True,
        help="The technical name of what is counted, like sale.order.",
    )
    model_told = fields.Char(string="What Is Counted", compute="_compute_told")
    value_told = fields.Char(string="Which Figure", compute="_compute_told")
    domain = fields.Char(
        string="Conditions", default="[]", help="Which of its records count."
    )
    partner_path = fields.Char(
        string="Customer by",
        required=True,
        default="partner_id",
        help="The field that leads to the customer, like "
        "partner_id.commercial_partner_id.",
    )
    date_field = fields.Char(
        string="Dated by",
        help="The day that lies within the period of the plan. Empty: all count, as it "
        "stands now.",
    )
    value_field = fields.Char(string="Figure", help="Empty: records are counted.")
    aggregation = fields.Selection(
        selection=AGGREGATIONS, required=True, default="count"
    )
    unit = fields.Char(
        translate=True, help="What stands behind the figure. Amounts have a currency."
    )
    reads_all = fields.Boolean(
        string="All Records of the Customer",
        help="Counts what others did with the customer as well. Otherwise what the "
        "plan's owner may read.",
    )
    is_money = fields.Boolean(
        compute="_compute_problem", export_string_translation=False
    )
    problem = fields.Char(string="Cannot Be Measured", compute="_compute_problem")

    @api.depends(
        *("model_name", "domain", "partner_path", "date_field", "value_field"),
        "aggregation",
    )
    @api.depends_context("lang")
    def _compute_problem(self):
        for measure in self:
            measure.problem = measure._get_problem()
            field = not measure.problem and measure._get_value_field()
            measure.is_money = bool(field) and field.type == "monetary"

    @api.depends("model_name", "value_field", "aggregation")
    @api.depends_context("lang")
    def _compute_told(self):
        """As people call it, not as the database does."""
        for measure in self:
            # Superuser: what a model and a field are called is no secret.
            model = self.env["ir.model"].sudo()._get(measure.model_name or "")
            measure.model_told = model.name or measure.model_name
            is_there = measure.model_name in self.env
            field = is_there and measure._get_value_field()
            measure.value_told = field and field.get_description(self.env)["string"]

    @api.constrains(
        *("model_name", "domain", "partner_path", "date_field", "value_field"),
        "aggregation",
    )
    def _check_measure(self):
        for measure in self:
            if problem := measure._get_problem():
                raise ValidationError(
                    self.env._(
                        "%(measure)s cannot be measured: %(problem)s",
                        measure=measure.name,
                        problem=problem,
                    )
                )

    def _get_value_field(self):
        if self.aggregation == "count":
            return None
        return self.env[self.model_name]._fields.get(self.value_field or "")

    def _get_problem(self):
        """Return why this cannot be measured, "" where it can."""
        model = self.env.get(self.model_name or "")
        return (
            self._get_problem_of_model(model)
            or self._get_problem_of_path(model)
            or self._get_problem_of_date(model)
            or self._get_problem_of_value(model)
            or self._get_problem_of_domain(model)
        )

    def _get_problem_of_model(self, model):
        if model is None or model._abstract or model._transient:
            return self.env._("There is no “%s”.", self.model_name or "")
        return ""

    def _get_problem_of_path(self, model):
        missing = self.env._("“%s” does not lead to a customer.", self.partner_path)
        for name in (self.partner_path or "").split("."):
            field = model._fields.get(name)
            if not field or field.type != "many2one" or not field.store:
                return missing
            model = self.env[field.comodel_name]
        return "" if model._name == "res.partner" else missing

    def _get_problem_of_date(self, model):
        field = model._fields.get(self.date_field or "")
        if not self.date_field or (
            field and field.store and field.type in ("date", "datetime")
        ):
            return ""
        return self.env._("“%s” is no date that is kept.", self.date_field)

    def _get_problem_of_value(self, model):
        if self.aggregation == "count":
            return ""
        field = model._fields.get(self.value_field or "")
        if field and field.store and field.type in NUMBERS:
            return ""
        return self.env._("“%s” is no figure that is kept.", self.value_field or "")

    def _get_problem_of_domain(self, model):
        try:
            parse_domain(self.domain, model)
        except ValueError as error:
            return self.env._("The conditions cannot be read: %s", error)
        return ""
