from datetime import date, timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.arguments import Day, Id

# Measures of the workload report, in the order of the screen.
WORK = {
    "contacts": (
        *("followup_count", "contacted_customers", "visit_count"),
        *("verified_visit_count", "minutes"),
    ),
    "customers": ("new_count", "received_count", "given_count", "lost_count"),
    "sales": ("quotation_count", "order_count", "order_amount"),
    "service": (
        *("care_count", "care_on_time_rate"),
        *("callback_count", "callback_reached_count"),
    ),
}
MEASURES = tuple(name for names in WORK.values() for name in names)
# Cards of My Day that tell what is left to do.
OPEN_CARDS = ("contact_due", "care", "leaving")
CALLS_ON_TIME = "callback_on_time_rate"
RATES = ("care_on_time_rate", CALLS_ON_TIME)  # of nothing there is none
LONGEST = timedelta(days=366)


class CrmWorkReport(models.Model):
    """What a report counts is asked of those who count it: the workload report, the
    rates of callbacks, the targets, the cards of My Day. Nothing is counted here."""

    _inherit = "crm.work.report"

    @api.model
    def get_figures(self, user_id: Id, first: Day, last: Day):
        """Return what a person did in these days for the company that the caller works
        in, and what is open now.

        For oneself, for the leader of the person's team, for relations managers.

        :param first: local day of the company, as ``last``; both are included
        :return: ``{"work": {measure: number or None}, "kinds": {kind id: follow-ups},
            "targets": {target id: [achieved, goal, periods met, periods]},
            "open": {card of My Day: number}, "currency_id": id}``; keys of dicts are
            texts, as JSON has them
        :raise AccessError: neither oneself nor led; also where there is nobody
        :raise UserError: no days, or more than a year
        """
        known = first and last and date.min < first <= last < date.max
        if not known or last - first > LONGEST:
            raise UserError(
                self.env._("Give the first and the last day, a year apart at most.")
            )
        # Superuser: who is asked about, to tell whether the caller may.
        person = self.env["res.users"].sudo().browse(user_id or 0).exists()
        company = self.env.company
        if not person or not self._may_count(person, company):
            raise AccessError(
                self.env._("You see the figures of yourself and of those you lead.")
            )
        return self._count(person, company, first, last)[person.id]

    @api.model
    def _may_count(self, person, company):
        """Return whether the caller may see what this person does: what the rules of
        the workload report say, asked of the person instead of a line."""
        user = self.env.user
        if company not in person.company_ids:
            return False
        answers_for_all = user.has_group("crm_relations.group_relations_manager")
        is_user = user.has_group("crm_relations.group_user")
        is_known = person == user or person._is_led_by(user) or answers_for_all
        return is_user and is_known

    @api.model
    def _count(self, users, company, first, last):
        """Return ``{user id: figures}``, see ``get_figures``; the number of statements
        depends on targets and cards, not on people.

        Nobody's rights are asked: whose figures are told has been decided.
        """
        # Superuser: as the docstring says.
        room = self.sudo().with_company(company)
        found = {
            user_id: {
                "work": dict.fromkeys(MEASURES, 0) | dict.fromkeys(RATES),
                "kinds": {},
                "targets": {},
                "open": dict.fromkeys(OPEN_CARDS, 0),
                "currency_id": company.sudo().currency_id.id,
            }
            for user_id in users.ids
        }
        room._count_work(found, company, first, last)
        room._count_callbacks(found, company, first, last)
        room._count_targets(found, company, first, last)
        room._count_open(found, users, company)
        return found

    @api.model
    def _get_work_domain(self, user_ids, company, first, last):
        """Return the lines of the workload report that are about these days: those of
        the company, of customers whom all companies share, and for a branch what it
        does for customers of its company; orders are those of its own books."""
        own = Domain("company_id", "in", [False, company.id])
        opened = Domain("company_id", "in", company._get_open().ids)
        return (
            Domain("user_id", "in", user_ids)
            & (own | opened & Domain("activity", "!=", "order"))
            & self._get_days_domain("date", company, first, last)
        )

    @api.model
    def _get_calls_domain(self, user_ids, company, first, last):
        """Return the callbacks that were to be made in these days."""
        return (
            Domain("agent_id", "in", user_ids)
            & Domain("company_id", "in", [False, *company._get_open().ids])
            & self._get_days_domain("deadline_at", company, first, last)
        )

    @api.model
    def _get_days_domain(self, name, company, first, last):
        start = company._get_relations_day_start(first)
        stop = company._get_relations_day_start(last + timedelta(days=1))
        return Domain(name, ">=", start) & Domain(name, "<", stop)

    @api.model
    def _count_work(self, found, company, first, last):
        lines = self.env["crm.workload.report"]
        domain = self._get_work_domain(list(found), company, first, last)
        measures = [f"{name}:{lines._fields[name].aggregator}" for name in MEASURES]
        for user, *values in lines._read_group(domain, ["user_id"], measures):
            work = dict(zip(MEASURES, values, strict=True))
            found[user.id]["work"].update(_round(work))
        rows = lines._read_group(
            domain & Domain("activity", "=", "followup"),
            ["user_id", "kind_id"],
            ["followup_count:sum"],
        )
        for user, kind, count in rows:
            found[user.id]["kinds"][str(kind.id)] = count

    @api.model
    def _count_callbacks(self, found, company, first, last):
        """Calls that were to be made in these days: in time or not."""
        domain = self._get_calls_domain(list(found), company, first, last)
        rows = self.env["crm.callback.rate"]._read_group(
            domain, ["agent_id"], ["on_time_rate:avg"]
        )
        for user, rate in rows:
            found[user.id]["work"].update(_round({CALLS_ON_TIME: rate}))

    @api.model
    def _count_targets(self, found, company, first, last):
        """Targets whose periods lie within these days."""
        rows = self.env["crm.target.result"]._read_group(
            [
                ("user_id", "in", list(found)),
                ("company_id", "=", company.id),
                ("period_start", ">=", first),
                ("period_end", "<=", last),
            ],
            ["user_id", "target_id", "state"],
            ["achieved:sum", "goal:sum", "__count"],
        )
        for user, target, state, achieved, goal, count in rows:
            sums = found[user.id]["targets"].setdefault(str(target.id), [0, 0, 0, 0])
            met = count if state == "met" else 0
            for place, number in enumerate((achieved, goal, met, count)):
                sums[place] += number

    @api.model
    def _count_open(self, found, users, company):
        """What waits for each of them now, on the day that he or she has."""
        # Superuser: the clock of a colleague.
        days = users.sudo().grouped(lambda user: user._get_relations_today())
        for today, some in days.items():
            counts = self.env["crm.my.day"]._count_cards(some, OPEN_CARDS, today)
            for key, by_user in counts.items():
                for user_id, count in by_user.items():
                    found[user_id]["open"][key] = count


def _round(values):
    """Return the numbers as JSON and a screen have them."""
    return {
        name: round(value, 2) if isinstance(value, float) else value
        for name, value in values.items()
    }
