from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("lecture", "Lecture"),
    ("forum", "Forum"),
    ("tour", "Tour"),
    ("competition", "Competition"),
    ("other", "Other activity"),
]


class EventEvent(models.Model):
    """An event may be an activity for customers: whose members are invited, what they
    earn by coming, what it costs."""

    _inherit = "event.event"

    activity_kind = fields.Selection(
        selection=KINDS,
        string="Customer Activity",
        index="btree_not_null",
        help="Makes the event an activity for customers: guests are invited, and stand "
        "in the history of the customer.",
    )
    club_id = fields.Many2one(
        comodel_name="crm.club",
        string="For the Club",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Its members are invited and earn points by coming.",
    )
    seat_ids = fields.One2many(
        comodel_name="crm.event.seat",
        inverse_name="event_id",
        string="Levels Invited",
        copy=True,
        help="Without a line all levels are.",
    )
    members_until = fields.Date(
        string="Only for Members until",
        help="Until the end of this day only members of the club, of the levels "
        "invited, can register.",
    )
    attendance_points = fields.Float(
        string="Points for Coming",
        digits=(16, 2),
        help="Each member gets them once, when the registration is marked as attended. "
        "Taken back when it is no longer.",
    )
    counts_for_level = fields.Boolean(
        string="Count for the Level",
        help="These points count for the level of the member as well.",
    )
    cost_ids = fields.One2many(
        comodel_name="crm.event.cost",
        inverse_name="event_id",
        string="Costs",
        copy=True,
    )
    guest_ids = fields.One2many(
        comodel_name="crm.event.guest", inverse_name="event_id", string="Guests"
    )

    _points_positive = models.Constraint(
        "CHECK(COALESCE(attendance_points, 0) BETWEEN 0 AND 1000000)",
        "Points for coming are between 0 and 1,000,000.",
    )

    @api.constrains("club_id", "activity_kind", "seat_ids", "members_until")
    def _check_club_of_activity(self):
        for event in self:
            # Superuser: whoever plans events need not read clubs.
            levels = event.sudo().seat_ids.level_id
            if any(level.club_id != event.sudo().club_id for level in levels):
                raise ValidationError(
                    self.env._("Only levels of the club of the activity are invited.")
                )
            if event.members_until and not event.club_id:
                raise ValidationError(
                    self.env._("For the members of which club are the seats kept?")
                )

    def _get_activity_today(self):
        company = self.company_id or self.env["res.company"]._get_relations_default()
        # Superuser: the clock of a company is no secret.
        return company.sudo()._get_relations_today()

    def action_invite(self):
        """Open the dialog that invites members of the club."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invite Members"),
            "res_model": "crm.event.invite.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_event_id": self.id},
        }

    def action_view_guests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_event_guest_action"
        )
        return {**action, "domain": [("event_id", "=", self.id)], "context": {}}
