from odoo import fields, models


class CrmCustomerNature(models.Model):
    """What kind of customer it is: government, company, individual ..."""

    _name = "crm.customer.nature"
    _description = "Nature of a customer"
    _inherit = ["crm.condition.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_official = fields.Boolean(
        string="Public Officials",
        help="Persons of such customers hold a public office: stricter limits on "
        "gifts apply to them.",
    )
