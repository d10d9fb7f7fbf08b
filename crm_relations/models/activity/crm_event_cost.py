from odoo import fields, models


class CrmEventCost(models.Model):
    """What an activity costs: as planned, and as it was."""

    _name = "crm.event.cost"
    _description = "Cost of an activity"
    _order = "event_id, sequence, id"

    event_id = fields.Many2one(
        comodel_name="event.event", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="event_id.company_id", store=True, index="btree_not_null"
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_currency_id"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="What For", required=True)
    planned = fields.Monetary()
    actual = fields.Monetary()

    _amounts_positive = models.Constraint(
        "CHECK(COALESCE(planned, 0) >= 0 AND COALESCE(actual, 0) >= 0)",
        "Costs are 0 or more.",
    )

    def _compute_currency_id(self):
        for cost in self:
            # Superuser: the company need not be one that the reader may enter.
            company = cost.company_id.sudo() or self.env.company
            cost.currency_id = company.currency_id
