from collections import Counter

import pytz

from odoo import fields, models
from odoo.tools import format_amount

from ...tools.sentences import join_words

HISTORY = 5
ENOUGH = 3  # calls that reached somebody, before a habit is read from them


class CrmCallback(models.Model):
    """What the agent sees of the customer: what the call needs, nothing more."""

    _inherit = "crm.callback"

    def _get_card(self):
        """Return the open call as the screen shows it."""
        self.ensure_one()
        # Superuser: an agent has no rights on orders and other people's customers; he
        # gets these few lines about the one he is about to ring.
        call = self.sudo()
        return {
            "id": call.id,
            "purpose": call.purpose or "",
            "reason": call.reason,
            "script": [
                line for line in (call.script or "").splitlines() if line.strip()
            ],
            "due_at": fields.Datetime.to_string(call.due_at),
            "deadline_at": fields.Datetime.to_string(call.deadline_at),
            "deadline": self.env.user._tell_moment(call.deadline_at, "short"),
            "is_late": call.deadline_at < fields.Datetime.now(),
            "attempt": call.attempt_count + 1,
            "customer": call._get_customer_lines(),
            "people": call._get_people(),
            "orders": call._get_last_orders(),
            "followups": call._get_last_followups(),
            "attempts": call._get_last_attempts(),
            "buttons": [
                {name: button[name] for name in ("key", "label", "icon")}
                for button in self._get_buttons()
            ],
        }

    def _get_customer_lines(self):
        """Return who is called, and when it suits."""
        customer = self.partner_id
        place = filter(None, (customer.city, customer.country_id.name))
        return {
            "id": customer.id,
            "name": customer.display_name,
            "city": join_words(self.env, place),
            "tier": customer.tier_id.name or "",
            "lifecycle": customer._get_lifecycle_label(),
            "owner": customer.user_id.name or "",
            "local_time": self._get_local_time(self.number_partner_id or customer),
            "best_time": self._get_best_time(),
        }

    def _get_people(self):
        """Return whom one can ring, the one to ring first."""
        customer, first = self.partner_id, self.number_partner_id
        people = first | self.person_id | customer | customer.child_ids
        known = people._get_known_values()
        wrong = self._get_wrong_numbers(known)
        people = people.filtered(
            lambda person: (
                (person == first or known[person.id]["phone_sanitized"])
                and known[person.id]["phone_sanitized"] not in wrong
            )
        )[: 2 * HISTORY]
        people._log_shown("phone", "call")
        return [
            {
                "id": person.id,
                "name": person.name or "",
                "function": person.function or "",
                "number": known[person.id]["phone_sanitized"],
                "shown": known[person.id]["phone"],
            }
            for person in people
        ]

    def _get_wrong_numbers(self, known):
        """Return which numbers are not to be dialled.

        :param known: numbers of these people, see ``_get_known_values``
        """
        wrong = self.env["crm.callback.attempt"].search(
            [("partner_id", "=", self.partner_id.id), ("is_number_invalid", "=", True)]
        )
        numbers = [values["phone_sanitized"] for values in known.values()]
        listed = self.env["phone.blacklist"].search([("number", "in", numbers)])
        return {*wrong._get_dialled().values(), *listed.mapped("number")}

    def _get_last_orders(self):
        orders = self.env["sale.order"].search(
            [
                ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                ("state", "=", "sale"),
                ("company_id", "in", self.env.companies.ids),
            ],
            order="date_order DESC, id DESC",
            limit=HISTORY,
        )
        return [
            {
                "id": order.id,
                "name": order.name,
                "day": self.env.user._tell_day(order.date_order, "short"),
                "amount": format_amount(
                    self.env, order.amount_total, order.currency_id
                ),
            }
            for order in orders
        ]

    def _get_last_followups(self):
        followups = self.env["crm.followup"].search(
            [
                ("customer_id", "=", self.partner_id.id),
                ("company_id", "in", [False, *self.env.companies._get_open().ids]),
            ],
            limit=HISTORY,
        )
        return [
            {
                "id": followup.id,
                "day": self.env.user._tell_day(followup.date, "short"),
                "kind": followup.kind_id.name,
                "purpose": followup.purpose,
                "content": followup.content or "",
                "person": followup.user_id.name,
            }
            for followup in followups
        ]

    def _get_last_attempts(self):
        attempts = self.env["crm.callback.attempt"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "in", [False, *self.env.companies._get_open().ids]),
            ],
            limit=HISTORY,
        )
        return [
            {
                "id": attempt.id,
                "when": self.env.user._tell_moment(attempt.called_at, "short"),
                "outcome": attempt.outcome_id.name,
                "agent": attempt.agent_id.name,
                "note": attempt.note or "",
            }
            for attempt in attempts
        ]

    def _get_local_time(self, partner):
        """Return what time it is there, "" where that is the caller's own time."""
        zone = partner.tz or partner.commercial_partner_id.tz
        if not zone or zone == self.env.user.tz:
            return ""
        now = pytz.utc.localize(fields.Datetime.now())
        return f"{now.astimezone(pytz.timezone(zone)):%H:%M}"

    def _get_best_time(self):
        """Return when this customer is usually reached: the two hours with the most
        calls that reached somebody; else what the person has said; "" if unknown."""
        reached = self.env["crm.callback.attempt"].search_fetch(
            [
                ("partner_id", "=", self.partner_id.id),
                ("outcome_id.is_contact", "=", True),
            ],
            ["called_at"],
            limit=100,
        )
        if len(reached) < ENOUGH:
            return self._get_preferred_time()
        company = self.company_id or self.env["res.company"]._get_relations_default()
        zone = pytz.timezone(self.partner_id.tz or company._get_relations_tz())
        hours = Counter(
            pytz.utc.localize(attempt.called_at).astimezone(zone).hour // 2 * 2
            for attempt in reached
        )
        first = min(hours, key=lambda hour: (-hours[hour], hour))
        return f"{first:02d}:00–{first + 2:02d}:00"

    def _get_preferred_time(self):
        profiles = self.env["crm.person.profile"].search(
            [
                ("customer_id", "=", self.partner_id.id),
                ("partner_id", "in", (self.person_id | self.partner_id).ids),
                ("preferred_time", "!=", False),
            ],
            limit=1,
        )
        return profiles.preferred_time or ""
