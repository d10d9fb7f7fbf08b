from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_DAYS = 365


class CrmPoolNoticeStep(models.Model):
    """How many days before its release a customer is announced, and to whom.

    The steps of a rule come before those of a company, these before the general ones;
    whoever has steps of its own does not have the others.
    """

    _name = "crm.pool.notice.step"
    _description = "Notice before a release"
    _order = "rule_id, company_id, days desc, id"
    _rec_name = "days"

    rule_id = fields.Many2one(
        comodel_name="crm.pool.rule",
        string="Recycling Rule",
        index="btree_not_null",
        ondelete="cascade",
        help="Only for customers whom this rule would take. Its steps replace those of "
        "the company.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Only for customers of this company. Its steps replace the general ones.",
    )
    days = fields.Integer(
        string="Days Before",
        required=True,
        default=7,
        help="So many days before it leaves. On the last working day before when the "
        "day itself is none.",
    )
    to_owner = fields.Boolean(string="Salesperson", default=True)
    to_leader = fields.Boolean(
        string="Leader",
        help="The leader of the salesperson's team, or the managers of the pool when "
        "nobody leads it.",
    )
    active = fields.Boolean(default=True)

    _days_uniq = models.UniqueIndex(
        "(COALESCE(rule_id, 0), COALESCE(company_id, 0), days) WHERE active",
        "There is a step of so many days already.",
    )

    @api.constrains("days", "to_owner", "to_leader")
    def _check_days(self):
        for step in self:
            if not 1 <= step.days <= MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "A notice comes 1 to %(most)s days before.", most=MOST_DAYS
                    )
                )
            if not (step.to_owner or step.to_leader):
                raise ValidationError(
                    self.env._("Say who gets the notice: salesperson, leader or both.")
                )
