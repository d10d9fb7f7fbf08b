from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmSatisfactionFactor(models.Model):
    """What satisfaction is made of: a tree of factors with weights.

    A factor takes its own scores or, without any, the weighted mean of its sub-factors.
    Each level divides by the sum of the weights that have answers. A standard says
    whether something was done; it never counts in the index.
    """

    _name = "crm.satisfaction.factor"
    _description = "Factor of satisfaction"
    _parent_name = "parent_id"
    _parent_store = True
    _order = "study_id, sequence, id"

    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="study_id.company_id", store=True, index="btree_not_null"
    )
    parent_id = fields.Many2one(
        comodel_name="crm.satisfaction.factor",
        string="Part Of",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('study_id', '=', study_id), ('id', '!=', id),"
        " ('is_standard', '=', False)]",
    )
    child_ids = fields.One2many(
        comodel_name="crm.satisfaction.factor",
        inverse_name="parent_id",
        string="Sub-factors",
    )
    parent_path = fields.Char(index=True, export_string_translation=False)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    code = fields.Char(
        index="btree_not_null", help="How files of an institute name it."
    )
    aliases = fields.Text(
        string="Other Names",
        help="What it is called in other files, one name a line.",
    )
    is_standard = fields.Boolean(
        string="Standard",
        help="Says whether something was done: a share of yes, never in the index.",
    )
    weight = fields.Float(
        digits=(8, 2),
        required=True,
        default=1,
        aggregator=None,
        help="Its share of the index, compared with the others. 0: it is shown, but "
        "does not count.",
    )
    target = fields.Float(
        digits=(4, 1), aggregator=None, help="Points to be reached, of 100."
    )

    _weight_not_negative = models.Constraint(
        "CHECK(weight >= 0)", "A weight cannot be negative."
    )

    @api.constrains("parent_id", "study_id", "is_standard")
    def _check_parent_id(self):
        for factor in self.filtered("parent_id"):
            if factor.parent_id.study_id != factor.study_id:
                raise ValidationError(
                    self.env._(
                        "“%(factor)s” belongs to another study than “%(parent)s”.",
                        factor=factor.name,
                        parent=factor.parent_id.name,
                    )
                )
            if factor.parent_id.is_standard:
                raise ValidationError(
                    self.env._(
                        "“%s” is a standard: it has no parts.", factor.parent_id.name
                    )
                )
