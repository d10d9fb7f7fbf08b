from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL


class CrmClub(models.Model):
    """Decide the levels of all members of a club by one query.

    A member goes up at once. Below is decided in this order: a level kept for good,
    and one set by hand that has not ended, are floors. Where a level by hand has ended,
    the member goes straight to what it has reached. Else the grace begins, and when it
    is over the member goes down: as far as need be, or by one level, which it then
    keeps for a year.
    """

    _name = "crm.club"
    _inherit = ["crm.club", "crm.batch.queue", "crm.rule.preview"]
    _sums_up_all = True

    def _get_value_models(self):
        return {"old": "crm.club.level", "new": "crm.club.level"}

    def _count_judged(self):
        return self.env["crm.club.membership"].search_count(
            [("club_id", "=", self.id), ("state", "=", "active")]
        )

    def _get_preview_sql(self):
        return SQL(
            "SELECT * FROM (%s) AS decision WHERE is_logged", self._get_decision_sql()
        )

    def _get_decision_sql(self):
        """Return the decisions, also those that only note what counts by now, since
        when a level is kept by grace, or that a level by hand has ended. ``is_logged``
        marks those that change the level; ``partner_id`` is the member."""
        self.ensure_one()
        self.env["crm.club.membership"].flush_model()
        self.env["crm.club.level"].flush_model()
        today = self._get_today()
        return SQL(
            """
            WITH rung AS MATERIALIZED (%(rungs)s),
                 ranked AS (%(ranked)s),
                 floored AS (%(floored)s),
                 settled AS (%(settled)s)
            SELECT settled.partner_id, settled.id AS membership_id,
                   settled.level_id AS old, fresh.level_id AS new,
                   %(club)s AS rule_id, %(facts)s AS facts, settled.value,
                   settled.until, settled.is_hand_over, kept.level_id AS kept_level_id,
                   fresh.level_id IS DISTINCT FROM settled.level_id AS is_logged,
                   CASE WHEN settled.is_hand_over AND settled.fresh < settled.rank
                        THEN 'hand_end'
                        WHEN settled.fresh >= settled.rank THEN 'up'
                        ELSE 'down' END AS kind
              FROM settled
         LEFT JOIN rung AS fresh ON fresh.rank = settled.fresh
         LEFT JOIN rung AS kept ON kept.rank = settled.kept
             WHERE fresh.level_id IS DISTINCT FROM settled.level_id
                OR settled.until IS DISTINCT FROM settled.level_until
                OR settled.value IS DISTINCT FROM settled.qualifying::numeric
                OR kept.level_id IS DISTINCT FROM settled.kept_level_id
                OR settled.is_hand_over
            """,
            rungs=self._get_rungs_sql(),
            ranked=self._get_ranked_sql(),
            floored=self._get_floored_sql(today),
            settled=self._get_settled_sql(today),
            club=self.id,
            facts=self._get_level_facts_sql(),
        )

    def _get_rungs_sql(self):
        return SQL(
            """
            SELECT id AS level_id, threshold::numeric AS threshold, is_kept,
                   row_number() OVER (ORDER BY threshold, id) AS rank
              FROM crm_club_level
             WHERE club_id = %s
            """,
            self.id,
        )

    def _get_ranked_sql(self):
        """Return the members with the ranks of their levels; 0 for none."""
        return SQL(
            """
            SELECT measured.*, COALESCE(own.rank, 0) AS rank,
                   COALESCE(hand.rank, 0) AS hand,
                   COALESCE((SELECT max(rank) FROM rung
                              WHERE rung.threshold <= measured.value), 0) AS reached,
                   GREATEST(COALESCE(kept.rank, 0), COALESCE((
                       SELECT max(rank) FROM rung
                        WHERE rung.is_kept AND rung.threshold <= measured.value), 0))
                       AS kept
              FROM (%(measured)s) AS measured
         LEFT JOIN rung AS own ON own.level_id = measured.level_id
         LEFT JOIN rung AS hand ON hand.level_id = measured.manual_level_id
         LEFT JOIN rung AS kept ON kept.level_id = measured.kept_level_id
            """,
            measured=self._get_measured_sql(),
        )

    def _get_floored_sql(self, today):
        """Return them with what they are entitled to: what was reached, but not below
        what holds by hand or for good."""
        return SQL(
            """
            SELECT ranked.*, COALESCE(manual_until < %(today)s, FALSE) AS is_hand_over,
                   GREATEST(reached, kept, CASE
                       WHEN manual_until >= %(today)s THEN hand ELSE 0 END) AS target
              FROM ranked
            """,
            today=today,
        )

    def _get_settled_sql(self, today):
        """Return them with the rank that they have today (fresh), and until when it is
        kept though it is no longer reached."""
        down = SQL("target")
        if self.step_down == "one":
            down = SQL("GREATEST(rank - 1, target)")
        return SQL(
            """
            SELECT floored.*, CASE
                       WHEN target >= rank OR is_hand_over AND hand >= rank
                       THEN target
                       WHEN is_kept_by_grace THEN rank
                       ELSE %(down)s END AS fresh,
                   CASE WHEN target >= rank OR is_hand_over AND hand >= rank THEN NULL
                        WHEN is_kept_by_grace
                        THEN COALESCE(level_until, %(grace_end)s)
                        WHEN %(down)s > target THEN %(next)s END AS until
              FROM (SELECT floored.*,
                           COALESCE(level_until, %(grace_end)s) > %(today)s
                               AS is_kept_by_grace
                      FROM floored) AS floored
            """,
            down=down,
            grace_end=today + relativedelta(days=self.grace_days),
            next=today + relativedelta(years=1),
            today=today,
        )

    def _get_level_facts_sql(self):
        """Return the facts of a decision: a flat JSON object."""
        return SQL(
            """
            jsonb_build_object('code', 'club_level', 'club', %(club)s,
                'club_member', settled.partner_id, 'level', fresh.level_id,
                'by', %(by)s, 'currency', %(currency)s, 'value', settled.value,
                'threshold', fresh.threshold, 'from', settled.measured_from::text,
                'to', settled.measured_to::text, 'why', CASE
                    WHEN settled.is_hand_over AND settled.fresh < settled.rank
                    THEN 'hand_end'
                    WHEN settled.fresh = settled.reached THEN 'reached'
                    WHEN settled.fresh = settled.kept THEN 'kept'
                    WHEN settled.fresh < settled.rank THEN 'step'
                    ELSE 'hand' END)
            """,
            club=self.id,
            by=self.qualify_by,
            # Sales are summed up in the currency of the default company.
            currency=self.env["res.company"]._get_relations_default().currency_id.id,
        )
