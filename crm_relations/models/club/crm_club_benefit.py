from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmClubBenefit(models.Model):
    """What members of a level get: as often as they like, or so many times a year."""

    _name = "crm.club.benefit"
    _description = "Benefit of a club level"
    _order = "level_id, sequence, id"

    level_id = fields.Many2one(
        comodel_name="crm.club.level",
        string="Club Level",
        required=True,
        index=True,
        ondelete="cascade",
    )
    club_id = fields.Many2one(related="level_id.club_id")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    yearly_quota = fields.Integer(
        string="Times a Year",
        aggregator=None,
        help="A member can use it so often in a calendar year. 0: as often as wanted, "
        "each use is recorded.",
    )
    description = fields.Text(translate=True)

    _quota_positive = models.Constraint(
        "CHECK(yearly_quota BETWEEN 0 AND 100000)",
        "A benefit is used between 0 and 100,000 times a year.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # Superuser: uses of members whom the caller does not see count as well.
        uses = self.env["crm.club.benefit.use"].sudo()
        used = uses.search([("benefit_id", "in", self.ids)], limit=1).benefit_id
        if used:
            raise UserError(
                self.env._(
                    "Members have used “%(benefit)s”, and their record says so. "
                    "Archive it instead.",
                    benefit=used.name,
                )
            )

    def _tell_left(self, line):
        """Return in words what is left of it, of a line of ``_get_benefits``."""
        self.ensure_one()
        if line["left"] is None:
            return self.env._("As often as wanted")
        return self.env._(
            "%(left)s of %(quota)s", left=line["left"], quota=line["quota"]
        )
