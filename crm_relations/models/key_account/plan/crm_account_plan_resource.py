from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmAccountPlanResource(models.Model):
    """What the plan needs and costs; spent is what its documents say."""

    _name = "crm.account.plan.resource"
    _description = "Resource of a plan"
    _inherit = ["crm.account.plan.line.mixin"]
    _order = "plan_id, sequence, id"
    _alive = frozenset(
        ("sequence", "name", "amount", "currency_id", "date", "document")
    )
    _grows = True

    sequence = fields.Integer(default=10)
    name = fields.Char(string="Resource", required=True)
    amount = fields.Monetary(currency_field="currency_id")
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    date = fields.Date(
        string="On",
        help="Another currency is converted at the rate of this day; without one, of "
        "the first day of the plan.",
    )
    plan_currency_id = fields.Many2one(
        related="plan_id.currency_id", string="Currency of the Plan"
    )
    planned = fields.Monetary(
        currency_field="plan_currency_id", compute="_compute_amounts"
    )
    document = fields.Reference(
        selection="_selection_document",
        copy=False,
        help="A gift, a concession or another document of the customer that this was "
        "spent by.",
    )
    spent = fields.Monetary(
        string="Spent So Far",
        currency_field="plan_currency_id",
        compute="_compute_amounts",
    )

    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "What a resource costs is not below zero."
    )

    @api.model
    def _get_document_fields(self):
        """Hook: return ``{model: (customer, amount, currency, date)}``, names of
        fields, of documents that tell what was spent."""
        return {
            "crm.gift": ("partner_id", "cost", "currency_id", "date"),
            "crm.concession": ("partner_id", "value", "currency_id", "date"),
        }

    @api.model
    def _selection_document(self):
        return [
            (name, self.env[name]._description) for name in self._get_document_fields()
        ]

    @api.depends("plan_id")
    def _compute_currency_id(self):
        for one in self:
            one.currency_id = one.currency_id or one.plan_id.currency_id

    @api.depends("amount", "currency_id", "date", "document", "plan_id.date_start")
    def _compute_amounts(self):
        for one in self:
            day = one.date or one.plan_id.date_start
            one.planned = one._convert(one.amount, one.currency_id, day)
            one.spent = one._get_spent()

    @api.constrains("document")
    def _check_document(self):
        known = self._get_document_fields()
        for one in self.filtered("document"):
            document = one.document
            if document._name not in known:
                raise ValidationError(self.env._("Document: choose one of the list."))
            document.check_access("read")
            # Superuser: whose document it is.
            if document.sudo()[known[document._name][0]] != one.plan_id.partner_id:
                raise ValidationError(
                    self.env._("Document: choose one of the plan's customer.")
                )

    def _get_spent(self):
        """Return what the document came to; who linked it could read it."""
        # Superuser: whoever reads the plan reads what it has cost.
        document = self.sudo().document
        if not document or not document.exists():
            return 0
        _partner, amount, currency, day = (
            document[name] for name in self._get_document_fields()[document._name]
        )
        return self._convert(amount, currency, day or self.plan_id.date_start)

    def _convert(self, amount, currency, day):
        plan = self.plan_id.sudo()  # Superuser: rates of the customer's company
        if not plan.currency_id or not currency or not day:
            return amount
        company = plan.partner_id._get_relation_company()
        return currency._convert(amount, plan.currency_id, company, day)
