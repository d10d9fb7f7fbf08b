from odoo import api, fields, models
from odoo.exceptions import ValidationError

NO_LIMIT = float("inf")


class CrmComplaintRemedyLimit(models.Model):
    """Up to which sum a role approves remedies of one complaint.

    The sum of all that has been approved for the complaint counts, not the single
    remedy. Who has several roles has the highest of their limits; a line for a company
    takes the place of the lines for all companies there.
    """

    _name = "crm.complaint.remedy.limit"
    _description = "Limit of Remedies"
    _order = "company_id, amount desc, id"
    _rec_name = "group_id"

    group_id = fields.Many2one(
        comodel_name="res.groups",
        string="Role",
        required=True,
        index=True,
        ondelete="cascade",
        help="Whoever has this role approves remedies up to the amount.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for every company, each in its own currency.",
    )
    amount = fields.Float(
        string="Up to",
        digits="Account",
        help="The sum of what is approved for one complaint, in the currency of its "
        "company.",
    )
    is_unlimited = fields.Boolean(string="No Limit")

    _amount_not_negative = models.Constraint(
        "CHECK(amount >= 0)", "A limit is not below zero."
    )
    _group_uniq = models.UniqueIndex(
        "(group_id, COALESCE(company_id, 0))",
        "There is a limit of this role for this company already.",
    )

    @api.constrains("group_id")
    def _check_group_id(self):
        internal = self.env.ref("base.group_user")
        for limit in self:
            # Superuser: which role implies which.
            role = limit.sudo().group_id
            if internal not in role.all_implied_ids:
                raise ValidationError(
                    self.env._("%s is no role of colleagues.", role.display_name)
                )

    @api.model
    def _get_limit(self, user, company):
        """Return up to which sum a user approves in a company: None without any limit
        set for his roles, infinite where he has no limit."""
        # Superuser: limits are read by who is judged by them, roles by nobody.
        limits = self.sudo().search(
            [
                ("group_id", "in", user.sudo().all_group_ids.ids),
                ("company_id", "in", [False, company.id]),
            ]
        )
        own = limits.filtered("company_id")
        roles = own.group_id
        limits = own | limits.filtered(lambda limit: limit.group_id not in roles)
        if any(limits.mapped("is_unlimited")):
            return NO_LIMIT
        return max(limits.mapped("amount"), default=None)
