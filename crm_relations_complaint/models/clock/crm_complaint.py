from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# What of a complaint decides by which policies its clocks run.
MATCHED = frozenset(
    (
        *("severity", "is_safety", "impact", "complexity"),
        *("category_id", "channel", "partner_id"),
    )
)


class CrmComplaint(models.Model):
    """The clocks of a complaint: turned by its events, in the same transaction."""

    _inherit = "crm.complaint"

    clock_ids = fields.One2many(
        comodel_name="crm.complaint.clock",
        inverse_name="complaint_id",
        string="Clocks",
        readonly=True,
    )
    pause_ids = fields.One2many(
        comodel_name="crm.complaint.pause",
        inverse_name="complaint_id",
        string="Pauses",
        readonly=True,
    )
    next_clock_id = fields.Many2one(
        comodel_name="crm.complaint.clock",
        string="Due Next",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Of the clocks that run, the one that runs out first.",
    )
    next_deadline_at = fields.Datetime(
        string="Next Deadline",
        readonly=True,
        copy=False,
        help="When the clock that is due next runs out. It stays while overdue.",
    )
    next_user_id = fields.Many2one(
        related="next_clock_id.user_id", string="Whose", related_sudo=True
    )
    clock_words = fields.Char(
        string="Time Left",
        compute="_compute_clock_words",
        help="Working time until the clock that is due next runs out.",
    )
    is_overdue = fields.Boolean(
        string="Overdue",
        compute="_compute_is_overdue",
        search="_search_is_overdue",
    )
    is_paused = fields.Boolean(
        string="Standing Still",
        compute="_compute_is_paused",
        search="_search_is_paused",
    )

    pause_reason = fields.Char(
        string="Waiting For", compute="_compute_is_paused", help="Why it stands still."
    )

    _next_deadline_idx = models.Index(
        "(next_deadline_at, id) WHERE next_deadline_at IS NOT NULL"
    )

    @api.depends("next_clock_id.standing")
    @api.depends_context("lang")
    def _compute_clock_words(self):
        for complaint in self:
            # Superuser: of a complaint that the caller reads.
            complaint.clock_words = complaint.sudo().next_clock_id.standing

    @api.depends("next_deadline_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for complaint in self:
            deadline = complaint.next_deadline_at
            complaint.is_overdue = deadline and deadline < now

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("next_deadline_at", "<", "now")]

    @api.depends("pause_ids.ended_at")
    def _compute_is_paused(self):
        reasons = {
            pause.complaint_id.id: pause.reason for pause in self._get_open_pauses()
        }
        for complaint in self:
            number = complaint._origin.id
            complaint.is_paused = number in reasons
            complaint.pause_reason = reasons.get(number)

    def _search_is_paused(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("pause_ids", "any", [("ended_at", "=", False)])

    def _get_open_pauses(self):
        """Return the pauses in which these are, as superuser."""
        # Superuser: whether it stands still, to who may read the complaint.
        return (
            self.env["crm.complaint.pause"]
            .sudo()
            .search_fetch(
                [("complaint_id", "in", self._origin.ids), ("ended_at", "=", False)],
                ["complaint_id", "reason"],
            )
        )

    def _get_paused_ids(self):
        """Return the ids of those of these that stand still."""
        return set(self._get_open_pauses().complaint_id._ids)

    def write(self, vals):
        result = super().write(vals)
        if not MATCHED.isdisjoint(vals):
            # Superuser: which clocks run follows, whoever judges the severity.
            self.env["crm.complaint.clock"].sudo()._rematch(self.sudo())
        return result

    def _recorded(self, kind, at):
        super()._recorded(kind, at)
        if not self:
            return
        at = at.replace(microsecond=0)
        self.flush_model()
        self._turn_pauses(kind, at)
        self.env["crm.complaint.clock"]._turn(self, kind, at)
        self._refresh_next_clock(always=True)

    def _get_clock_user(self, kind):
        """Return whose clock of this kind it is."""
        self.ensure_one()
        asked = kind.whose == "asked" and self.waiting_for_id
        return asked or self.user_id or self.first_asked_id

    def _get_clock_calendar(self):
        """Return the calendar by which clocks count where no policy names one."""
        self.ensure_one()
        # Superuser: the company need not be one that the caller may enter.
        return self.company_id.sudo().resource_calendar_id.sudo(self.env.su)

    def _refresh_next_clock(self, always=False):
        """Write which clock of each of these is due next.

        :param always: also where it is the same: who does something to the complaint at
            the same time has to look again
        """
        self.env["crm.complaint.clock"].flush_model()
        self.flush_model(["next_clock_id", "next_deadline_at"])
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_complaint AS complaint
                   SET next_clock_id = next.id, next_deadline_at = next.deadline_at
                  FROM (SELECT each.id AS complaint_id, clock.id, clock.deadline_at
                          FROM unnest(%s::int[]) AS each (id)
                     LEFT JOIN LATERAL (
                               SELECT id, deadline_at FROM crm_complaint_clock
                                WHERE complaint_id = each.id AND result = 'running'
                                  AND deadline_at IS NOT NULL
                             ORDER BY deadline_at, id LIMIT 1) AS clock ON TRUE)
                       AS next
                 WHERE complaint.id = next.complaint_id
                   AND (%s OR (complaint.next_clock_id, complaint.next_deadline_at)
                        IS DISTINCT FROM (next.id, next.deadline_at))
             RETURNING complaint.id
                """,
                list(self.ids),
                always,
            )
        )
        self.invalidate_recordset(["next_clock_id", "next_deadline_at"])
