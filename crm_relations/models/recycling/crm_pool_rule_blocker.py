from odoo import fields, models


class CrmPoolRule(models.Model):
    """Which open matters a rule respects: whoever has one stays beyond the release
    date, and goes in the night after it is settled."""

    _inherit = "crm.pool.rule"

    block_quotation = fields.Boolean(
        string="Open Quotation",
        help="A quotation that is neither confirmed nor cancelled keeps the customer.",
    )
    block_delivery = fields.Boolean(
        string="Order Not Fully Delivered",
        help="A confirmed order with something left to deliver keeps the customer.",
    )
    block_payment = fields.Boolean(
        string="Order or Invoice Unpaid",
        help="An order still to be invoiced or an invoice still to be paid keeps the "
        "customer.",
    )
    block_plan = fields.Boolean(
        string="Planned Step",
        help="A planned activity of the salesperson at the customer or its contacts "
        "keeps the customer.",
    )
