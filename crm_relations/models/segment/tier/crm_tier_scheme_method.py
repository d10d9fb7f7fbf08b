from odoo import models
from odoo.tools import SQL

from .crm_tier_criterion import RATED
from .crm_tier_scheme_check import BORDERS


class CrmTierScheme(models.Model):
    """The methods: how each lines customers up, and when a cut is reached.

    A method ``name`` is made of ``_get_<name>_ranked_sql``, a SELECT of ``measured``
    with what is compared, of ``_get_<name>_reach_sql``, the condition that a border
    is reached, and of ``_get_<name>_facts_sql``, what the reason is told of.
    """

    _inherit = "crm.tier.scheme"

    def _get_method_in_force(self):
        """Return the method; thresholds where there are too few to compare."""
        if self.method != "threshold" and self.minimum_population:
            [(count,)] = self.env.execute_query(
                SQL("SELECT count(*) FROM (%s) AS judged", self._get_population_sql())
            )
            if count < self.minimum_population:
                return "threshold"
        return self.method

    def _get_chosen_sql(self, method):
        """Return a SELECT of ``measured`` with the tier by ``method`` and its facts.

        ``choice`` is the best tier whose border is reached, ``is_below`` tells that
        it is worse than the present one, ``is_held`` that the present one is missed
        by no more than the band.
        """
        ranked = getattr(self, f"_get_{method}_ranked_sql")()
        reach = getattr(self, f"_get_{method}_reach_sql")
        facts = getattr(self, f"_get_{method}_facts_sql")()
        return SQL(
            """
            SELECT ranked.*, cut.tier_id AS choice, %(facts)s AS facts,
                   present.level < COALESCE(cut.level, %(levels)s) AS is_below,
                   %(held)s AS is_held
              FROM (%(ranked)s) AS ranked
         LEFT JOIN LATERAL (
                   SELECT level, tier_id, border
                     FROM (VALUES %(cuts)s) AS cut (level, tier_id, border)
                    WHERE %(reached)s
                 ORDER BY level
                    LIMIT 1) AS cut ON TRUE
         LEFT JOIN (VALUES %(cuts)s) AS present (level, tier_id, border)
                ON present.tier_id = ranked.tier_id
            """,
            facts=facts,
            levels=len(self.cut_ids),
            held=reach(SQL("present.border"), self.border_band_percent / 100),
            ranked=ranked,
            reached=reach(SQL("cut.border"), 0),
            cuts=SQL(", ").join(
                SQL(
                    "(%s, %s, %s::numeric)",
                    level,
                    cut.tier_id.id,
                    str(cut[BORDERS[method]]),
                )
                for level, cut in enumerate(self._sort_cuts())
            ),
        )

    def _get_share_ranked_sql(self):
        return SQL(
            """
            SELECT measured.*, rank() OVER (ORDER BY value DESC) AS place,
                   count(*) OVER () AS customers, sum(value) OVER () AS total,
                   COALESCE(sum(value) OVER (ORDER BY value DESC
                       GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                       AS before
              FROM measured
            """
        )

    def _get_share_reach_sql(self, border, band):
        slack = SQL(" * %s::numeric", self._get_slack(band)) if band else SQL("")
        return SQL(
            "(%(border)s = 100 OR before * 100 < %(border)s%(slack)s * total)",
            border=border,
            slack=slack,
        )

    def _get_slack(self, band):
        # To the hundredth of a percent that is typed: 1 - 0.41 is more than 0.59.
        return str(round(1 + band, 4))

    def _get_share_facts_sql(self):
        return SQL(
            "jsonb_build_object('code', 'tier_share', 'revenue', value, "
            "'place', place, 'customers', customers, 'cut', cut.border, "
            "'before', round(before / NULLIF(total, 0), 6))"
        )

    def _get_threshold_ranked_sql(self):
        return SQL("SELECT * FROM measured")

    def _get_threshold_reach_sql(self, border, band):
        return self._get_at_least_sql(SQL("value"), border, band)

    def _get_at_least_sql(self, value, border, band):
        slack = SQL(" * %s::numeric", self._get_slack(-band)) if band else SQL("")
        return SQL("%s >= %s%s", value, border, slack)

    def _get_threshold_facts_sql(self):
        return SQL(
            "jsonb_build_object('code', 'tier_threshold', 'revenue', value, "
            "'threshold', cut.border)"
        )

    def _get_rfm_ranked_sql(self):
        """Return ``measured`` with 1 to 5 points for recency, frequency and money:
        one more for each fifth of the customers that have less."""
        return SQL(
            """
            SELECT *, recency + frequency + money AS points
              FROM (SELECT behind.*, %(recency)s AS recency,
                           %(frequency)s AS frequency, %(money)s AS money
                      FROM (SELECT measured.*, count(*) OVER () AS customers,
                                   rank() OVER (ORDER BY last NULLS FIRST) - 1
                                       AS behind_last,
                                   rank() OVER (ORDER BY orders) - 1 AS behind_orders,
                                   rank() OVER (ORDER BY value) - 1 AS behind_value
                              FROM measured) AS behind) AS scored
            """,
            recency=self._get_fifth_sql(SQL("behind_last")),
            frequency=self._get_fifth_sql(SQL("behind_orders")),
            money=self._get_fifth_sql(SQL("behind_value")),
        )

    def _get_fifth_sql(self, behind):
        """Return the SQL of 1 to 5 points for having ``behind`` customers behind
        oneself; 3 where nobody has anybody behind."""
        return SQL(
            "CASE WHEN max(%(behind)s) OVER () = 0 THEN 3 "
            "ELSE 1 + 5 * %(behind)s / customers END",
            behind=behind,
        )

    def _get_rfm_reach_sql(self, border, band):
        return self._get_at_least_sql(SQL("points"), border, band)

    def _get_rfm_facts_sql(self):
        return SQL(
            "jsonb_build_object('code', 'tier_rfm', 'points', points, "
            "'recency', recency, 'frequency', frequency, 'money', money, "
            "'last', last, 'orders', orders, 'revenue', value, "
            "'customers', customers, 'threshold', cut.border)"
        )

    def _get_score_ranked_sql(self):
        """Return ``measured`` with 0 to 100 points for each criterion, and their
        weighted sum."""
        kinds = self.criterion_ids.mapped("kind")
        figures = SQL("").join(
            SQL(
                ", percent_rank() OVER (ORDER BY %s) AS %s",
                SQL.identifier(kind),
                SQL.identifier(f"rank_{kind}"),
            )
            for kind in kinds
            if kind not in RATED
        )
        return SQL(
            """
            SELECT *, round((%(sum)s)::numeric, 2) AS points
              FROM (SELECT placed.* %(points)s
                      FROM (SELECT measured.*, count(*) OVER () AS customers
                                   %(figures)s
                              FROM measured) AS placed) AS scored
            """,
            sum=SQL(" + ").join(
                SQL(
                    "%s * %s::numeric / 100",
                    SQL.identifier(f"points_{criterion.kind}"),
                    str(criterion.weight),
                )
                for criterion in self.criterion_ids
            ),
            points=SQL("").join(
                SQL(
                    ", %s AS %s",
                    self._get_criterion_points_sql(kind),
                    SQL.identifier(f"points_{kind}"),
                )
                for kind in kinds
            ),
            figures=figures,
        )

    def _get_criterion_points_sql(self, kind):
        if kind not in RATED:
            return SQL(
                "round((CASE WHEN max(%(rank)s) OVER () = 0 THEN 50 "
                "ELSE 100 * %(rank)s END)::numeric, 2)",
                rank=SQL.identifier(f"rank_{kind}"),
            )
        column, points = RATED[kind]
        return SQL(
            "(CASE %s %s ELSE 0 END)::numeric",
            SQL.identifier(column),
            SQL(" ").join(SQL("WHEN %s THEN %s", *step) for step in points.items()),
        )

    def _get_score_reach_sql(self, border, band):
        return self._get_at_least_sql(SQL("points"), border, band)

    def _get_score_facts_sql(self):
        return SQL(
            "jsonb_build_object('code', 'tier_score', 'points', points, "
            "'customers', customers, 'threshold', cut.border, "
            "'parts', jsonb_build_array(%s))",
            SQL(", ").join(
                SQL(
                    "jsonb_build_array(%s::text, %s::float8, %s, %s)",
                    criterion.kind,
                    criterion.weight,
                    SQL.identifier(f"points_{criterion.kind}"),
                    SQL.identifier(RATED.get(criterion.kind, [criterion.kind])[0]),
                )
                for criterion in self.criterion_ids
            ),
        )
