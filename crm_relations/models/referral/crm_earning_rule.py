from odoo import fields, models
from odoo.tools import SQL


class CrmEarningRule(models.Model):
    """A reward for bringing customers: points, a gift, an honour."""

    _inherit = "crm.earning.rule"

    kind = fields.Selection(
        selection_add=[("referral", "Brought a customer")],
        ondelete={"referral": "cascade"},
        help="Birthday: of a member who is a person, by the calendar of its birthday. "
        "Archive completed: of a member that is the customer itself, once. Brought a "
        "customer: when that one has paid its first order; taken back when nothing is "
        "left of the order.",
    )
    order_amount = fields.Float(
        string="First Order From",
        digits="Account",
        aggregator=None,
        help="The first paid order comes to so much, without taxes, less what was "
        "returned, in the currency of the main company. 0: any.",
    )
    gift_item_id = fields.Many2one(
        comodel_name="crm.gift.item",
        string="Gift",
        index="btree_not_null",
        ondelete="set null",
        help="Besides the points this gift is proposed for the referrer. The limits of "
        "gifts apply.",
    )
    honour = fields.Char(
        translate=True,
        help="What a member may call itself who has brought a customer. It stands on "
        "its page of the portal.",
    )

    _amount_not_negative = models.Constraint(
        "CHECK(order_amount >= 0)", "An order comes to 0 or more."
    )

    def _fits(self, membership, source=None):
        is_open = self.kind != "referral" or not source
        worth = is_open or source.amount >= self.order_amount
        return worth and super()._fits(membership, source)

    def _occasions_referral(self, first, last):
        """What was brought in that time, as far as it stands."""
        return SQL(
            """
            SELECT member.id AS membership_id, referral.paid_on AS day,
                   'referral-crm.referral-' || referral.id AS key
              FROM crm_referral AS referral
              JOIN crm_club_membership AS member
                ON member.partner_id = referral.referrer_id
             WHERE referral.state = 'paid' AND member.club_id = %(club)s
               AND referral.amount >= %(amount)s
               AND referral.paid_on BETWEEN %(first)s AND %(last)s
            """,
            club=self.club_id.id,
            amount=self.order_amount or 0,
            first=first,
            last=last,
        )
