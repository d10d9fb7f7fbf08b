from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_amount, formatLang

from odoo.addons.crm_relations.tools.arguments import Text

from ...models.register.crm_complaint import OPEN

PERIODS = {"month": 1, "quarter": 3, "year": 12}


class CrmComplaintBoard(models.AbstractModel):
    """How the complaints stand, in one look; every figure opens what it counts."""

    _name = "crm.complaint.board"
    _description = "Complaint board"

    @api.model
    def get_board(self, period: Text = "quarter", dimension: Text = "category_id"):
        """Return what the board shows, of the companies that the caller works in.

        :param period: ``month`` (this one), ``quarter`` (this month and the two before)
            or ``year`` (this month and the eleven before)
        :param dimension: what the Pareto chart is by: a key of ``dimensions``
        :return: ``{"period", "periods", "dimension", "dimensions", "tiles", "bars",
            "people"}``; what can be opened has ``model`` and ``domain``
        :raise AccessError: the caller is neither complaint officer nor relations
            manager
        """
        if not self.env["crm.complaint"]._sees_all():
            raise AccessError(
                self.env._("The figures of complaints are for complaint officers.")
            )
        period = period if period in PERIODS else "quarter"
        dimensions = self._get_dimensions()
        if dimension not in dimensions:
            dimension = "category_id"
        since = self._get_since(PERIODS[period])
        return {
            "period": period,
            "periods": self._get_periods(),
            "dimension": dimension,
            "dimensions": [
                {"key": key, "label": label} for key, label in dimensions.items()
            ],
            "tiles": self._get_tiles(since),
            "bars": self._get_bars(dimension, since),
            "people": self._get_people(since),
        }

    @api.model
    def _get_periods(self):
        labels = {
            "month": self.env._("This month"),
            "quarter": self.env._("3 months"),
            "year": self.env._("12 months"),
        }
        return [{"key": key, "label": label} for key, label in labels.items()]

    @api.model
    def _get_since(self, months):
        """Return the moment at which the first of so many months has begun."""
        first = self.env.company._get_relations_today().replace(day=1)
        first -= relativedelta(months=months - 1)
        return self.env.company._get_relations_day_start(first)

    @api.model
    def _get_tiles(self, since):
        return [
            *self._get_tiles_of_now(),
            self._get_on_time_tile(),
            *self._get_tiles_of_period(since),
        ]

    @api.model
    def _get_tiles_of_now(self):
        opened = Domain("state", "in", OPEN)
        late = opened & Domain("next_deadline_at", "<", fields.Datetime.now())
        return [
            self._prepare_count_tile("open", self.env._("Open"), opened),
            self._prepare_count_tile(
                "late", self.env._("Overdue"), late, tone="danger"
            ),
        ]

    @api.model
    def _prepare_count_tile(self, key, label, domain, tone="body"):
        count = self.env["crm.complaint"].search_count(domain)
        tone = tone if count else "body"
        return self._prepare_tile(key, label, str(count), domain, tone=tone)

    @api.model
    def _prepare_tile(self, key, label, value, domain, **values):
        return {
            "key": key,
            "label": label,
            "value": value,
            "note": "",
            "tone": "body",
            "model": "crm.complaint",
            "domain": list(domain),
            **values,
        }

    @api.model
    def _get_on_time_tile(self):
        """The clocks judged this month, beside those of the month before up to the
        same day: a month that has just begun is not compared with a whole one."""
        now, start = fields.Datetime.now(), self._get_since(1)
        before = self._get_since(2)
        until = min(before + (now - start), start)
        share, count = self._get_on_time(start, now)
        last_share, last_count = self._get_on_time(before, until)
        tone = "danger" if count and last_count and share < last_share else "body"
        return self._prepare_tile(
            "on_time",
            self.env._("Clocks in time this month"),
            self._tell_share(share, count),
            self._get_judged_domain(start, now),
            note=self.env._(
                "of %(count)s; last month until then %(share)s of %(last)s",
                count=count,
                share=self._tell_share(last_share, last_count),
                last=last_count,
            ),
            tone=tone,
            model="crm.complaint.clock.report",
        )

    @api.model
    def _get_judged_domain(self, start, end):
        return Domain("judged_at", ">=", start) & Domain("judged_at", "<", end)

    @api.model
    def _get_on_time(self, start, end):
        """Return which percentage of the clocks judged meanwhile was met, and of how
        many."""
        [[judged, late]] = self.env["crm.complaint.clock.report"]._read_group(
            self._get_judged_domain(start, end),
            aggregates=["judged_count:sum", "late_count:sum"],
        )
        return (100 * (judged - late) / judged, judged) if judged else (0, 0)

    @api.model
    def _tell_share(self, share, count):
        if not count:
            return "–"
        return f"{formatLang(self.env, share, digits=1)} %"

    @api.model
    def _get_tiles_of_period(self, since):
        of_period = Domain("registered_at", ">=", since)
        names = ("complaint_count", "repeat_count", "reopened_count", "cost")
        [[count, repeated, reopened, cost]] = self.env[
            "crm.complaint.report"
        ]._read_group(of_period, aggregates=[f"{name}:sum" for name in names])
        report = {"model": "crm.complaint.report"}
        return [
            self._prepare_tile(
                "registered",
                self.env._("Registered"),
                str(count or 0),
                of_period,
                **report,
            ),
            self._prepare_tile(
                "repeat",
                self.env._("Repeated"),
                self._tell_share(100 * repeated / count if count else 0, count),
                of_period & Domain("repeat_count", "=", 1),
                note=str(repeated or 0),
                **report,
            ),
            self._prepare_tile(
                "reopened",
                self.env._("Reopened"),
                str(reopened or 0),
                of_period & Domain("reopened_count", "=", 1),
                **report,
            ),
            self._prepare_tile(
                "cost",
                self.env._("Cost of remedies"),
                format_amount(self.env, cost or 0, self.env.company.currency_id),
                of_period & Domain("cost", ">", 0),
                **report,
            ),
        ]
