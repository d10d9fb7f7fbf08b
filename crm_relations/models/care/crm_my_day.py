from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ..followup.my_day.crm_my_day import WEEK


class CrmMyDay(models.AbstractModel):
    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        mine = Domain("user_id", "in", users.ids)
        now, week = self._get_care_domains(today)
        return [
            *super()._get_my_day_cards(users, today),
            self._prepare_care_card(
                mine & now,
                key="care",
                column="now",
                title=self.env._("Care"),
                help=self.env._(
                    "Birthdays, deliveries and whatever else the care rules ask for "
                    "today stand here."
                ),
                in_digest=True,
            ),
            self._prepare_nobodys_care_card(users, now | week),
            self._prepare_care_card(
                mine & week,
                key="care_week",
                column="week",
                title=self.env._("Care and birthdays"),
                help=self.env._("What the care rules plan for the coming 7 days."),
            ),
            self._prepare_late_care_card(users),
        ]

    def _prepare_nobodys_care_card(self, users, when):
        """What nobody is to do any more stands with whose customer it is."""
        return self._prepare_care_card(
            Domain("user_id", "=", False)
            & Domain("partner_id.user_id", "in", users.ids)
            & when,
            key="care_nobody",
            column="now",
            title=self.env._("Care that nobody is to do"),
            is_optional=True,
            acts=[
                self._prepare_act("action_give", self.env._("Hand Over"), "fa-share"),
                *self._prepare_care_acts(),
            ],
        )

    def _prepare_late_care_card(self, users):
        return self._prepare_care_card(
            Domain("supervisor_id", "in", users.ids)
            & Domain("state", "=", "open")
            & Domain("escalated_at", "!=", False),
            key="care_late",
            column="watch",
            title=self.env._("Care that is late"),
            user="supervisor_id",
            is_optional=True,
        )

    def _get_care_domains(self, today):
        """Return the domains of what is to be done now, and in the coming week."""
        opened = Domain("state", "=", "open")
        end = self.env.user._get_relations_day_start(today + timedelta(days=1))
        due = Domain("occasion_date", "<=", today) | Domain("deadline_at", "<=", end)
        week = Domain("state", "=", "planned") | opened & ~due
        return opened & due, week & Domain("occasion_date", "<=", today + WEEK)

    def _prepare_care_card(self, domain, **values):
        return self._prepare_card(
            model="crm.care.task",
            domain=domain,
            order="occasion_date, id",
            icon="fa-heart-o",
            action="crm_relations.crm_care_task_action",
            date="occasion_date",
            partner="partner_id",
            opens_itself=True,
            **{"acts": self._prepare_care_acts(), **values},
        )

    def _prepare_care_acts(self):
        return [
            self._prepare_act("action_log_done", self.env._("Mark Done"), "fa-check"),
            self._prepare_act(
                "action_call_and_log",
                self.env._("Call"),
                "fa-phone",
                needs_phone=True,
            ),
            self._prepare_act("action_put_off", self.env._("Put Off"), "fa-clock-o"),
        ]

    def _prepare_planned_card(self, domain, **values):
        """The activity that stands for a care task is counted as care."""
        others = Domain("crm_care_task_ids", "=", False)
        return super()._prepare_planned_card(domain & others, **values)
