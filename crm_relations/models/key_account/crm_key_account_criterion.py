from odoo import api, fields, models
from odoo.exceptions import ValidationError

MONEY = ("sales", "margin")
NUMBERS = ("integer", "float", "monetary")


class CrmKeyAccountCriterion(models.Model):
    """What makes a customer a key account, and how much it counts."""

    _name = "crm.key.account.criterion"
    _description = "Criterion for key accounts"
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one(
        comodel_name="crm.key.account.scheme",
        required=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="scheme_id.currency_id")
    name = fields.Char(string="Criterion", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    weight = fields.Float(
        digits=(6, 2),
        required=True,
        default=1,
        help="Weights are divided by their sum. 0: it is looked at, but does not "
        "count.",
    )
    source = fields.Selection(
        selection="_selection_source",
        string="Points Come From",
        required=True,
        default="sales",
        help="Where the points come from: figures of the customer's business, a field "
        "of its archive, or the judgement of who nominates it (0 to 5).",
    )
    field_name = fields.Char(
        string="Field", help="A field with numbers or choices, of the customer."
    )
    threshold_ids = fields.One2many(
        comodel_name="crm.key.account.threshold",
        inverse_name="criterion_id",
        string="Points",
        compute="_compute_threshold_ids",
        store=True,
        readonly=False,
        copy=True,
    )
    kind = fields.Selection(
        selection=[("number", "Figure"), ("choice", "Choice"), ("judged", "Judgement")],
        compute="_compute_kind",
        export_string_translation=False,
    )
    problem = fields.Char(
        string="Cannot Be Measured",
        compute="_compute_problem",
        help="While this stands here, the criterion does not count.",
    )
    summary = fields.Char(string="Points in Short", compute="_compute_summary")

    _weight_positive = models.Constraint("CHECK(weight >= 0)", "A weight is 0 or more.")

    @api.model
    def _selection_source(self):
        return [
            ("sales", self.env._("Sales of 12 months")),
            ("margin", self.env._("Margin of 12 months")),
            ("share", self.env._("Share of the company's sales (%)")),
            ("orders", self.env._("Orders of 12 months")),
            *self._get_more_measures(),
            ("field", self.env._("Field of the customer")),
            ("judged", self.env._("Judgement (0 to 5)")),
        ]

    @api.model
    def _get_more_measures(self):
        """Hook: return ``[(code, label)]`` of figures of other rooms; the SQL of each
        is what ``_get_figures_sql`` of the scheme says by the same code."""
        return []

    @api.depends("source", "field_name")
    def _compute_kind(self):
        for criterion in self:
            field = criterion._get_field()
            if criterion.source == "judged":
                criterion.kind = "judged"
            elif criterion.source == "field" and field and field.type == "selection":
                criterion.kind = "choice"
            else:
                criterion.kind = "number"

    @api.depends("source", "field_name")
    def _compute_threshold_ids(self):
        """A field with choices gets a line each, the first with the fewest points."""
        for criterion in self:
            field = criterion._get_field()
            if criterion.kind != "choice":
                stale = criterion.threshold_ids.filtered("choice")
                criterion.threshold_ids -= stale
                continue
            choices = [code for code, _label in field._description_selection(self.env)]
            if criterion.threshold_ids.mapped("choice") == choices:
                continue
            step = 100 / max(len(choices) - 1, 1)
            criterion.threshold_ids = [
                fields.Command.clear(),
                *(
                    fields.Command.create(
                        {"choice": code, "points": round(place * step)}
                    )
                    for place, code in enumerate(choices)
                ),
            ]

    @api.depends("source", "field_name")
    @api.depends_context("lang")
    def _compute_problem(self):
        for criterion in self:
            criterion.problem = criterion._get_problem()

    @api.depends("threshold_ids.points", "threshold_ids.at_least", "kind")
    @api.depends_context("lang")
    def _compute_summary(self):
        for criterion in self:
            criterion.summary = " · ".join(
                line._tell() for line in criterion.threshold_ids._sort_down()
            ) or (criterion.kind == "judged" and self.env._("0 to 5, by people"))

    @api.constrains("source", "field_name")
    def _check_field(self):
        for criterion in self:
            if criterion.source == "field" and criterion.problem:
                raise ValidationError(
                    self.env._("Field: %(problem)s", problem=criterion.problem)
                )
            if criterion.source not in dict(self._selection_source()):
                raise ValidationError(self.env._("Choose where the points come from."))

    @api.constrains("weight", "active", "scheme_id")
    def _check_weights(self):
        self.scheme_id._check_weights()

    @api.constrains("threshold_ids", "source")
    def _check_thresholds(self):
        for criterion in self:
            if criterion.kind != "judged" and not criterion.threshold_ids:
                raise ValidationError(
                    self.env._(
                        "%s: say from which figure on it gives how many points.",
                        criterion.name,
                    )
                )

    def _get_field(self):
        """Return the field of the customer, None where there is none."""
        if self.source != "field":
            return None
        return self.env["res.partner"]._fields.get(self.field_name or "")

    def _get_problem(self):
        """Return why this cannot be measured, False where it can."""
        if self.source != "field":
            return False
        if not self.field_name:
            return self.env._("Choose a field of the customer.")
        field = self._get_field()
        if not field:
            return self.env._(
                "The customer has no field “%s” any more.", self.field_name
            )
        if not field.store or field.type not in (*NUMBERS, "selection"):
            return self.env._(
                "“%s” is neither a number nor a choice that is kept.",
                field._description_string(self.env),
            )
        return False
