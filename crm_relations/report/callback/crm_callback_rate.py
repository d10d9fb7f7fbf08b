from odoo import fields, models
from odoo.tools import SQL

from ...tools.response_rates import (
    CATEGORIES,
    ELIGIBLE,
    FORMULAE,
    UNKNOWN,
)

HELP = {
    "RR": "Response rate",
    "COOP": "Cooperation rate",
    "REF": "Refusal rate",
    "CON": "Contact rate",
}


def _rate(name):
    """Return the field of a rate: a share of sums, never an average of shares."""
    kind = HELP[name.rstrip("123456")]
    return fields.Float(
        string=f"{name} (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help=f"{kind} {name[-1]} of the AAPOR Standard Definitions, of the final "
        "dispositions of the callbacks that have ended.",
    )


class CrmCallbackRate(models.Model):
    """Callbacks, a line each: in time or not, what is left, and the rates by the
    published formulae (``tools/response_rates.py``)."""

    _name = "crm.callback.rate"
    _description = "Rates of callbacks"
    _auto = False
    _order = "deadline_at desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "crm.callback": [
            *["rule_id", "partner_id", "company_id", "agent_id", "state", "outcome_id"],
            *["deadline_at", "occurred_at", "done_at", "attempt_count", "next_at"],
        ],
        "crm.callback.attempt": [
            *["callback_id", "agent_id", "called_at", "outcome_id"]
        ],
        "crm.callback.outcome": ["category"],
        "res.partner": ["active"],
    }

    deadline_at = fields.Datetime(string="Call Until", readonly=True)
    occurred_at = fields.Datetime(string="Occasion On", readonly=True)
    rule_id = fields.Many2one(comodel_name="crm.callback.rule", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    agent_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        help="Who called last, else whose call it is.",
    )
    outcome_id = fields.Many2one(comodel_name="crm.callback.outcome", readonly=True)
    state = fields.Selection(
        selection=lambda self: self._selection_state(),
        string="Status",
        readonly=True,
    )
    callback_count = fields.Integer(string="Callbacks", readonly=True)
    backlog_count = fields.Integer(
        string="Backlog", readonly=True, help="To be called now, or already late."
    )
    late_count = fields.Integer(
        string="Late", readonly=True, help="Open although the deadline has passed."
    )
    attempts = fields.Integer(readonly=True)
    on_time_rate = fields.Float(
        string="On Time (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of the callbacks whose first call was made or whose deadline has passed: "
        "those first called by the deadline.",
    )
    rr1 = _rate("RR1")
    rr2 = _rate("RR2")
    rr3 = _rate("RR3")
    rr4 = _rate("RR4")
    rr5 = _rate("RR5")
    rr6 = _rate("RR6")
    coop1 = _rate("COOP1")
    coop2 = _rate("COOP2")
    coop3 = _rate("COOP3")
    coop4 = _rate("COOP4")
    ref1 = _rate("REF1")
    ref2 = _rate("REF2")
    ref3 = _rate("REF3")
    con1 = _rate("CON1")
    con2 = _rate("CON2")
    con3 = _rate("CON3")
    category = fields.Selection(
        selection=lambda self: self._selection_category(),
        string="AAPOR Category",
        readonly=True,
        help="Final disposition of all attempts: once complete or partial it stays so, "
        "once refused it is not undone by later calls that reach nobody. Open and "
        "dropped callbacks have none.",
    )

    def _selection_state(self):
        return (
            self.env["crm.callback"]._fields["state"]._description_selection(self.env)
        )

    def _selection_category(self):
        outcomes = self.env["crm.callback.outcome"]
        return outcomes._fields["category"]._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL("%s %s", self._select(), self._from())

    def _select(self):
        now = fields.Datetime.now()
        nothing = SQL(", ").join(
            SQL("NULL::float8 AS %s", SQL.identifier(name.lower())) for name in FORMULAE
        )
        return SQL(
            """
            SELECT call.id, call.deadline_at, call.occurred_at, call.rule_id,
                   call.partner_id, call.company_id,
                   COALESCE(tried.agent_id, call.agent_id) AS agent_id,
                   call.outcome_id, call.state, 1 AS callback_count,
                   call.attempt_count AS attempts,
                   (call.state = 'open' AND customer.active
                    AND call.next_at <= %(now)s)::int
                       AS backlog_count,
                   (call.state = 'open' AND customer.active
                    AND call.deadline_at < %(now)s)::int AS late_count,
                   CASE WHEN tried.called_at IS NOT NULL
                        THEN 100.0 * (tried.called_at <= call.deadline_at)::int
                        WHEN call.state = 'open' AND customer.active
                         AND call.deadline_at < %(now)s THEN 0 END AS on_time_rate,
                   CASE WHEN call.state IN ('done', 'failed') THEN %(final)s END
                        AS category,
                   %(nothing)s
            """,
            now=now,
            nothing=nothing,
            final=self._get_final_sql(),
        )

    def _get_final_sql(self):
        """Return the category that the attempts come to. Standard Definitions, "Final
        and temporary disposition codes": what was got stays got, a refusal is not
        undone by nobody answering later, and who turns out not to be eligible is not,
        whatever came before; else the last attempt counts."""
        return SQL(
            """
            CASE WHEN outcome.category = 'NE' THEN 'NE'
                 WHEN 'I' = ANY(tried.categories) THEN 'I'
                 WHEN 'P' = ANY(tried.categories) THEN 'P'
                 WHEN 'R' = ANY(tried.categories) THEN 'R'
                 ELSE outcome.category END
            """
        )

    def _from(self):
        return SQL(
            """
              FROM crm_callback AS call
              JOIN res_partner AS customer ON customer.id = call.partner_id
         LEFT JOIN crm_callback_outcome AS outcome ON outcome.id = call.outcome_id
         LEFT JOIN LATERAL (
                   SELECT (array_agg(attempt.agent_id ORDER BY attempt.id DESC))[1]
                          AS agent_id,
                          min(attempt.called_at) AS called_at,
                          array_agg(ended.category) AS categories
                     FROM crm_callback_attempt AS attempt
                     JOIN crm_callback_outcome AS ended
                       ON ended.id = attempt.outcome_id
                    WHERE attempt.callback_id = call.id) AS tried ON TRUE
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        """A rate of a group is that of its sums."""
        name = aggregate_spec.partition(":")[0].upper()
        if name not in FORMULAE:
            return super()._read_group_select(aggregate_spec, query)
        return self._get_rate_sql(name, self._get_counts_sql(query))

    def _get_counts_sql(self, query):
        """Return ``{category: SQL}`` of how many cases of the group are in it."""
        category = self._field_to_sql(self._table, "category", query)
        return {
            letter: SQL("COUNT(*) FILTER (WHERE %s = %s)", category, letter)
            for letter in CATEGORIES
        }

    def _get_rate_sql(self, name, counts):
        """Return a rate in percent, NULL without cases; as ``response_rates`` does."""

        def add(letters):
            return SQL(" + ").join(counts[letter] for letter in letters)

        counted, cases, unknown = FORMULAE[name]
        eligible, share = add(ELIGIBLE), SQL("0")
        if unknown == 1:
            share = SQL("1")
        elif unknown == "e":
            share = SQL(
                "COALESCE((%s)::float8 / NULLIF(%s + %s, 0), 1)",
                *(eligible, eligible, counts["NE"]),
            )
        return SQL(
            "100.0 * (%s) / NULLIF((%s) + %s * (%s)::float8, 0)",
            *(add(counted), add(cases), share, add(UNKNOWN)),
        )
