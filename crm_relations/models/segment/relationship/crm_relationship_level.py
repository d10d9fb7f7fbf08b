from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_relationship_levels import LEVELS


class CrmRelationshipLevel(models.Model):
    """How many points of evidence a level of the ladder needs ("at least").

    Below what level 2 needs, a customer is dissatisfied: level 1 needs nothing.
    """

    _name = "crm.relationship.level"
    _description = "Level of the relationship ladder"
    _order = "level"
    _rec_name = "level"

    level = fields.Selection(selection=LEVELS, required=True, readonly=True)
    at_least = fields.Float(
        string="Points, at Least",
        digits=(10, 2),
        help="So many points lead to this level, if the evidence proves that much.",
    )

    _level_uniq = models.Constraint("UNIQUE(level)", "Each level stands there once.")

    @api.depends("level")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["level"]._description_selection(self.env))
        for level in self:
            level.display_name = labels.get(level.level, "")

    @api.constrains("at_least")
    def _check_at_least(self):
        needed = self._get_thresholds()
        for low, high in zip(needed, needed[1:], strict=False):
            if low.at_least >= high.at_least:
                raise ValidationError(
                    self.env._(
                        "“%(high)s” needs more points than “%(low)s”.",
                        high=high.display_name,
                        low=low.display_name,
                    )
                )

    @api.model
    def _get_thresholds(self):
        """Return the levels that need points, the lowest first."""
        above = [("level", "!=", LEVELS[0][0])]
        # Superuser: levels are the same for everybody.
        return self.sudo().search_fetch(above, ["level", "at_least"], order="level")
