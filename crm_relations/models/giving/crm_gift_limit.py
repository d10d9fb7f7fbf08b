from odoo import api, fields, models

AUDIENCES = [("everybody", "Everybody"), ("officials", "Public officials")]
PERS = [
    ("gift", "A gift"),
    ("recipient", "A recipient and year"),
    ("customer", "A customer and year"),
]


class CrmGiftLimit(models.Model):
    """Up to which value gifts need no approval.

    All gifts count, whoever gives them. What one recipient gets within a week counts as
    one gift. Of several limits that apply the lowest counts; those for everybody hold
    for public officials as well.
    """

    _name = "crm.gift.limit"
    _description = "Limit of gifts"
    _order = "audience, per desc, company_id, id"
    _rec_name = "per"

    audience = fields.Selection(
        selection=AUDIENCES,
        string="For Whom",
        required=True,
        default="everybody",
        help="Public officials: customers whose nature says so, and their persons.",
    )
    per = fields.Selection(
        selection=PERS,
        string="What",
        required=True,
        default="gift",
        help="What one recipient gets within seven days counts as one gift.",
    )
    amount = fields.Float(
        string="Up to",
        digits="Account",
        help="More needs an approval; 0: every gift does. In the currency of the "
        "company that judges the customer.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for every company, each in its own currency.",
    )

    _amount_not_negative = models.Constraint(
        "CHECK(amount >= 0)", "A limit is not below zero."
    )
    _limit_uniq = models.UniqueIndex(
        "(audience, per, COALESCE(company_id, 0))", "There is such a limit already."
    )

    @api.model
    def _get_limits(self):
        """Return ``{(company id, audience, per): amount}``; no company: False."""
        # Superuser: whoever gives something is judged by them.
        return {
            (limit.company_id.id, limit.audience, limit.per): limit.amount
            for limit in self.sudo().search([])
        }

    @api.model
    def _get_lowest(self, limits, per, company, is_official):
        """Return the lowest of these limits that apply to a gift, None without one."""
        audiences = ["everybody"] + ["officials"] * bool(is_official)
        keys = [
            (number, audience, per)
            for number in (False, company.id)
            for audience in audiences
        ]
        return min((limits[key] for key in keys if key in limits), default=None)
