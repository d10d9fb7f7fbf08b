from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.local_moments import local_time
from ..segment.lifecycle.crm_lifecycle_layers import LAYERS

# How many periods back achievement is shown, and the length of one.
PERIODS = {
    "day": (92, relativedelta(days=1)),
    "week": (26, relativedelta(weeks=1)),
    "month": (24, relativedelta(months=1)),
}
MEASURES = {
    "customers": SQL("count(DISTINCT followup.customer_id)"),
    "followups": SQL("count(*)"),
    "minutes": SQL("COALESCE(sum(followup.duration_minutes), 0)"),
}


class CrmFollowupTarget(models.Model):
    """What each person is to achieve a day, week or month.

    Achievement is counted from the follow-ups when it is read, by the customers'
    layers and tiers of today. On days on which the company does not work no daily
    target is missed, nor one of a period in which the person does not work at all.
    """

    _name = "crm.followup.target"
    _description = "Follow-up target"
    _inherit = ["crm.colleague.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        help="Its day and its working days count.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        ondelete="restrict",
        string="Person",
        domain="[('share', '=', False)]",
        help="Only for this person. Empty: for each person of the team.",
        index="btree_not_null",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        ondelete="restrict",
        string="Sales Team",
        default=lambda self: self._default_team_id(),
        help="For each person of this team. Empty: for each member of any sales team.",
        index="btree_not_null",
    )
    period = fields.Selection(
        selection=[("day", "Day"), ("week", "Week"), ("month", "Month")],
        required=True,
        default="day",
        help="Days on which the company or the person does not work (days off, leave, "
        "part time) ask for nothing. A week or month keeps its whole goal, unless the "
        "person is away all of it.",
    )
    goal = fields.Integer(
        required=True, default=3, help="So much each person achieves in each period."
    )
    measure = fields.Selection(
        selection=[
            ("customers", "Customers followed up"),
            ("followups", "Follow-ups"),
            ("minutes", "Minutes"),
        ],
        required=True,
        default="customers",
        help="Customers: each counts once in a period, however often it was contacted.",
    )
    kind_id = fields.Many2one(
        comodel_name="crm.followup.kind",
        string="Kind of Follow-up",
        domain="[('counts_as_followup', '=', True)]",
        ondelete="cascade",
        help="Empty: every kind that counts as follow-up.",
    )
    lifecycle = fields.Selection(
        selection=LAYERS, help="Only customers in this layer of the lifecycle."
    )
    tier_ids = fields.Many2many(
        comodel_name="crm.tier",
        ondelete="restrict",
        context={"active_test": False},
        string="Tiers",
        help="Only customers of one of these tiers.",
    )
    category_ids = fields.Many2many(
        comodel_name="res.partner.category",
        ondelete="restrict",
        context={"active_test": False},
        string="Tags",
        help="Only customers with at least one of these tags, as “Intent”.",
    )
    start_date = fields.Date(
        required=True,
        default=lambda self: self.env.company._get_relations_today(),
        help="The first period counted is the one of this day.",
    )
    end_date = fields.Date(help="The last day counted. Empty: until further notice.")

    _goal_positive = models.Constraint(
        "CHECK(goal > 0 AND goal <= 1000000)",
        "A target asks for at least one, and at most for a million.",
    )

    def _default_team_id(self):
        """A leader sets targets for the own team."""
        return self.env["crm.team"].search([("user_id", "=", self.env.uid)], limit=1)

    @api.constrains("start_date", "end_date")
    def _check_dates(self):
        if any(
            target.end_date and target.end_date < target.start_date for target in self
        ):
            raise ValidationError(self.env._("A target ends after its start."))

    @api.constrains("team_id", "user_id")
    def _check_person(self):
        # Superuser: who belongs to a team, whoever sets the target.
        for target in self.sudo().filtered(lambda each: each.team_id and each.user_id):
            team, person = target.team_id, target.user_id
            if person not in team.member_ids and person.sale_team_id != team:
                raise ValidationError(
                    self.env._(
                        "%(person)s is no member of %(team)s: choose the right team, "
                        "or none.",
                        person=person.name,
                        team=team.name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        # Odoo asks before writing only: nobody hands a target to a team of others.
        self.check_access("write")
        return result

    def action_view_results(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_target_result_action"
        )
        return action | {"domain": [("target_id", "=", self.id)], "context": {}}

    def _get_results_sql(self, users=None):
        """Return a SELECT of target_id, user_id, period_start, period_end and achieved.

        :param users: those people only, and the present period only
        """
        parts = [part for target in self if (part := target._get_part_sql(users))]
        if parts:
            return SQL(" UNION ALL ").join(parts)
        return SQL(
            "SELECT NULL::int AS target_id, NULL::int AS user_id,"
            " NULL::date AS period_start, NULL::date AS period_end,"
            " 0::bigint AS achieved WHERE FALSE"
        )

    def _get_part_sql(self, users):
        # Superuser: the clock of a company is no secret.
        today = self.company_id.sudo()._get_relations_today()
        last = min(today, self.end_date or today)
        present = self._get_period_start(today)
        first = self._get_first_period(present) if users is None else present
        if max(first, self._get_period_start(self.start_date)) > last:
            return None
        first = max(first, self._get_period_start(self.start_date))
        return SQL(
            """
            SELECT %(target)s AS target_id, person.id AS user_id, period.day AS
                   period_start, (period.day + %(step)s::interval)::date - 1 AS
                   period_end, COALESCE(done.achieved, 0)::bigint AS achieved
              FROM (%(people)s) AS person
        CROSS JOIN (SELECT day::date AS day FROM generate_series(
                    %(first)s::timestamp, %(last)s, %(step)s::interval) AS day)
                   AS period
         LEFT JOIN (%(done)s) AS done
                ON done.user_id = person.id AND done.day = period.day
             WHERE %(works)s AND %(present)s
            """,
            target=self.id,
            people=self._get_people_sql(users),
            first=first,
            last=last,
            step=f"1 {self.period}",
            done=self._get_done_sql(first, last),
            works=self._get_works_sql(first, last),
            present=self._get_present_sql(users, first, last),
        )

    def _get_done_sql(self, first, last):
        """Return a SELECT of user_id, day (the first of its period) and achieved."""
        # Superuser: as above.
        company = self.company_id.sudo()
        local = local_time(SQL("followup.date"), company._get_relations_tz())
        return SQL(
            """
            SELECT followup.user_id, date_trunc(%(period)s, %(local)s)::date AS day,
                   %(measure)s AS achieved
              FROM crm_followup AS followup
              JOIN crm_followup_kind AS kind
                ON kind.id = followup.kind_id AND kind.counts_as_followup
              JOIN res_partner AS customer ON customer.id = customer_id
             WHERE followup.date >= %(since)s AND followup.date < %(until)s
                   %(conditions)s
          GROUP BY 1, 2
            """,
            period=self.period,
            local=local,
            measure=MEASURES[self.measure],
            since=company._get_relations_day_start(first),
            until=company._get_relations_day_start(last + timedelta(days=1)),
            conditions=self._get_conditions_sql(),
        )

    def _get_period_start(self, day):
        if self.period == "week":
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self.period == "month" else day

    def _get_first_period(self, present):
        count, length = PERIODS[self.period]
        return present - (count - 1) * length

    def _get_period_length(self):
        return PERIODS[self.period][1]

    def _get_followup_domain(self):
        """Return which follow-ups count, as ``_get_conditions_sql`` does."""
        domain = []
        if self.kind_id:
            domain.append(("kind_id", "=", self.kind_id.id))
        if self.lifecycle:
            domain.append(("customer_id.lifecycle", "=", self.lifecycle))
        if self.tier_ids:
            domain.append(("customer_id.tier_id", "in", self.tier_ids.ids))
        if self.category_ids:
            tags = self.category_ids.ids
            domain.append(("customer_id.category_id", "in", tags))
        return domain

    def _get_people_sql(self, users):
        """Return a SELECT of the ids of those for whom the target is."""
        conditions = [SQL("active AND NOT share")]
        if self.user_id:
            conditions.append(SQL("id = %s", self.user_id.id))
        elif self.team_id:
            conditions.append(SQL("sale_team_id = %s", self.team_id.id))
        else:
            conditions.append(
                SQL("sale_team_id IS NOT NULL AND company_id = %s", self.company_id.id)
            )
        if users is not None:
            conditions.append(SQL("id IN %s", tuple(users.ids) or (0,)))
        return SQL("SELECT id FROM res_users WHERE %s", SQL(" AND ").join(conditions))

    def _get_conditions_sql(self):
        conditions = []
        if self.kind_id:
            conditions.append(SQL("AND followup.kind_id = %s", self.kind_id.id))
        if self.lifecycle:
            conditions.append(SQL("AND customer.lifecycle = %s", self.lifecycle))
        if self.tier_ids:
            tiers = tuple(self.tier_ids.ids)
            conditions.append(SQL("AND customer.tier_id IN %s", tiers))
        if self.category_ids:
            conditions.append(
                SQL(
                    """
                    AND EXISTS (SELECT FROM res_partner_res_partner_category_rel AS tag
                                 WHERE tag.partner_id = customer.id
                                   AND tag.category_id IN %s)
                    """,
                    tuple(self.category_ids.ids),
                )
            )
        return SQL(" ").join(conditions)

    def _get_works_sql(self, first, last):
        """Return the condition that a daily target is asked for on ``period.day``.

        By the calendar itself: its table of days may not have been filled yet.
        """
        # Superuser: nor is its calendar.
        calendar = self.company_id.sudo().resource_calendar_id
        if self.period != "day" or not calendar:
            return SQL("TRUE")
        since = datetime.combine(first, time()) - timedelta(days=1)
        working_time = calendar._get_working_time(since=since)
        return SQL("period.day = ANY(%s)", working_time.get_workdays(first, last))
