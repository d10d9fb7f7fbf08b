from odoo import fields, models

BOOKS = [
    ("nothing", "Nothing in Odoo"),
    ("credit_note", "A draft credit note"),
    ("coupon", "A coupon"),
]


class CrmComplaintRemedyKind(models.Model):
    """What a customer can be given: money back, a coupon, a repair, an apology."""

    _name = "crm.complaint.remedy.kind"
    _description = "Kind of Remedy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    books = fields.Selection(
        selection=BOOKS,
        string="Booking Makes",
        required=True,
        default="nothing",
        help="What is made in Odoo when the approved remedy is booked. Nothing: "
        "whoever books it says that it has been given.",
    )
    has_amount = fields.Boolean(
        string="Costs Money",
        default=True,
        help="It needs an amount and an approval. What costs nothing, like an apology, "
        "needs neither.",
    )
    is_monetary = fields.Boolean(
        string="Monetary Relief",
        help="The customer gets money or what is worth money; a complaint is closed "
        "with monetary relief only where such a remedy was booked.",
    )

    _books_amount = models.Constraint(
        "CHECK(books = 'nothing' OR has_amount)",
        "What is booked in Odoo has an amount.",
    )
