from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

TAKING = ("draft", "open", "done")
WATCHED = frozenset({"state", "partner_id", "event_id", "active"})


class EventRegistration(models.Model):
    """Registrations for activities keep the guests of customers: who comes, who was
    there. Registrations for other events are none of our business."""

    _inherit = "event.registration"

    @api.model_create_multi
    def create(self, vals_list):
        registrations = super().create(vals_list)
        self._keep_guests_of(registrations._get_pairs())
        return registrations

    def write(self, vals):
        if WATCHED.isdisjoint(vals):
            return super().write(vals)
        before = self._get_pairs()
        result = super().write(vals)
        self._keep_guests_of(before + self._get_pairs())
        return result

    def unlink(self):
        pairs = self._get_pairs()
        result = super().unlink()
        self._keep_guests_of(pairs)
        return result

    def _get_pairs(self):
        """Return ``[(event, partner)]`` of those for customers' activities."""
        # Superuser: guests follow from registrations, whoever writes them.
        return [
            (one.event_id, one.partner_id)
            for one in self.sudo()
            if one.event_id.activity_kind and one.partner_id
        ]

    @api.model
    def _keep_guests_of(self, pairs):
        """Bring the guests of these (event, partner) up to date, and their points."""
        pairs = list(dict.fromkeys(pairs))
        if not pairs:
            return
        # Superuser: guests follow from registrations, whoever writes them.
        events = self.env["event.event"].sudo().union(*(pair[0] for pair in pairs))
        partners = self.env["res.partner"].sudo().union(*(pair[1] for pair in pairs))
        events._lock_seats()
        coming = self._write_guests(pairs, events, partners)
        for event in events:
            event._check_level_seats(coming.get(event, partners.browse()))
            event._settle_attendance(partners)

    @api.model
    def _write_guests(self, pairs, events, partners):
        """Return ``{event: those who take a seat more than before}``: who gives one up,
        or is there, needs none."""
        # Superuser: as above.
        guests = self.env["crm.event.guest"].sudo()
        known = guests._find(events, partners)
        found = self._get_guest_vals(pairs, events, partners)
        coming = defaultdict(partners.browse)
        for (event, partner), values in found.items():
            guest = known.get((event, partner), guests)
            if values["seats"] > guest.seats:
                coming[event] |= partner
        for pair in known.keys() & found.keys():
            known[pair]._follow_registrations(found[pair])
        guests.create(
            [
                event._prepare_guest_vals(partner, values)
                for (event, partner), values in found.items()
                if (event, partner) not in known
                and partner.commercial_partner_id.is_managed_customer
                and values["seats"]
            ]
        )
        return coming

    @api.model
    def _get_guest_vals(self, pairs, events, partners):
        """Return ``{(event, partner): what its registrations say of a guest}``."""
        states = self._read_states(events, partners)
        levels = {event: event._get_levels(partners) for event in events}
        found = {}
        for event, partner in pairs:
            state, seats = states.get((event.id, partner.id), ("cancelled", 0))
            values = {"state": state, "seats": seats}
            if seats:
                values["level_id"] = levels[event].get(partner.id, False)
            found[event, partner] = values
        return found

    @api.model
    def _read_states(self, events, partners):
        """Return ``{(event id, partner id): (state of the guest, seats)}`` of those who
        hold a seat."""
        self.flush_model(["state", "event_id", "partner_id", "active"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT event_id, partner_id, bool_or(state = 'done'), count(*)
                  FROM event_registration
                 WHERE event_id = ANY(%s) AND partner_id = ANY(%s) AND active
                   AND state = ANY(%s)
              GROUP BY event_id, partner_id
                """,
                events.ids,
                partners.ids,
                list(TAKING),
            )
        )
        return {
            (event, partner): ("attended" if came else "registered", seats)
            for event, partner, came, seats in rows
        }
