from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list

from ...tools.birthdays import FEBRUARY_28, MARCH_1
from ...tools.counted import tell_points, tell_times

PERIODS = [
    ("month", "Month"),
    ("quarter", "Quarter"),
    ("year", "Year"),
    ("ever", "Ever"),
]


class CrmEarningRule(models.Model):
    """For what, besides orders, members of a club earn points, and how many.

    Of several rules of a club for the same thing the first one in their order that
    fits the member gives the points: once for each thing.

    To add a kind, extend ``kind`` here and on ``loyalty.history``, and call
    ``_earn_in_clubs(kind, source)`` of the customers or persons when it happens; what
    comes up with the calendar gives its occasions by ``_occasions_<kind>``.
    """

    _name = "crm.earning.rule"
    _description = "Earning rule"
    _inherit = ["crm.rule.sentence", "crm.rule.preview"]
    _order = "club_id, sequence, id"

    name = fields.Char(
        required=True,
        translate=True,
        help="Members read it beside the points that they have got.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    club_id = fields.Many2one(
        comodel_name="crm.club",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_club_id(),
    )
    kind = fields.Selection(
        selection=[
            ("join", "Joined the club"),
            ("birthday", "Birthday"),
            ("profile", "Archive completed"),
        ],
        string="Earned For",
        required=True,
        default="join",
        help="Birthday: of a member who is a person, by the calendar of its birthday. "
        "Archive completed: of a member that is the customer itself, once.",
    )
    points = fields.Float(
        string="Club Points",
        required=True,
        default=100,
        aggregator=None,
        help="How many points are earned each time.",
    )
    is_qualifying = fields.Boolean(
        string="Count for Levels",
        help="These points also count for the level, in clubs whose levels go by "
        "points.",
    )
    level_ids = fields.Many2many(
        comodel_name="crm.club.level",
        relation="crm_earning_rule_level_rel",
        ondelete="restrict",
        context={"active_test": False},
        string="Club Levels",
        domain="[('club_id', '=', club_id)]",
        help="Only members of these levels. Empty: all members.",
    )
    start_date = fields.Date(
        string="Valid From",
        default=fields.Date.context_today,
        help="What happened before gives no points.",
    )
    end_date = fields.Date(string="Until", help="The last day. Empty: without an end.")
    limit_times = fields.Integer(
        string="At Most (times)",
        help="A member earns by this rule so many times in each period. 0: each time.",
    )
    limit_period = fields.Selection(
        selection=PERIODS,
        string="In Each",
        required=True,
        default="year",
    )
    leap_day = fields.Selection(
        selection=[(FEBRUARY_28, "On February 28"), (MARCH_1, "On March 1")],
        string="February 29",
        required=True,
        default=FEBRUARY_28,
        help="When that day is celebrated in a year without it.",
    )
    archive_rate = fields.Integer(
        string="Archive From (%)",
        default=80,
        aggregator=None,
        help="So much of the archive is filled in, in percent, as the requirements of "
        "the archive weigh it.",
    )
    given_count = fields.Integer(
        string="Times Earned",
        compute="_compute_given",
        help="What was taken back is left out.",
    )
    given_points = fields.Float(
        string="Points Given",
        compute="_compute_given",
        help="What was taken back is left out.",
    )

    can_preview = fields.Boolean(compute="_compute_can_preview")

    _points_positive = models.Constraint(
        "CHECK(points > 0)", "A rule gives more than 0 points."
    )
    _limit_positive = models.Constraint(
        "CHECK(limit_times >= 0)", "A limit is 0 or more times."
    )
    _rate_valid = models.Constraint(
        "CHECK(archive_rate BETWEEN 1 AND 100)",
        "Of an archive 1 to 100 percent are filled in.",
    )
    _dates_valid = models.Constraint(
        "CHECK(start_date <= end_date)", "The last day comes after the first."
    )

    def _default_club_id(self):
        clubs = self.env["crm.club"].search([], limit=2)
        return clubs if len(clubs) == 1 else clubs.browse()

    @api.constrains("club_id", "level_ids")
    def _check_level_ids(self):
        for rule in self:
            if rule.level_ids.club_id - rule.club_id:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: the levels are those of its own club.",
                        rule=rule.name,
                    )
                )

    def _compute_given(self):
        # Superuser: sums of the ledger, to who may read the rule.
        lines = self.env["loyalty.history"].sudo()
        sums = {
            rule: (count, points)
            for rule, count, points in lines._read_group(
                [("earning_rule_id", "in", self.ids), ("source_key", "!=", False)],
                ["earning_rule_id"],
                ["__count", "issued:sum"],
            )
        }
        for rule in self:
            rule.given_count, rule.given_points = sums.get(rule, (0, 0))

    @api.depends("kind")
    def _compute_can_preview(self):
        for rule in self:
            rule.can_preview = bool(getattr(self, f"_occasions_{rule.kind}", None))

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {
            *("club_id", "kind", "points", "level_ids", "limit_times", "limit_period"),
            "is_qualifying",
        }

    def _get_sentence_words(self):
        return [
            *super()._get_sentence_words(),
            self._tell_gift(),
            self._tell_qualifying(),
            self._tell_limit(),
        ]

    def _tell_gift(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        values = {
            "points": tell_points(self.env, self.points),
            "kind": kinds.get(self.kind, ""),
            "club": self.club_id.name or "",
            "levels": format_list(self.env, self.level_ids.mapped("name")),
        }
        if self.level_ids:
            return self.env._(
                "%(kind)s: members of %(club)s at the level %(levels)s get %(points)s.",
                **values,
            )
        return self.env._("%(kind)s: members of %(club)s get %(points)s.", **values)

    def _tell_qualifying(self):
        if not self.is_qualifying:
            return ""
        return self.env._("They count for the level.")

    def _tell_limit(self):
        if not self.limit_times:
            return ""
        times = tell_times(self.env, self.limit_times)
        texts = {
            "month": self.env._("At most %s a month.", times),
            "quarter": self.env._("At most %s a quarter.", times),
            "year": self.env._("At most %s a year.", times),
            "ever": self.env._("At most %s in all.", times),
        }
        return texts.get(self.limit_period, "")
