from odoo import api, fields, models
from odoo.tools import SQL, format_amount

from ...tools.sentences import tell_number
from .crm_work_report_figures import CALLS_ON_TIME, OPEN_CARDS, WORK


class CrmWorkReport(models.Model):
    """The figures as they are read: in words, and what has changed since."""

    _inherit = "crm.work.report"

    shown_figures = fields.Json(
        compute="_compute_shown_figures", export_string_translation=False
    )
    previous_plan = fields.Text(
        string="What Was Planned",
        compute="_compute_previous_plan",
        compute_sudo=False,
        help="The plan of the last report of this kind.",
    )

    period = fields.Char(compute="_compute_period")

    @api.depends("kind", "period_start", "period_end")
    @api.depends_context("lang")
    def _compute_period(self):
        for report in self:
            report.period = report._get_days()

    @api.depends("user_id", "company_id", "kind", "period_start", "state", "figures")
    @api.depends_context("lang", "uid")
    def _compute_shown_figures(self):
        live = self._count_live()
        names = self._get_figure_names()
        for report in self:
            now = live.get(report)
            kept = report.figures or now
            report.shown_figures = kept and report._show(kept, now or kept, names)

    def _count_live(self):
        """Return ``{report: figures now}``; a statement more for each period and
        company, none for each person."""
        found = {}
        known = self.filtered(
            lambda one: (
                (one.user_id and one.period_start and one.company_id and one.kind)
                and one._is_counted()
            )
        )
        for (company, first, last), some in known.grouped(
            lambda one: (one.company_id, one.period_start, one.period_end)
        ).items():
            # Superuser: who may read the report may read what it counts.
            users = some.sudo().user_id
            figures = self._count(users, company.sudo(), first, last)
            found |= {report: figures[report.user_id.id] for report in some}
        return found

    def _is_counted(self):
        """A report that is not saved yet is what a client says it is, and no rule is
        asked: it is counted of oneself only."""
        if self.env.su or isinstance(self.id, int):
            return True
        is_mine = self.user_id == self.env.user
        return is_mine and self.company_id <= self.env.companies

    @api.model
    def _get_figure_names(self):
        """Return ``{key: label}`` in the words of those who count, and the names of
        kinds and targets by their ids as texts."""
        # Superuser: names of kinds and targets, also of archived ones.
        room = self.sudo().with_context(active_test=False)
        work = room.env["crm.workload.report"]
        labels = {
            name: work._fields[name]._description_string(self.env)
            for names in WORK.values()
            for name in names
        }
        # In the words of the views of those rates.
        labels[CALLS_ON_TIME] = self.env._("First Called in Time, of Those Due (%)")
        return {
            "work": labels,
            "open": {
                "contact_due": self.env._("Follow-up due"),
                "care": self.env._("Care"),
                "leaving": self.env._("About to leave"),
            },
            "kinds": {
                str(kind.id): kind.name
                for kind in room.env["crm.followup.kind"].search([])
            },
            "targets": {
                str(target.id): target.name
                for target in room.env["crm.followup.target"].search([])
            },
        }

    def _show(self, kept, now, names):
        """Return ``[{"title", "lines": [{"key", "label", "value", "now"}]}]``; ``now``
        only where it differs from what was handed in."""
        sections = [
            (self.env._("Contacts"), self._show_contacts(kept, now, names)),
            (self.env._("Customers"), self._show_work("customers", kept, now, names)),
            (self.env._("Sales"), self._show_work("sales", kept, now, names)),
            (
                self.env._("Care and callbacks"),
                self._show_work("service", kept, now, names, (CALLS_ON_TIME,)),
            ),
            (self.env._("Targets"), self._show_targets(kept, now, names)),
            (self.env._("Left to do"), self._show_open(kept, names)),
        ]
        return [{"title": title, "lines": lines} for title, lines in sections if lines]

    def _show_contacts(self, kept, now, names):
        kinds = dict.fromkeys((*kept["kinds"], *now["kinds"]))
        by_kind = [
            _compare(
                *(f"kind:{kind}", names["kinds"].get(kind, "?")),
                *(str(each["kinds"].get(kind, 0)) for each in (kept, now)),
            )
            for kind in sorted(kinds, key=lambda kind: names["kinds"].get(kind, "?"))
        ]
        lines = self._show_work("contacts", kept, now, names)
        return [*lines[:1], *by_kind, *lines[1:]]

    def _show_work(self, section, kept, now, names, more=()):
        return [
            _compare(
                *(name, names["work"][name]),
                *(self._tell_number(name, each) for each in (kept, now)),
            )
            for name in (*WORK[section], *more)
        ]

    def _tell_number(self, name, figures):
        value = figures["work"].get(name)
        if name == "order_amount":
            # Superuser: a currency is no secret.
            currency = self.env["res.currency"].sudo().browse(figures["currency_id"])
            return format_amount(self.env, value or 0, currency)
        visits = figures["work"].get("visit_count")
        if name == "verified_visit_count" and visits:
            share = round(100 * (value or 0) / visits)
            return self.env._("%(count)s (%(share)s %%)", count=value, share=share)
        return _tell_plainly(value)

    def _show_targets(self, kept, now, names):
        """What is no target any more is told as it was: there is nothing to compare it
        with."""
        targets = dict.fromkeys((*kept["targets"], *now["targets"]))
        gone = self.env._("A target that is no more")
        return [
            _compare(
                *(f"target:{target}", names["targets"].get(target, gone)),
                *(
                    self._tell_target(each["targets"].get(target))
                    for each in (kept, {"targets": kept["targets"] | now["targets"]})
                ),
            )
            for target in targets
        ]

    def _tell_target(self, sums):
        """Return a target in words; a dash where there was none."""
        if not sums:
            return "–"
        achieved, goal, met, periods = sums
        told = f"{achieved} / {goal}"
        if periods < 2:
            return told
        counts = self.env._("met %(met)s of %(all)s", met=met, all=periods)
        return f"{told} · {counts}"

    def _show_open(self, kept, names):
        """What is open is open now: it is not told again when it has been done."""
        return [
            _compare(f"open:{key}", names["open"][key], *[str(kept["open"][key])] * 2)
            for key in OPEN_CARDS
            if key in kept["open"]
        ]

    def _get_label(self, name):
        """Return what a field is called, for the print."""
        return self._fields[name]._description_string(self.env)

    def _get_fate(self):
        """Return of whose team it is, when it was handed in, and who read it."""
        # Superuser: names of colleagues and teams, for who reads the report.
        report = self.sudo()
        tell = self.env.user._tell_moment
        words = [report.team_id.name]
        if len(self.env.companies) > 1:
            words.append(report.company_id.name)
        if report.handed_in_at:
            told = tell(report.handed_in_at)
            late = report.punctuality == "late"
            words.append(
                self.env._("handed in late, %s", told)
                if late
                else self.env._("handed in %s", told)
            )
        if report.read_at:
            words.append(
                self.env._(
                    "read by %(user)s, %(moment)s",
                    user=report.read_by_id.name,
                    moment=tell(report.read_at),
                )
            )
        return " · ".join(filter(None, words))

    def _tell_now(self, value):
        return self.env._("(now %s)", value)

    def _get_printed(self):
        """Return who prints this, and when."""
        return self.env._(
            "Printed by %(user)s, %(moment)s",
            user=self.env.user.name,
            moment=self.env.user._tell_moment(fields.Datetime.now()),
        )

    @api.depends("user_id", "company_id", "kind", "period_start")
    @api.depends_context("uid")
    def _compute_previous_plan(self):
        """By the rights of the reader: a new leader is not told old plans."""
        self.env.flush_all()
        readable = self._search([("plan", "!=", False)])
        saved = self.filtered(lambda report: isinstance(report.id, int))
        plans = dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (mine.id) mine.id, earlier.plan
                      FROM crm_work_report AS mine
                      JOIN crm_work_report AS earlier
                        ON earlier.user_id = mine.user_id
                       AND earlier.company_id = mine.company_id
                       AND earlier.kind = mine.kind
                       AND earlier.period_start < mine.period_start
                     WHERE mine.id = ANY(%s) AND earlier.id IN %s
                  ORDER BY mine.id, earlier.period_start DESC
                    """,
                    *(saved.ids, readable.subselect()),
                )
            )
        )
        for report in self:
            report.previous_plan = plans.get(report.id, False)


def _compare(key, label, value, now):
    """Return a figure as it is shown; ``now`` only where it has changed."""
    changed = now if now != value else ""
    nothing = not changed and not set(value) & set("123456789")
    return {
        **{"key": key, "label": label, "value": value, "now": changed},
        "nothing": nothing,
    }


def _tell_plainly(value):
    if value is None or value is False:
        return "–"
    return tell_number(value) if isinstance(value, float) else str(value)
