from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...models.club.crm_club_membership import STATES
from ...tools.local_moments import local_day

# Lines of the ledger that are nobody's doing.
IDLE = ("expiry", "opening", "reversal")


class CrmClubMemberReport(models.Model):
    """Members of clubs, a line each: level, how active they are, what they are worth.

    Active is who earned or spent points; what lapses by itself or is taken back is no
    activity.
    """

    _name = "crm.club.member.report"
    _description = "Members by level, activity and value"
    _auto = False
    _order = "sales_12_months desc, id"
    _rec_name = "partner_id"
    _depends = {
        "crm.club.membership": [
            *["club_id", "company_id", "partner_id", "customer_id", "state"],
            *["level_id", "card_id", "joined_on", "qualifying"],
        ],
        "crm.club.benefit.use": ["membership_id", "used_on", "taken_back_at"],
        "loyalty.card": ["points"],
        "loyalty.history": [
            *["card_id", "kind", "issued", "used", "remaining", "is_pending"],
            *["expires_on", "is_settled"],
        ],
        "res.partner": ["user_id", "tier_id", "lifecycle", "sales_12_months"],
    }

    club_id = fields.Many2one(comodel_name="crm.club", readonly=True)
    level_id = fields.Many2one(
        comodel_name="crm.club.level", string="Club Level", readonly=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    customer_id = fields.Many2one(
        comodel_name="res.partner",
        readonly=True,
        ondelete="cascade",  # as above
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    state = fields.Selection(selection=STATES, string="Status", readonly=True)
    joined_on = fields.Date(readonly=True)
    tier_id = fields.Many2one(comodel_name="crm.tier", readonly=True)
    activity = fields.Selection(
        selection=[
            ("1", "Within 30 days"),
            ("2", "Within 90 days"),
            ("3", "Within a year"),
            ("4", "Longer ago"),
            ("5", "Never"),
        ],
        string="Last Active",
        readonly=True,
        help="When points were earned or spent last.",
    )
    moved_on = fields.Date(string="Last Movement", readonly=True)
    member_count = fields.Integer(string="Club Members", readonly=True)
    points = fields.Float(string="Usable Points", digits=(16, 2), readonly=True)
    pending = fields.Float(string="Pending Points", digits=(16, 2), readonly=True)
    expiring = fields.Float(
        string="Expire within 90 Days", digits=(16, 2), readonly=True
    )
    earned = fields.Float(
        string="Earned, 1 Year",
        digits=(16, 2),
        readonly=True,
        help="Points of the last 12 months, less what was taken back.",
    )
    spent = fields.Float(
        string="Spent, 1 Year",
        digits=(16, 2),
        readonly=True,
        help="Points of the last 12 months, less what was given back.",
    )
    benefit_count = fields.Integer(
        string="Benefits Used, 1 Year", readonly=True, help="In the last 12 months."
    )
    sales_12_months = fields.Float(
        string="Sales, 1 Year",
        digits=(16, 2),
        readonly=True,
        help="Of the customer, told of its first member in the club: so that sums are "
        "right.",
    )

    @property
    def _table_query(self):
        today = self.env["loyalty.card"]._get_today_of_all()
        return SQL("%s %s %s", self._select(today), self._from(today), self._where())

    @api.model
    def _select(self, today):
        return SQL(
            """
            SELECT member.id, member.club_id, member.level_id, member.partner_id,
                   member.customer_id, customer.user_id, member.company_id,
                   member.state, member.joined_on, customer.tier_id, moved.moved_on,
                   1 AS member_count, COALESCE(card.points, 0) AS points,
                   COALESCE(moved.pending, 0) AS pending,
                   COALESCE(moved.expiring, 0) AS expiring,
                   COALESCE(moved.earned, 0) AS earned,
                   COALESCE(moved.spent, 0) AS spent,
                   (SELECT count(*) FROM crm_club_benefit_use AS used
                     WHERE used.membership_id = member.id
                       AND used.taken_back_at IS NULL
                       AND used.used_on > %(year)s) AS benefit_count,
                   CASE WHEN NOT EXISTS (
                        SELECT FROM crm_club_membership AS twin
                         WHERE twin.customer_id = member.customer_id
                           AND twin.club_id = member.club_id AND twin.id < member.id
                           AND twin.state IN ('active', 'suspended'))
                        THEN COALESCE(customer.sales_12_months, 0)
                        ELSE 0 END AS sales_12_months,
                   CASE WHEN moved.moved_on IS NULL THEN '5'
                        WHEN moved.moved_on > %(today)s - 30 THEN '1'
                        WHEN moved.moved_on > %(today)s - 90 THEN '2'
                        WHEN moved.moved_on > %(year)s THEN '3'
                        ELSE '4' END AS activity
            """,
            today=today,
            year=today - relativedelta(years=1),
        )

    @api.model
    def _from(self, today):
        company = self.env["res.company"]._get_relations_default()
        return SQL(
            """
              FROM crm_club_membership AS member
              JOIN res_partner AS customer ON customer.id = member.customer_id
         LEFT JOIN loyalty_card AS card ON card.id = member.card_id
         LEFT JOIN LATERAL (
                   SELECT max(day) FILTER (WHERE line.kind <> ALL(%(idle)s))
                              AS moved_on,
                          sum(line.remaining) FILTER (WHERE line.is_pending)
                              AS pending,
                          sum(line.remaining) FILTER (
                              WHERE line.is_pending IS NOT TRUE
                                AND line.expires_on <= %(today)s + 90) AS expiring,
                          sum(CASE WHEN line.kind = 'reversal' THEN -line.used
                                   WHEN line.kind = 'opening' THEN 0
                                   ELSE line.issued END)
                              FILTER (WHERE day > %(year)s) AS earned,
                          sum(CASE WHEN line.kind = 'reversal' THEN -line.issued
                                   WHEN line.kind = ANY(%(idle)s) THEN 0
                                   ELSE line.used END)
                              FILTER (WHERE day > %(year)s) AS spent
                     FROM (SELECT *, %(day)s AS day FROM loyalty_history
                            WHERE card_id = member.card_id) AS line) AS moved ON TRUE
            """,
            idle=list(IDLE),
            today=today,
            year=today - relativedelta(years=1),
            day=local_day(SQL("create_date"), company._get_relations_tz()),
        )

    @api.model
    def _where(self):
        return SQL("WHERE member.state IN ('active', 'suspended')")

    def action_open_member(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.club.membership",
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
