from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

SOON = 30


class CrmClub(models.Model):
    """What a club looks like today: on its card in the overview."""

    _name = "crm.club"
    _inherit = ["crm.club", "crm.colleague.mixin"]

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        index="btree_not_null",
        help="Is told in My Day where points of a member do not add up. Empty: every "
        "relations manager is.",
    )
    point_worth = fields.Float(
        string="A Point Is Worth",
        digits=(16, 4),
        help="What a point costs you when it is spent, in the currency of the company: "
        "what is outstanding is told in money as well.",
    )
    invited_count = fields.Integer(string="Invited", compute="_compute_overview")
    joined_count = fields.Integer(
        string="Joined This Month", compute="_compute_overview"
    )
    usable_points = fields.Float(compute="_compute_points", digits=(16, 0))
    pending_points = fields.Float(compute="_compute_points", digits=(16, 0))
    owed_points = fields.Float(compute="_compute_points", digits=(16, 0))
    expiring_points = fields.Float(
        string="Expire within 30 Days", compute="_compute_points", digits=(16, 0)
    )
    outstanding_worth = fields.Float(
        string="Worth of All", compute="_compute_points", digits=(16, 2)
    )
    difference_count = fields.Integer(compute="_compute_difference_count")

    _worth_positive = models.Constraint(
        "CHECK(point_worth >= 0)", "A point is worth 0 or more."
    )

    def _compute_overview(self):
        members = self.env["crm.club.membership"]
        domain = [("club_id", "in", self.ids)]
        invited = members._read_group(
            [*domain, ("state", "=", "invited")], ["club_id"], ["__count"]
        )
        first = fields.Date.start_of(self._get_today_of_all(), "month")
        joined = members._read_group(
            [*domain, ("joined_on", ">=", first)], ["club_id"], ["__count"]
        )
        invited, joined = dict(invited), dict(joined)
        for club in self:
            club.invited_count = invited.get(club, 0)
            club.joined_count = joined.get(club, 0)

    def _compute_points(self):
        """Sum up what is outstanding; two queries for all clubs."""
        # Superuser: sums, to whoever may read the club.
        report = self.env["crm.club.point.report"].sudo()
        soon = self._get_today_of_all() + relativedelta(days=SOON)
        clubs = [("club_id", "in", self.ids)]
        sums = {
            (club.id, status): (points, worth)
            for club, status, points, worth in report._read_group(
                clubs, ["club_id", "status"], ["points:sum", "worth:sum"]
            )
        }
        expiring = {
            club.id: points
            for club, points in report._read_group(
                [*clubs, ("status", "=", "usable"), ("expires_on", "<=", soon)],
                ["club_id"],
                ["points:sum"],
            )
        }
        for club in self:
            found = {
                status: sums.get((club.id, status), (0, 0))
                for status in ("usable", "pending", "owed")
            }
            club.usable_points = found["usable"][0]
            club.pending_points = found["pending"][0]
            club.owed_points = -found["owed"][0]
            club.expiring_points = expiring.get(club.id, 0)
            club.outstanding_worth = sum(worth for _points, worth in found.values())

    def _compute_difference_count(self):
        # Superuser: whether something is wrong, to whoever may read the club.
        differences = self.env["crm.club.point.difference"].sudo()
        counts = differences._read_group(
            [("club_id", "in", self.ids), ("closed_at", "=", False)],
            ["club_id"],
            ["__count"],
        )
        counts = {club.id: count for club, count in counts}
        for club in self:
            club.difference_count = counts.get(club.id, 0)

    @api.model
    def _get_today_of_all(self):
        return self.env["loyalty.card"]._get_today_of_all()

    @api.model
    def _open_report(self, action, club, **filters):
        found = self.env["ir.actions.act_window"]._for_xml_id(f"crm_relations.{action}")
        filters = {f"search_default_{name}": value for name, value in filters.items()}
        return {
            **found,
            "context": {**filters, "search_default_club_id": club.id},
        }

    def action_view_points(self):
        self.ensure_one()
        return self._open_report("crm_club_point_report_action", self)

    def action_view_expiring(self):
        self.ensure_one()
        return {
            **self._open_report("crm_club_point_report_action", self, soon=1),
            "view_mode": "list,pivot,graph",
            "views": [(False, "list"), (False, "pivot"), (False, "graph")],
        }

    def action_view_member_report(self):
        self.ensure_one()
        return self._open_report("crm_club_member_report_action", self)

    def action_view_invited(self):
        self.ensure_one()
        action = self._open_members([("club_id", "=", self.id)])
        return {**action, "context": {"search_default_invited": 1}}

    def action_view_differences(self):
        self.ensure_one()
        return self._open_report("crm_club_point_difference_action", self, standing=1)
