from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

MANAGER = "crm_relations.group_relations_manager"
STATES = [
    ("invited", "Invited"),
    ("declined", "Declined"),
    ("registered", "Registered"),
    ("attended", "Came"),
    ("cancelled", "Cancelled"),
]


class CrmEventGuest(models.Model):
    """A customer, or a person of it, at an activity: invited, registered, there.

    Written by invitations, by the answers to them and by registrations; it carries no
    number and no address, so that a pool has nothing to hide here.
    """

    _name = "crm.event.guest"
    _description = "Guest of an activity"
    _inherit = ["crm.customer.line.mixin"]
    _order = "date desc, id desc"
    _rec_name = "attendee_id"

    event_id = fields.Many2one(
        comodel_name="event.event",
        string="Activity",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    attendee_id = fields.Many2one(
        comodel_name="res.partner",
        string="Guest",
        readonly=True,
        index=True,
        ondelete="set null",
        help="Empty: the contact is gone; the customer was invited all the same.",
    )
    level_id = fields.Many2one(
        comodel_name="crm.club.level",
        string="Club Level",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Of the guest in the club of the activity, when invited or registered.",
    )
    state = fields.Selection(
        selection=STATES, string="Status", required=True, readonly=True, index=True
    )
    seats = fields.Integer(
        readonly=True, help="Registrations of this guest that hold a seat."
    )
    date = fields.Date(
        string="Day",
        related="event_id.activity_day",
        store=True,
        help="On which the activity begins.",
    )
    kind = fields.Selection(related="event_id.activity_kind", string="Kind")
    invited_at = fields.Datetime(string="Invited On", readonly=True)
    answered_at = fields.Datetime(string="Replied On", readonly=True)
    invited_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, index="btree_not_null"
    )
    task_id = fields.Many2one(
        comodel_name="crm.care.task",
        string="Invitation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    sending = fields.Selection(
        related="task_id.state",
        string="Invitation Sent",
        help="Invitations go out by the care rule: outside the quiet hours, and not to "
        "who refuses them.",
    )
    owner_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    can_answer = fields.Boolean(compute="_compute_can_answer")

    _guest_uniq = models.UniqueIndex(
        "(event_id, attendee_id, partner_id)", "This guest is invited already."
    )

    @api.depends("partner_id")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for guest in self:
            guest.can_answer = guest._may_be_answered()

    @api.model
    def _find(self, events, partners):
        """Return ``{(event, partner): guest}`` of these."""
        guests = self.search(
            [("event_id", "in", events.ids), ("attendee_id", "in", partners.ids)]
        )
        return {(guest.event_id, guest.attendee_id): guest for guest in guests}

    def _follow_registrations(self, values):
        """Write what the registrations of this guest say; who has declined and holds
        no seat stays declined."""
        if self.state == "declined" and not values["seats"]:
            self.seats = 0
            return
        known = self.read(list(values), load="")[0]
        if any(known[name] != value for name, value in values.items()):
            self.write(values)

    def _find_tasks(self):
        """Note by which care these are invited; one statement."""
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_event_guest AS guest SET task_id = task.id
                  FROM crm_care_task AS task
                 WHERE guest.id = ANY(%s) AND task.res_id = guest.id
                   AND task.res_model = %s AND task.partner_id = guest.partner_id
             RETURNING guest.id
                """,
                list(self.ids),
                self._name,
            )
        )
        self.invalidate_recordset(["task_id"])

    @api.model
    def _check_may_invite(self, event, partners):
        """Refuse whoever neither runs the event nor works with all of these.

        :raise AccessError: in words
        """
        event.check_access("read")
        if event.has_access("write") or self.env.user.has_group(MANAGER):
            return
        if not partners or not all(one._may_be_managed_in_club() for one in partners):
            raise AccessError(
                self.env._("You invite only customers with whom you work.")
            )

    def _may_be_answered(self):
        return self.env.su or self.partner_id._may_be_managed_in_club()

    def _check_may_answer(self):
        """Refuse whoever does not work with the customers of these."""
        self.check_access("read")
        for guest in self.filtered(lambda one: not one._may_be_answered()):
            raise AccessError(
                self.env._(
                    "Only who works with the customer answers for %(guest)s.",
                    # Superuser: who may read the line may know whose it is.
                    guest=guest.attendee_id.sudo().name,
                )
            )

    def _get_history_line(self):
        """Return what the timeline of the customer shows."""
        # Superuser: names of events and colleagues.
        guest = self.sudo()
        states = dict(self._fields["state"]._description_selection(self.env))
        kinds = dict(
            guest.event_id._fields["activity_kind"]._description_selection(self.env)
        )
        who = guest.attendee_id.name if guest.attendee_id != guest.partner_id else ""
        return {
            "date": self.env.user._tell_day(guest.date),
            "title": self.env._(
                "%(kind)s: %(state)s",
                kind=kinds.get(guest.kind, self.env._("Activity")),
                state=states[guest.state],
            ),
            "text": " · ".join(filter(None, (guest.event_id.name, who))),
            "by": guest.invited_by_id.name or "",
        }

    def action_open_activity(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "event.event",
            "res_id": self.event_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
