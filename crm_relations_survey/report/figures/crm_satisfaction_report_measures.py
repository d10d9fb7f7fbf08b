from odoo import fields, models
from odoo.tools import SQL

from ...tools.metrics import CONFIDENCE, DETRACTOR, PROMOTER

# The two highest of five boxes, as points: 4 is (4 - 1) / (5 - 1).
TOP_TWO = 75


class CrmSatisfactionReport(models.Model):
    """The figures, each with its margin and of how many answers it is."""

    _inherit = "crm.satisfaction.report"

    answer_count = fields.Integer(
        string="Answers",
        readonly=True,
        help="Answered surveys; of a wave as many as it says.",
    )
    index = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="The mean of the indices of the answers, on the scale of the study.",
    )
    index_count = fields.Integer(
        string="Answers with an Index",
        readonly=True,
        help="Those in which a factor with a weight was answered.",
    )
    index_error = fields.Float(
        string="Index: Standard Error",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Twice as much on either side holds the true index 19 times out of 20.",
    )
    nps = fields.Float(
        string="NPS",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="The share of those who would recommend us (9 and 10) less that of those "
        "who would not (0 to 6).",
    )
    nps_count = fields.Integer(string="NPS: Answers", readonly=True)
    nps_error = fields.Float(
        string="NPS: Standard Error",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Twice as much on either side holds the true NPS 19 times out of 20.",
    )
    csat = fields.Float(
        string="CSAT (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="The share of the two best of five possible answers.",
    )
    csat_count = fields.Integer(string="CSAT: Answers", readonly=True)
    csat_low = fields.Float(
        string="CSAT: At Least (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Lower end of the 95 % interval (Wilson).",
    )
    csat_high = fields.Float(
        string="CSAT: At Most (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Upper end of the 95 % interval (Wilson).",
    )
    low_count = fields.Integer(string="Low Answers", readonly=True)
    low_rate = fields.Float(
        string="Low Answers (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Share of the low answers among all answers.",
    )

    def _get_internal_columns(self):
        index = SQL(
            "CASE WHEN response.has_points"
            " THEN response.points * study.index_max / 100.0 END"
        )
        nps = SQL(
            "CASE WHEN response.has_nps THEN 100 * ((response.nps >= %s)::int"
            " - (response.nps <= %s)::int) END",
            PROMOTER,
            DETRACTOR,
        )
        csat = SQL(
            "CASE WHEN response.has_csat THEN 100 * (response.csat >= %s)::int END",
            TOP_TWO,
        )
        low = SQL("COALESCE(response.is_low, FALSE)::int")
        return {
            **super()._get_internal_columns(),
            "answer_count": SQL("1"),
            "index": index,
            "index_error": index,
            "index_count": SQL("COALESCE(response.has_points, FALSE)::int"),
            "nps": nps,
            "nps_error": nps,
            "nps_count": SQL("COALESCE(response.has_nps, FALSE)::int"),
            **dict.fromkeys(("csat", "csat_low", "csat_high"), csat),
            "csat_count": SQL("COALESCE(response.has_csat, FALSE)::int"),
            "low_count": low,
            "low_rate": SQL("100 * %s", low),
        }

    def _read_group_select(self, aggregate_spec, query):
        """What is no plain mean of lines is computed from what it consists of."""
        name, _colon, function = aggregate_spec.partition(":")
        measures = {
            "index": self._get_mean_sql,
            "index_error": self._get_error_of_mean_sql,
            "nps_error": self._get_error_of_shares_sql,
            "csat_low": self._get_wilson_low_sql,
            "csat_high": self._get_wilson_high_sql,
        }
        if function != "avg" or name not in measures:
            return super()._read_group_select(aggregate_spec, query)
        return measures[name](self._field_to_sql(self._table, name, query), query)

    def _get_mean_sql(self, value, query):
        """A unit of a wave weighs as much as it has answers, and something in any
        case: not each institute tells."""
        count = self._field_to_sql(self._table, "index_count", query)
        base = SQL("GREATEST(%s, 1)", count)
        return SQL(
            "SUM(%(value)s * %(base)s)"
            " / NULLIF(SUM(%(base)s) FILTER (WHERE %(value)s IS NOT NULL), 0)",
            value=value,
            base=base,
        )

    def _get_error_of_mean_sql(self, value, _query):
        return SQL(
            "STDDEV_SAMP(%(value)s) / SQRT(NULLIF(COUNT(%(value)s), 0))", value=value
        )

    def _get_error_of_shares_sql(self, value, _query):
        """As ``metrics.net_promoter_figure``: a single answer tells nothing of how
        others would vary, and that all are the same not that all others would be."""
        return SQL(
            "CASE WHEN COUNT(%(value)s) > 1"
            " THEN GREATEST(STDDEV_POP(%(value)s),"
            " 100 * SQRT(COUNT(%(value)s) - 1) / COUNT(%(value)s))"
            " / SQRT(COUNT(%(value)s)) END",
            value=value,
        )

    def _get_wilson_low_sql(self, value, _query):
        return self._get_wilson_sql(value, -CONFIDENCE)

    def _get_wilson_high_sql(self, value, _query):
        return self._get_wilson_sql(value, CONFIDENCE)

    def _get_wilson_sql(self, value, side):
        """Return one end of ``metrics.share_interval``; NULL without answers."""
        return SQL(
            """
            CASE WHEN COUNT(%(value)s) > 0 THEN LEAST(100, GREATEST(0,
                 100 * (SUM(%(value)s) / 50 + %(square)s + %(side)s * SQRT(
                        %(square)s + SUM(%(value)s) / 25
                        * (1 - SUM(%(value)s) / 100 / COUNT(%(value)s))))
                 / (2 * (COUNT(%(value)s) + %(square)s))))
            END
            """,
            value=value,
            side=side,
            square=CONFIDENCE**2,
        )
