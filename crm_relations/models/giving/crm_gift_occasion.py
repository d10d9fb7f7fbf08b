from odoo import fields, models


class CrmGiftOccasion(models.Model):
    """What a gift is given for: a festival, a birthday, an opening ..."""

    _name = "crm.gift.occasion"
    _description = "Occasion of gifts"
    _inherit = ["crm.condition.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "There is such an occasion already.")
