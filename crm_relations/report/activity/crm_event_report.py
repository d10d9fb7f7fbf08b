from odoo import api, fields, models
from odoo.tools import SQL

from ...models.activity.crm_event_guest import STATES
from ...models.activity.event_event import KINDS

SALES_DAYS = 90


class CrmEventReport(models.Model):
    """Activities for customers: who came, what it cost, what it brought. A line a
    guest, with its share of seats and costs, so that sums are right in every group; an
    activity without guests has a line of its own."""

    _name = "crm.event.report"
    _description = "Customer activities"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "event_id"
    _depends = {
        "event.event": [
            *["activity_kind", "club_id", "activity_day", "company_id", "user_id"],
            *["seats_max", "seats_limited", "active"],
        ],
        "crm.event.guest": [
            *["event_id", "partner_id", "attendee_id", "level_id", "state"],
        ],
        "crm.event.cost": ["event_id", "planned", "actual"],
        "loyalty.history": ["source_key", "issued", "used", "reverses_id"],
        "sale.order": ["partner_id", "state", "date_order", "amount_untaxed"],
    }

    event_id = fields.Many2one(
        comodel_name="event.event", string="Activity", readonly=True
    )
    kind = fields.Selection(selection=KINDS, readonly=True)
    club_id = fields.Many2one(comodel_name="crm.club", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Responsible", readonly=True
    )
    date = fields.Date(string="Day", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    level_id = fields.Many2one(
        comodel_name="crm.club.level", string="Club Level", readonly=True
    )
    state = fields.Selection(selection=STATES, string="Status", readonly=True)
    guest_count = fields.Integer(string="Guests", readonly=True)
    coming_count = fields.Integer(
        string="Registered", readonly=True, help="Registered, whether they came or not."
    )
    attended_count = fields.Integer(string="Came", readonly=True)
    attended_rate = fields.Float(
        string="Came, of Registered (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of the guests registered for activities that are over.",
    )
    seats = fields.Float(digits=(16, 1), readonly=True)
    planned = fields.Float(string="Planned Cost", digits=(16, 2), readonly=True)
    actual = fields.Float(string="Actual Cost", digits=(16, 2), readonly=True)
    points = fields.Float(
        string="Points Given",
        digits=(16, 2),
        readonly=True,
        help="Less those taken back.",
    )
    sales_after = fields.Float(
        string="Sales within 90 Days",
        digits=(16, 2),
        readonly=True,
        help="What customers of guests who came ordered in the 90 days after, without "
        "taxes; each customer once an activity.",
    )

    @property
    def _table_query(self):
        return SQL(
            "WITH bought AS (%s) %s %s %s",
            self.env["res.partner"]._get_purchases_sql(),
            *(self._select(), self._from(), self._where()),
        )

    @api.model
    def _select(self):
        return SQL(
            """
            SELECT COALESCE(2 * guest.id, 2 * event.id + 1) AS id,
                   event.id AS event_id, event.activity_kind AS kind, event.club_id,
                   event.company_id, event.user_id, event.activity_day AS date,
                   guest.partner_id, guest.level_id, guest.state,
                   (guest.id IS NOT NULL)::int AS guest_count,
                   (guest.state IN ('registered', 'attended'))::int AS coming_count,
                   (guest.state = 'attended')::int AS attended_count,
                   CASE WHEN guest.state = 'attended' THEN 100.0
                        WHEN guest.state = 'registered' AND event.date_end < %(now)s
                        THEN 0.0 END AS attended_rate,
                   CASE WHEN event.seats_limited THEN event.seats_max ELSE 0
                         END / lines.number AS seats,
                   COALESCE(cost.planned, 0) / lines.number AS planned,
                   COALESCE(cost.actual, 0) / lines.number AS actual,
                   COALESCE(given.points, 0) AS points,
                   CASE WHEN guest.state = 'attended' AND is_first
                        THEN COALESCE(sold.amount, 0) ELSE 0 END AS sales_after
            """,
            now=fields.Datetime.now(),
        )

    @api.model
    def _from(self):
        return SQL(
            """
              FROM event_event AS event
         LEFT JOIN (SELECT *, row_number() OVER (
                              PARTITION BY event_id, partner_id
                              ORDER BY (state = 'attended') DESC, id) = 1 AS is_first
                      FROM crm_event_guest) AS guest ON guest.event_id = event.id
        CROSS JOIN LATERAL (
                   SELECT GREATEST(count(*), 1)::float8 AS number
                     FROM crm_event_guest AS one WHERE one.event_id = event.id) AS lines
         LEFT JOIN (SELECT event_id, sum(planned) AS planned, sum(actual) AS actual
                      FROM crm_event_cost GROUP BY event_id) AS cost
                ON cost.event_id = event.id
         LEFT JOIN LATERAL (%(points)s) AS given ON TRUE
         LEFT JOIN LATERAL (
                   SELECT sum(bought.amount) AS amount FROM bought
                    WHERE bought.partner_id = guest.partner_id
                      AND bought.day > event.activity_day
                      AND bought.day <= event.activity_day + %(days)s) AS sold
                ON guest.state = 'attended' AND is_first
            """,
            points=self._get_points_sql(),
            days=SALES_DAYS,
        )

    @api.model
    def _get_points_sql(self):
        """Return a SELECT of the points that the guest's card has kept of it; those of
        the customer's card with the first of its guests."""
        return SQL(
            """
            SELECT sum(line.issued - COALESCE((
                       SELECT sum(back.used - back.issued) FROM loyalty_history AS back
                        WHERE back.reverses_id = line.id), 0)) AS points
              FROM crm_club_membership AS member
              JOIN loyalty_history AS line ON line.card_id = member.card_id
             WHERE member.club_id = event.club_id
               AND (member.partner_id = guest.attendee_id
                    OR member.partner_id = guest.partner_id AND guest.is_first
                       AND guest.attendee_id <> guest.partner_id)
               AND line.source_key LIKE 'event-' || event.id || '-%%'
            """
        )

    @api.model
    def _where(self):
        return SQL("WHERE event.activity_kind IS NOT NULL")

    def action_open_activity(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "event.event",
            "res_id": self.event_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
