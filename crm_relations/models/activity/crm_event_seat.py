from odoo import fields, models


class CrmEventSeat(models.Model):
    """A level of the club that is invited to an activity, with the seats for it."""

    _name = "crm.event.seat"
    _description = "Level invited to an activity"
    _order = "event_id, level_id"
    _rec_name = "level_id"

    event_id = fields.Many2one(
        comodel_name="event.event", required=True, index=True, ondelete="cascade"
    )
    level_id = fields.Many2one(
        comodel_name="crm.club.level",
        string="Club Level",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('club_id', '=', parent.club_id)]",
    )
    seats = fields.Integer(
        aggregator=None,
        help="At most so many members of this level. 0: as many as there are seats.",
    )
    use_number = fields.Integer(
        readonly=True,
        export_string_translation=False,
        help="Of the last seat taken: who takes one at the same time has to wait.",
    )
    taken_count = fields.Integer(string="Taken", compute="_compute_taken_count")

    _level_uniq = models.Constraint(
        "UNIQUE(event_id, level_id)", "This level is invited already."
    )
    _seats_positive = models.Constraint(
        "CHECK(seats BETWEEN 0 AND 100000)", "Seats are between 0 and 100,000."
    )

    def _compute_taken_count(self):
        counts = self._get_taken()
        for line in self:
            line.taken_count = counts.get((line.event_id.id, line.level_id.id), 0)

    def _get_taken(self):
        """Return ``{(event id, level id): seats taken}``."""
        rows = self.env["crm.event.guest"]._read_group(
            [
                ("event_id", "in", self.event_id.ids),
                ("level_id", "in", self.level_id.ids),
                ("state", "in", ("registered", "attended")),
            ],
            ["event_id", "level_id"],
            ["seats:sum"],
        )
        return {(event.id, level.id): seats for event, level, seats in rows}
