from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from odoo.addons.crm_relations.models.followup.my_day.crm_my_day import WEEK

from ..register.crm_complaint import OPEN
from ..register.crm_complaint_act import OFFICER


class CrmMyDay(models.AbstractModel):
    """What waits with complaints: hand-overs to answer, what falls due, what the
    customer is to confirm."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env["crm.complaint"].has_access("read"):
            return cards
        mine = Domain("user_id", "in", users.ids) & Domain("state", "in", OPEN)
        return [
            *cards,
            self._prepare_handover_card(users),
            *self._prepare_complaint_cards_of_now(mine, today),
            *self._prepare_complaint_cards_of_week(mine, today),
            *self._prepare_complaint_cards_to_watch(users, mine),
        ]

    def _prepare_handover_card(self, users):
        return self._prepare_complaint_card(
            Domain("waiting_for_id", "in", users.ids) & Domain("state", "in", OPEN),
            key="complaint_handover",
            column="now",
            title=self.env._("Complaints to accept"),
            icon="fa-handshake-o",
            user="waiting_for_id",
            asker="user_id",
            in_digest=True,
            help=self.env._(
                "Complaints that are handed over, but not accepted yet, stand here; "
                "until then the one who asks stays answerable."
            ),
            acts=[
                self._prepare_act("action_accept", self.env._("Accept"), "fa-check"),
                self._prepare_act("action_decline", self.env._("Decline"), "fa-times"),
            ],
        )

    def _get_end_of(self, day):
        return self.env.user._get_relations_day_start(day + timedelta(days=1))

    def _prepare_complaint_cards_of_now(self, mine, today):
        working = mine & Domain("state", "!=", "solved")
        return [
            self._prepare_complaint_card(
                working & Domain("next_deadline_at", "<", self._get_end_of(today)),
                key="complaint_due",
                column="now",
                title=self.env._("Complaints due"),
                in_digest=True,
                help=self.env._(
                    "Complaints with a clock that ends today, or has ended, stand "
                    "here; the next one first."
                ),
                acts=self._prepare_complaint_acts(),
            ),
            self._prepare_complaint_card(
                mine & Domain("state", "=", "solved"),
                key="complaint_confirm",
                column="now",
                title=self.env._("Solutions to confirm"),
                icon="fa-check-square-o",
                in_digest=True,
                is_optional=True,
                acts=[self._prepare_call_act()],
            ),
        ]

    def _prepare_complaint_cards_of_week(self, mine, today):
        working = mine & Domain("state", "!=", "solved")
        end, end_of_week = self._get_end_of(today), self._get_end_of(today + WEEK)
        due = Domain("next_deadline_at", "<", end_of_week)
        return [
            self._prepare_complaint_card(
                working & Domain("next_deadline_at", ">=", end) & due,
                key="complaint_week",
                column="week",
                title=self.env._("Complaints due soon"),
                help=self.env._("Clocks of complaints that end within 7 days."),
                acts=self._prepare_complaint_acts(),
            ),
            self._prepare_complaint_card(
                working & ~due,
                key="complaint_open",
                column="week",
                title=self.env._("Other open complaints"),
                order="registered_at, id",
                is_optional=True,
                acts=self._prepare_complaint_acts(),
            ),
        ]

    def _prepare_complaint_acts(self):
        return [
            self._prepare_act(
                "action_record_contact", self.env._("Contacted"), "fa-comments-o"
            ),
            self._prepare_call_act(),
        ]

    def _prepare_call_act(self):
        return self._prepare_act(
            "action_call", self.env._("Call"), "fa-phone", needs_phone=True
        )

    def _prepare_complaint_card(self, domain, **values):
        return self._prepare_card(
            **{
                "order": "next_deadline_at, severity DESC, id",
                "icon": "fa-bullhorn",
                "is_optional": not self.env.user.has_group(OFFICER),
                **values,
            },
            model="crm.complaint",
            domain=domain,
            action="crm_relations_complaint.crm_complaint_action",
            date="next_deadline_at",
            when="clock_words",
            partner="partner_id",
            label="subject",
            detail="subject",
            opens_itself=True,
            # A case goes on until it is closed.
            keeps_archived=True,
        )
