from odoo import fields, models


class CrmClubBenefitUse(models.Model):
    """A member has used a benefit. Written by ``crm.club.membership`` alone; what was
    recorded by mistake is taken back and stays as a line."""

    _name = "crm.club.benefit.use"
    _description = "Use of a club benefit"
    _order = "used_on desc, id desc"
    _rec_name = "benefit_id"

    membership_id = fields.Many2one(
        comodel_name="crm.club.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    benefit_id = fields.Many2one(
        comodel_name="crm.club.benefit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="membership_id.company_id", store=True, index="btree_not_null"
    )
    used_on = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Recorded By",
        readonly=True,
        index="btree_not_null",
    )
    note = fields.Char(readonly=True)
    taken_back_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, index="btree_not_null"
    )
    taken_back_at = fields.Datetime(string="Withdrawn On", readonly=True)
    # As the caller, whose right it is.
    can_manage = fields.Boolean(related="membership_id.can_manage", related_sudo=False)

    def action_take_back(self):
        """It was recorded by mistake: it counts no longer."""
        standing = self.filtered(lambda use: not use.taken_back_at)
        standing.membership_id._check_may_manage()
        # Superuser: nobody writes uses; the right to the members has been checked.
        standing.sudo().write(
            {
                "taken_back_at": fields.Datetime.now(),
                "taken_back_by_id": self.env.uid,
            }
        )
