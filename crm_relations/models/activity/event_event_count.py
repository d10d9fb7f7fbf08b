from odoo import fields, models


class EventEvent(models.Model):
    """What came of an activity."""

    _inherit = "event.event"

    guest_count = fields.Integer(
        string="Number of Guests", compute="_compute_guest_counts"
    )
    attended_count = fields.Integer(
        string="Guests who Came", compute="_compute_guest_counts"
    )
    planned_cost = fields.Float(compute="_compute_costs", digits=(16, 2))
    actual_cost = fields.Float(compute="_compute_costs", digits=(16, 2))
    cost_per_guest = fields.Float(
        compute="_compute_costs",
        digits=(16, 2),
        help="What it really cost, for each attendee who came.",
    )

    def _compute_guest_counts(self):
        # Superuser: numbers, to whoever may read the event.
        guests = self.env["crm.event.guest"].sudo()
        counts = {}
        for event, state, count in guests._read_group(
            [("event_id", "in", self.ids)], ["event_id", "state"], ["__count"]
        ):
            counts.setdefault(event.id, {})[state] = count
        for event in self:
            own = counts.get(event.id, {})
            event.guest_count = sum(own.values())
            event.attended_count = own.get("attended", 0)

    def _compute_costs(self):
        # Superuser: sums, of an event that the caller may read.
        costs = self.env["crm.event.cost"].sudo()
        sums = {
            event.id: amounts
            for event, *amounts in costs._read_group(
                [("event_id", "in", self.ids)],
                ["event_id"],
                ["planned:sum", "actual:sum"],
            )
        }
        for event in self:
            planned, actual = sums.get(event.id, (0, 0))
            event.planned_cost = planned
            event.actual_cost = actual
            event.cost_per_guest = actual / event.seats_used if event.seats_used else 0
