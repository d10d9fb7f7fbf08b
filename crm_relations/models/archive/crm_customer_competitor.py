from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.rating import RATING


class CrmCustomerCompetitor(models.Model):
    """A competitor at a customer: what it sells there and how it stands."""

    _name = "crm.customer.competitor"
    _description = "Competitor at a customer"
    _inherit = ["crm.archive.kept.mixin"]
    _order = "wallet_share desc, id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
    )
    name = fields.Char(string="Competitor", required=True)
    products = fields.Char()
    wallet_share = fields.Float(
        string="Share of Wallet (%)",
        digits=(5, 1),
        help="Part of the customer's spending on our kind of goods that goes to "
        "this competitor, in percent.",
    )
    relationship = fields.Selection(
        selection=RATING,
        help="How good the customer's relationship with this competitor is.",
    )
    note = fields.Char()
    business = fields.Char(
        string="What It Does",
        help="What the competitor lives on, how it sells, how big it is.",
    )
    segment = fields.Char(
        string="Whom It Serves",
        help="The part of the market that it goes for: which customers, which region, "
        "which price.",
    )
    position = fields.Selection(
        selection=[
            ("leader", "Leads the market"),
            ("challenger", "Attacks the leader"),
            ("follower", "Follows others"),
            ("niche", "Serves a niche"),
        ],
        string="Position in the Market",
    )
    advantage = fields.Char(
        string="Its Advantage",
        help="What it does better than we do, in the eyes of this customer.",
    )

    _wallet_share_range = models.Constraint(
        "CHECK(wallet_share >= 0 AND wallet_share <= 100)",
        "The share of wallet is between 0 % and 100 %.",
    )

    @api.constrains("wallet_share", "partner_id")
    def _check_wallet_share(self):
        for partner in self.partner_id:
            if sum(partner.competitor_ids.mapped("wallet_share")) > 100:
                raise ValidationError(
                    self.env._(
                        "The competitors at %(customer)s hold more than 100 %% of the "
                        "share of wallet.",
                        customer=partner.display_name,
                    )
                )

    @api.model
    def _get_kept_title(self):
        return self.env._("Competitor")
