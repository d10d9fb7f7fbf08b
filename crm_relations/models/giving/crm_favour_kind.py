from odoo import fields, models


class CrmFavourKind(models.Model):
    """What a favour was, and what it usually weighs: a contact, a recommendation, help
    in need ..."""

    _name = "crm.favour.kind"
    _description = "Kind of favour"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    weight = fields.Integer(
        default=1, help="What such a favour usually weighs, 1 to 5."
    )

    _weight_range = models.Constraint(
        "CHECK(weight BETWEEN 1 AND 5)", "A favour weighs 1 to 5."
    )
