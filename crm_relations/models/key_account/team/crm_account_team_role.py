from odoo import fields, models

ACCESS = [
    ("read", "May Read"),
    ("write", "May Change"),
]


class CrmAccountTeamRole(models.Model):
    """What somebody does in the team of a customer, and what that opens."""

    _name = "crm.account.team.role"
    _description = "Role in an account team"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    access = fields.Selection(
        selection=ACCESS,
        required=True,
        default="read",
        help="May read: person profiles, documents and plans of the customer. May "
        "change: works with the customer as its salesperson does. Who has the role "
        "already keeps the access that came with it.",
    )
    is_manager = fields.Boolean(
        string="One at a Time",
        help="A customer has one colleague in this role, or in another one like it, on "
        "any day. Hands over with the customer: who gets it takes the role over from "
        "the former salesperson.",
    )
    note = fields.Char(
        string="What the Role Does",
        translate=True,
        help="Shown where roles are chosen.",
    )
