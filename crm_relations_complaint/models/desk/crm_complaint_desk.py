from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.crm_relations.tools.arguments import Given, Text

from ..register.crm_complaint import OPEN

LINES = 60
SOON = timedelta(hours=1)
# What is due next first, whoever has registered it when; without a clock last.
ORDER = "next_deadline_at, severity DESC, registered_at, id"


class CrmComplaintDesk(models.AbstractModel):
    """The officer's day on one screen: what is due next minute first, across all
    complaints, with what is to be done on the line."""

    _name = "crm.complaint.desk"
    _description = "Complaint desk"

    @api.model
    def open_desk(self, scope: Given = False):
        """Return what the desk shows; the number of statements does not depend on how
        many complaints are open.

        :param scope: ``mine`` or ``all``; False: the own ones, those of all where the
            caller answers for none
        :return: ``{"now", "scope", "scopes", "figures", "waiting", "lines", "count"}``:
            ``waiting`` are those that the caller is asked to take over, ``lines`` the
            others, the most urgent sixty of ``count``
        """
        complaints = self.env["crm.complaint"]
        complaints.check_access("read")
        scope = self._read_scope(scope)
        asked = complaints.search(self._get_asked_domain(), order=ORDER)
        others = self._get_domain(scope)
        found = complaints.search(others, order=ORDER, limit=LINES)
        lines = self._prepare_lines(asked | found)
        return {
            "now": fields.Datetime.now().isoformat() + "Z",
            "scope": scope,
            "scopes": self._get_scopes(),
            "figures": self._get_figures(scope),
            "waiting": [lines[one.id] for one in asked],
            "lines": [lines[one.id] for one in found],
            "count": complaints.search_count(others),
        }

    @api.model
    def open_figure(self, key: Text, scope: Given = False):
        """Return the action that opens what a figure of the desk counts."""
        domains = {"open": self._get_domain(scope), **self._get_figure_domains(scope)}
        if key not in domains:
            raise UserError(self.env._("There is no such figure."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_complaint.crm_complaint_action"
        )
        return action | {"domain": list(domains[key]), "context": {}}

    @api.model
    def _read_scope(self, scope):
        if scope in ("mine", "all"):
            return scope
        mine = self.env["crm.complaint"].search_count(self._get_domain("mine"), limit=1)
        return "mine" if mine or len(self._get_scopes()) == 1 else "all"

    @api.model
    def _get_scopes(self):
        """Return whose complaints the caller may look at; who sees only those he has to
        do with has no choice."""
        scopes = [{"key": "mine", "label": self.env._("Mine")}]
        if self.env["crm.complaint"]._sees_all():
            scopes.append({"key": "all", "label": self.env._("All")})
        return scopes

    @api.model
    def _get_asked_domain(self):
        mine = Domain("waiting_for_id", "=", self.env.uid)
        return mine & Domain("state", "in", OPEN)

    @api.model
    def _get_domain(self, scope):
        """Return which complaints stand on the desk, without those to be accepted."""
        opened = Domain("state", "in", OPEN)
        opened &= Domain("waiting_for_id", "!=", self.env.uid)
        if scope == "all":
            return opened
        return opened & Domain("user_id", "=", self.env.uid)

    @api.model
    def _get_figure_domains(self, scope):
        now = fields.Datetime.now()
        user = self.env.user
        day = user._get_relations_today() + timedelta(days=1)
        end = user._get_relations_day_start(day)
        opened, due = self._get_domain(scope), "next_deadline_at"
        later = opened & Domain(due, ">=", now)
        return {
            "late": opened & Domain(due, "<", now),
            "soon": later & Domain(due, "<", now + SOON),
            "today": later & Domain(due, "<", max(end, now + SOON)),
            "open": opened,
        }

    @api.model
    def _get_figures(self, scope):
        labels = {
            "late": (self.env._("late"), "danger"),
            "soon": (self.env._("within an hour"), "warning"),
            "today": (self.env._("today"), "body"),
            "open": (self.env._("open"), "body"),
        }
        return [
            {
                "key": key,
                "label": labels[key][0],
                "tone": labels[key][1],
                "count": self.env["crm.complaint"].search_count(domain),
            }
            for key, domain in self._get_figure_domains(scope).items()
        ]

    @api.model
    def _prepare_lines(self, complaints):
        """Return ``{complaint id: line}``."""
        clocks = self._get_next_clocks(complaints)
        events = self._get_last_events(complaints)
        return {
            one.id: one._prepare_desk_line(clocks.get(one.id), events.get(one.id))
            for one in complaints
        }

    @api.model
    def _get_next_clocks(self, complaints):
        """Return ``{complaint id: the clock that ends next}``."""
        # Superuser: clocks of complaints that the caller has just read.
        clocks = self.env["crm.complaint.clock"].sudo()
        found = clocks.search_fetch(
            [("complaint_id", "in", complaints.ids), ("result", "=", "running")],
            ["complaint_id", "kind_id", "deadline_at", "promise"],
            order="deadline_at DESC, id DESC",
        )
        return {clock.complaint_id.id: clock for clock in found if clock.deadline_at}

    @api.model
    def _get_last_events(self, complaints):
        """Return ``{complaint id: its last event}``."""
        # Superuser: as above.
        events = self.env["crm.complaint.event"].sudo()
        last = events._read_group(
            [("complaint_id", "in", complaints.ids)], ["complaint_id"], ["id:max"]
        )
        # Ids are drawn as things happen; what is told later of earlier is news, too.
        found = events.browse([number for _complaint, number in last])
        return {event.complaint_id.id: event for event in found}
