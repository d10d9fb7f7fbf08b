from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..followup.my_day.crm_my_day import WEEK
from .crm_work_report import OPEN

REPORTS = ("crm.work.report", "crm.work.report.result")


class CrmMyDay(models.AbstractModel):
    """Reports to write and to read; what others are asked about the cards."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if users != self.env.user:
            return [*cards, self._prepare_missing_card(users)]
        mine = Domain("user_id", "in", users.ids) & Domain("state", "in", OPEN)
        now = Domain("due_on", "<=", today) | Domain("state", "=", "returned")
        soon = Domain("due_on", "<=", today + WEEK) & Domain("state", "=", "draft")
        return [
            *cards,
            self._prepare_report_card(
                mine & now,
                key="work_report",
                column="now",
                title=self.env._("Your report"),
                acts=[
                    self._prepare_act(
                        "action_hand_in", self.env._("Hand In"), "fa-paper-plane-o"
                    )
                ],
            ),
            self._prepare_report_card(
                mine & soon & ~now,
                key="work_report_week",
                column="week",
                title=self.env._("Your next reports"),
            ),
            self._prepare_unread_card(users),
        ]

    def _prepare_report_card(self, domain, **values):
        return self._prepare_card(
            model="crm.work.report",
            domain=domain,
            order="due_on, id",
            icon="fa-file-text-o",
            action="crm_relations.crm_work_report_action_mine",
            date="due_on",
            detail="return_reason",
            opens_itself=True,
            is_optional=True,
            **values,
        )

    def _prepare_unread_card(self, users):
        """What has been handed in to these leaders; nobody's reports are for those who
        answer for all."""
        told = Domain("leader_id", "in", users.ids)
        if self._answers_for_all():
            told |= Domain("leader_id", "=", False)
            told |= Domain("leader_id.active", "=", False)
        return self._prepare_card(
            key="work_report_unread",
            column="now",
            title=self.env._("Reports to read"),
            model="crm.work.report",
            domain=told
            & Domain("state", "=", "handed_in")
            & Domain("user_id", "not in", users.ids),
            order="handed_in_at, id",
            icon="fa-envelope-open-o",
            action="crm_relations.crm_work_report_action",
            user="leader_id",
            asker="user_id",
            opens_itself=True,
            is_optional=True,
            acts=[
                self._prepare_act("action_mark_read", self.env._("Read"), "fa-check"),
            ],
        )

    def _prepare_missing_card(self, users):
        return self._prepare_card(
            key="work_report_missing",
            column="watch",
            title=self.env._("Reports that are missing"),
            model="crm.work.report.result",
            domain=Domain("user_id", "in", users.ids) & Domain("state", "=", "missing"),
            order="due_at DESC, id",
            icon="fa-file-o",
            action="crm_relations.crm_work_report_result_action",
            date="due_on",
            opens_itself=True,
            is_optional=True,
        )

    def _get_names(self, rows):
        """Reports are named by their period."""
        names = super()._get_names(rows)
        ids = {row["id"] for row in rows if row["opened"] in REPORTS}
        # Superuser: the lines have been found with the rights of the caller.
        reports = self.env["crm.work.report"].sudo().browse(ids)
        return names | {(reports._name, one.id): one._get_title() for one in reports}

    def _prepare_line(self, row, names, today):
        line = super()._prepare_line(row, names, today)
        if row["opened"] in REPORTS:
            line["name"] = names["crm.work.report", row["id"]]
        return line

    @api.model
    def _count_cards(self, users, keys, today):
        """Return ``{key: {user id: number}}`` of these cards for the company that is
        worked in; one query a card.

        Nobody's rights are asked: call it as superuser, for whom one may.
        """
        cards = {card["key"]: card for card in self._get_my_day_cards(users, today)}
        return {key: self._count_card(cards[key]) for key in keys if key in cards}

    def _count_card(self, card):
        domain = self._keep_to_company(card)
        query = self._search_card({**card, "domain": domain})
        user = self.env[card["model"]]._field_to_sql(query.table, card["user"], query)
        query.order = None
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT who, count(*) FROM (%s) AS line GROUP BY who",
                    query.select(SQL("%s AS who", user)),
                )
            )
        )

    def _keep_to_company(self, card):
        """Return the domain of a card for the company that is worked in."""
        domain = Domain(card["domain"])
        if "company_id" in self.env[card["model"]]._fields:
            opened = self.env.company._get_open()
            domain &= Domain("company_id", "in", [False, *opened.ids])
        return domain
