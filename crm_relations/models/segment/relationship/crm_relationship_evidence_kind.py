from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_relationship_levels import LEVELS


class CrmRelationshipEvidenceKind(models.Model):
    """What a kind of evidence says about a relationship.

    A piece of evidence is worth ``points``, and half of them after ``half_life_days``,
    a quarter after twice as long: so a relationship fades in silence. All pieces of a
    kind together are worth ``most_points`` at most, whether for or against.

    Points alone do not make a level. However much a customer buys, that does not
    show that it recommends us: a kind ``reach``-es up to a level, and the customer
    comes no higher than its best evidence reaches. And a kind may ``cap``: as long
    as such evidence is there (a serious complaint is open), nothing lifts the
    customer above.
    """

    _name = "crm.relationship.evidence.kind"
    _description = "Kind of relationship evidence"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        readonly=True,
        export_string_translation=False,
        help="By this name the rooms that deliver the evidence know its kind.",
    )
    source_model = fields.Char(readonly=True, export_string_translation=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Archived: this evidence does not count any more."
    )
    points = fields.Float(
        digits=(10, 2),
        help="What one piece is worth on its day. Negative: it speaks against.",
    )
    half_life_days = fields.Integer(
        string="Half-life (days)",
        help="After so many days a piece is worth half, after twice as many a "
        "quarter. 0: it does not fade.",
    )
    most_points = fields.Float(
        string="Together at Most",
        digits=(10, 2),
        help="All pieces of this kind together count no more than this, for or "
        "against. 0: no limit.",
    )
    reach = fields.Selection(
        selection=LEVELS,
        string="Proves up to",
        required=True,
        default="4",
        help="With this evidence alone a customer comes no higher, however many "
        "points there are.",
    )
    cap = fields.Selection(
        selection=LEVELS,
        string="Holds Down to",
        help="While there is such evidence, the customer is no higher than this. "
        "Empty: it holds nobody down.",
    )
    description = fields.Text(translate=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "This kind is there already.")

    @api.constrains("half_life_days", "most_points")
    def _check_limits(self):
        for kind in self:
            if kind.half_life_days < 0 or kind.most_points < 0:
                raise ValidationError(
                    self.env._("Half-life and most points cannot be negative.")
                )
