from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import float_round, format_date, formatLang

from odoo.addons.crm_relations.tools.arguments import Id, Text

from ...tools.comparing import get_direction, get_margin, is_few
from ...tools.metrics import Figure, share_figure

ANSWERS = "crm.satisfaction.report"
SCORES = "crm.satisfaction.score.report"
PERIODS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
UNITS = ("user_id", "team_id", "company_id")
MEASURES = (
    *("answer_count:sum", "low_count:sum"),
    *("index:avg", "index_error:avg", "index_count:sum"),
    *("nps:avg", "nps_error:avg", "nps_count:sum"),
    *("csat:avg", "csat_count:sum", "csat_low:avg", "csat_high:avg"),
)


class CrmSatisfactionBoard(models.AbstractModel):
    """How a study stands, in one look; every figure says of how many answers it is,
    and opens them.

    Everybody sees the figures of what he or she may read.
    """

    _name = "crm.satisfaction.board"
    _description = "Satisfaction board"

    @api.model
    def get_board(
        self, study_id: Id = None, period: Text = "quarter", by: Text = "user_id"
    ):
        """Return what the board shows of a study, of the answers the caller may read.

        :param study_id: without one, or one that cannot be read, the first there is
        :param period: ``month`` (this one), ``quarter`` (this month and the two
            before), ``half`` or ``year``
        :param by: whose figures are ranked: ``user_id``, ``team_id``, ``company_id``
        :return: ``{"studies", "study", "periods", "period", "span", "units", "by",
            "tiles", "factors", "standards", "ranking", "trend"}``; without any study
            ``study`` is None and the rest of it is left out; what can be opened has
            ``model`` and ``domain``
        """
        studies = self._get_studies()
        study = studies.filtered(lambda one: one.id == study_id)[:1] or studies[:1]
        period = period if period in PERIODS else "quarter"
        by = by if by in UNITS else "user_id"
        board = {
            "studies": [{"id": one.id, "name": one.name} for one in studies],
            "study": None,
            "period": period,
            "periods": self._get_periods(),
            "by": by,
            "units": self._get_units(),
        }
        if study:
            board.update(self._get_parts_of_board(study, period, by))
        return board

    @api.model
    def _get_studies(self):
        """Return the studies that the caller may see: few, whatever there is."""
        studies = self.env["crm.satisfaction.study"]
        return studies.search([("active", "=", True)])

    @api.model
    def _get_parts_of_board(self, study, period, by):
        """Return the parts of the board that show figures."""
        months = PERIODS[period]
        now, before = (self._get_span(months, back) for back in (0, 1))
        span = self._tell_span(*now)
        now, before = (self._get_span_domain(study, *one) for one in (now, before))
        return {
            "study": {
                "id": study.id,
                "name": study.name,
                "index_max": study.index_max,
                "minimum_count": study.minimum_count,
            },
            "span": span,
            "tiles": self._get_tiles(study, now, before),
            **self._get_factors(study, now, before),
            "ranking": self._get_ranking(study, now, by),
            "trend": self._get_trend(study),
        }

    @api.model
    def _get_periods(self):
        labels = {
            "month": self.env._("This month"),
            "quarter": self.env._("3 months"),
            "half": self.env._("6 months"),
            "year": self.env._("12 months"),
        }
        return [{"key": key, "label": label} for key, label in labels.items()]

    @api.model
    def _get_units(self):
        labels = {
            "user_id": self.env._("People"),
            "team_id": self.env._("Teams"),
            "company_id": self.env._("Companies"),
        }
        return [{"key": key, "label": label} for key, label in labels.items()]

    @api.model
    def _get_span(self, months, back=0, until=None):
        """Return the first and the last day of a period that ends ``until``, or today,
        or of the one before up to the same day: a month that has begun is not compared
        with a whole one."""
        until = until or self.env.company._get_relations_today()
        since = until.replace(day=1) - relativedelta(months=months - 1)
        shift = relativedelta(months=months * back)
        return since - shift, until - shift

    @api.model
    def _tell_span(self, since, until):
        days = (format_date(self.env, day) for day in (since, until))
        return " – ".join(days)

    @api.model
    def _get_span_domain(self, study, since, until):
        return (
            Domain("study_id", "=", study.id)
            & Domain("source", "=", "internal")
            & Domain("date", ">=", fields.Date.to_string(since))
            & Domain("date", "<=", fields.Date.to_string(until))
        )

    @api.model
    def _read_figures(self, domain, groupby=()):
        """Return ``{group: {"index", "nps", "csat": Figure, "interval", "answers",
        "low"}}``; of no groups under the key None."""
        rows = self.env[ANSWERS]._read_group(domain, groupby, MEASURES)
        return {
            (row[0] if groupby else None): self._prepare_figures(*row[len(groupby) :])
            for row in rows
        }

    @api.model
    def _prepare_figures(self, answers, low, *values):
        # Odoo says False where there is nothing to take the mean of.
        values = [None if value is False else value for value in values]
        csat, csat_count, *interval = values[6:]
        hits = round((csat or 0) * (csat_count or 0) / 100)
        return {
            "answers": answers or 0,
            "low": low or 0,
            "index": _make_figure(*values[:3]),
            "nps": _make_figure(*values[3:6]),
            "csat": share_figure(hits, csat_count or 0),
            "interval": tuple(interval),
        }

    @api.model
    def _tell(self, value, digits=1):
        """Return a figure as institutes round it: halves away from zero, no -0."""
        if value is None:
            return "–"
        rounded = float_round(value, precision_digits=digits) + 0.0
        return formatLang(self.env, rounded, digits=digits)

    @api.model
    def _tell_change(self, value):
        """Return a difference with its sign; none has none."""
        text = f"{float_round(value, precision_digits=1):+.1f}"
        return text[1:] if float(text) == 0 else text

    @api.model
    def _tell_margin(self, figure, digits=1):
        margin = get_margin(figure)
        return "" if margin is None else f"± {self._tell(margin, digits)}"

    @api.model
    def _tell_few(self, study, count):
        """Return the words that stand beside figures of few answers, else ""."""
        if not count:
            return self.env._("No answers")
        if not is_few(count, study.minimum_count):
            return ""
        return self.env._(
            "Few answers: %(count)s of %(needed)s",
            count=count,
            needed=study.minimum_count,
        )

    @api.model
    def _get_tone(self, study, figure, other):
        """Return the colour of a difference; one that may be chance has none."""
        direction = get_direction(figure, other, study.minimum_count)
        return {1: "success", -1: "danger", 0: "muted"}[direction]


def _make_figure(value, error, count):
    return Figure(value, error, count or 0)
