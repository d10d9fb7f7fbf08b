from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ....tools.arguments import Given, Text
from ..res_users import WITH_CUSTOMERS

WEEK = timedelta(days=7)
EVERYONE = 0


class CrmMyDay(models.AbstractModel):
    """What somebody, or a team, does now: cards, each a count and its urgent lines.

    Each room adds its cards through ``_get_my_day_cards``; screen and daily digest show
    the same ones.
    """

    _name = "crm.my.day"
    _description = "My Day"

    @api.model
    def get_day(self, team_id: Given = False):
        """Return what the screen shows of the caller, or of a team.

        :param team_id: a team the caller answers for; 0 everyone (relations managers);
            False the caller alone
        """
        teams = self._get_teams()
        users = self._get_users(team_id)
        today = self.env.user._get_relations_today()
        cards = self._read_cards(self._get_my_day_cards(users, today), today)
        return {
            "user": self.env.user.name,
            "date": self.env.user._tell_day(today, "full"),
            "notice": self.env["crm.take.in"]._get_notice(),
            "team_id": team_id,
            "scopes": self._get_scopes(teams),
            "starts": self._get_starts(),
            "targets": self._read_targets(users),
            "columns": [
                {
                    "key": key,
                    "title": title,
                    "help": words,
                    "cards": [card for card in cards if card["column"] == key],
                }
                for key, title, words in self._get_columns()
            ],
        }

    @api.model
    def _get_starts(self):
        """Hook: return what can be begun here, as ``[{"label", "icon", "action"}]``."""
        return []

    @api.model
    def open_card(self, key: Text, team_id: Given = False):
        """Return the action that opens all that a card counts."""
        today = self.env.user._get_relations_today()
        for card in self._get_my_day_cards(self._get_users(team_id), today):
            if card["key"] == key:
                action = self.env["ir.actions.act_window"]._for_xml_id(card["action"])
                context = {"active_test": True, **card["context"]}
                return action | {
                    "name": card["title"],
                    "display_name": card["title"],
                    "domain": list(card["domain"]),
                    "context": context,
                }
        raise UserError(self.env._("There is no such card any more."))

    def _get_columns(self):
        """Return key, title, and what will stand there while nothing does."""
        return [
            (
                "now",
                self.env._("Do now"),
                self.env._(
                    "What waits today comes here by itself: next steps, follow-ups, "
                    "care, calls, approvals and proposals."
                ),
            ),
            (
                "week",
                self.env._("This week"),
                self.env._("What comes up within 7 days stands here beforehand."),
            ),
            (
                "watch",
                self.env._("Watch"),
                self._get_words_of_nothing_to_watch(),
            ),
        ]

    def _get_words_of_nothing_to_watch(self):
        if self.env.user.has_group("crm_relations.group_sales_user"):
            return self.env._(
                "Customers that came, went or have not ordered for long, and care "
                "that is late, stand here."
            )
        return self.env._("What others do and you keep an eye on stands here.")

    def _get_scopes(self, teams):
        """Return whose day the caller may look at; alone, there is no choice."""
        if not teams:
            return []
        scopes = [{"id": False, "name": self.env._("Me")}]
        scopes += [{"id": team.id, "name": team.name} for team in teams]
        if self._answers_for_all():
            scopes.append({"id": EVERYONE, "name": self.env._("Everyone")})
        return scopes

    def _answers_for_all(self):
        return self.env.user.has_group("crm_relations.group_relations_manager")

    def _get_teams(self):
        """Return the teams that the caller answers for."""
        if not self.env.user.has_group("crm_relations.group_user"):
            raise AccessError(self.env._("Only users of customer relations do this."))
        teams = self.env["crm.team"]
        domain = Domain("company_id", "in", [False, *self.env.companies.ids])
        if not self._answers_for_all():
            domain &= Domain("user_id", "=", self.env.uid)
            if not self.env.user.has_group("crm_relations.group_sales_manager"):
                return teams
        # Superuser: a leader need not be a member to whom Odoo shows the team.
        return teams.sudo().search(domain)

    def _get_users(self, team_id):
        """Return whose day it is; refuse a team that the caller does not answer for.
        What those left behind who were archived is done by somebody, so it is seen."""
        teams = self._get_teams()
        if team_id is False or team_id is None:
            return self.env.user
        # Superuser: names and numbers of colleagues, after the check above.
        users = self.env["res.users"].sudo().with_context(active_test=False)
        companies = Domain("company_ids", "in", self.env.companies.ids)
        if team_id == EVERYONE and self._answers_for_all():
            return users.search(companies & Domain("share", "=", False))
        if team_id not in teams.ids:
            raise AccessError(self.env._("You do not answer for this team."))
        return users.search(companies & Domain("sale_team_id", "=", team_id))

    def _get_my_day_cards(self, users, today):
        """Hook: return the cards of these users on this day, see ``_prepare_card``.

        Nothing is read here, so that asking for one card costs nothing for the others.
        """
        mine = Domain("user_id", "in", users.ids)
        return [
            *self._prepare_cards_of_now(mine, today),
            self._prepare_waiting_card(users),
            *self._prepare_cards_of_week(mine, today),
            self._prepare_order_card(
                mine & Domain("next_order_expected_on", "<", today)
            ),
            *self._prepare_red_cards(users, today),
        ]

    def _prepare_cards_of_now(self, mine, today):
        return [
            self._prepare_planned_card(
                mine & Domain("date_deadline", "<=", today),
                key="planned",
                column="now",
                title=self.env._("Planned for today"),
                help=self.env._("Next steps and activities of today stand here."),
                in_digest=True,
            ),
            self._prepare_contact_card(
                mine & Domain("contact_due_date", "<=", today),
                key="contact_due",
                column="now",
                title=self.env._("Follow-up due"),
                help=self.env._(
                    "Customers whose tier asks for a contact by today stand here."
                ),
                in_digest=True,
            ),
            self._prepare_contact_card(
                mine & Domain("visit_due_date", "<=", today),
                key="visit_due",
                column="now",
                title=self.env._("Visit due"),
                date="visit_due_date",
                in_digest=True,
                is_optional=True,
            ),
        ]

    def _prepare_cards_of_week(self, mine, today):
        week = today + WEEK
        return [
            self._prepare_planned_card(
                mine
                & Domain("date_deadline", ">", today)
                & Domain("date_deadline", "<=", week),
                key="planned_week",
                column="week",
                title=self.env._("Planned"),
                help=self.env._("Next steps and activities of the coming 7 days."),
            ),
            self._prepare_contact_card(
                mine
                & Domain("contact_due_date", ">", today)
                & Domain("contact_due_date", "<=", week),
                key="contact_week",
                column="week",
                title=self.env._("Follow-up due soon"),
                help=self.env._("Customers to contact within the coming 7 days."),
            ),
        ]

    def _prepare_planned_card(self, domain, **values):
        return self._prepare_card(
            model="mail.activity",
            domain=domain
            & Domain("res_model", "in", WITH_CUSTOMERS)
            & Domain("is_of_archived", "=", False),
            order="date_deadline, id",
            icon="fa-calendar-check-o",
            action="crm_relations.crm_my_day_action_planned",
            date="date_deadline",
            label="res_name",
            detail="summary",
            document=("res_model", "res_id"),
            # Whatever else one does here, activities are for everybody.
            is_optional=False,
            acts=[
                self._prepare_act("action_do", self.env._("Mark Done"), "fa-check"),
                self._prepare_act("action_log_done", self.env._("Log"), "fa-pencil"),
                self._prepare_act(
                    "action_put_off", self.env._("Put Off"), "fa-clock-o"
                ),
            ],
            **values,
        )

    def _prepare_contact_card(self, domain, date="contact_due_date", **values):
        return self._prepare_card(
            model="res.partner",
            domain=domain & Domain("is_managed_customer", "=", True),
            order=f"{date}, id",
            icon="fa-phone",
            action="crm_relations.crm_contact_due_action",
            date=date,
            partner="id",
            acts=self._prepare_contact_acts(),
            **values,
        )

    def _prepare_contact_acts(self):
        """Return what can be done with a customer."""
        return [
            self._prepare_act(
                "action_log_followup", self.env._("Log follow-up"), "fa-pencil"
            ),
            self._prepare_act(
                "action_call", self.env._("Call"), "fa-phone", needs_phone=True
            ),
        ]

    def _prepare_red_cards(self, users, today):
        """Return the red list, for those who look at a team."""
        days = self.env["crm.contact.escalation"]._get_escalation_days()
        if users == self.env.user or not days:
            return []
        due = Domain("contact_due_date", "<=", today - timedelta(days=days))
        return [
            self._prepare_contact_card(
                due & Domain("user_id", "in", users.ids),
                key="red_list",
                column="watch",
                title=self.env._("Red list"),
            )
        ]

    def _prepare_waiting_card(self, users):
        waiting = Domain("state", "=", "waiting")
        # Whom nobody has been chosen for yet is for those who receive visitors.
        receives = self.env.user.has_group("crm_relations.group_sales_user")
        free = [False] if receives else []
        return self._prepare_card(
            key="reception",
            column="now",
            title=self.env._("Waiting at the reception"),
            model="crm.reception",
            domain=waiting & Domain("consultant_id", "in", [*free, *users.ids]),
            order="arrived_at, id",
            icon="fa-bell-o",
            action="crm_relations.crm_reception_action",
            user="consultant_id",
            partner="partner_id",
            label="name",
            opens_itself=True,
            keeps_archived=True,  # who stands there has come
            is_optional=True,
            acts=[
                self._prepare_act(
                    "action_hand_over", self.env._("Pass On"), "fa-handshake-o"
                )
            ]
            if receives
            else [],
        )

    def _prepare_order_card(self, domain):
        domain &= Domain("is_managed_customer", "=", True)
        return self._prepare_card(
            key="order_overdue",
            column="watch",
            title=self.env._("Order overdue"),
            model="res.partner",
            domain=domain & Domain("is_lost", "=", False),
            order="sales_12_months DESC, id",
            icon="fa-line-chart",
            action="crm_relations.crm_customer_action_overdue",
            date="next_order_expected_on",
            partner="id",
            acts=self._prepare_contact_acts(),
            help=self.env._(
                "Customers who usually would have ordered again by now stand here."
            ),
        )
