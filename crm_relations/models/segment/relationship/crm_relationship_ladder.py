from odoo import models
from odoo.tools import SQL

from .crm_relationship_levels import LEVELS

LOWEST, NEUTRAL = LEVELS[0][0], LEVELS[1][0]


class CrmRelationshipLadder(models.AbstractModel):
    """On which of five levels a relationship is, by its evidence.

    ``worth = points * factor * 0.5 ^ (age in days / half-life)``, rounded to cents;
    a kind counts the sum of its pieces, cut at what it may count at most; the score
    is the sum over the kinds. The level is the highest whose threshold the score
    reaches ("at least"), but no higher than

    * what is proven: the best ``reach`` of a kind that counts more than 0, or "not
      dissatisfied" when nothing does;
    * what is held down: the lowest ``cap`` of the kinds with a piece.

    Without any evidence there is no level: nothing is known. Evidence is read by
    ``_get_relationship_evidence`` of the customer, which other rooms extend.

    As a ladder: a step holds if the score reaches its threshold, what is proven reaches
    it, and nothing holds the customer down below it.
    """

    _name = "crm.relationship.ladder"
    _description = "Relationship ladder"
    _inherit = ["crm.ladder.mixin"]
    _decided_field = "relationship_level"
    _since_field = "relationship_since"
    _ledger = "crm.relationship.change"
    _ledger_columns = ("level_id", "old_level", "new_level")
    _sums_up_all = True

    def _decisions_applied(self, partner_ids):
        result = super()._decisions_applied(partner_ids)
        self.env["res.partner"].browse(partner_ids)._segment_changed()
        return result

    def _get_known_sql(self, partner_ids=None):
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id = ANY(%s)", list(partner_ids))
        return SQL(
            """
            SELECT partner.id AS partner_id, partner.relationship_level AS old
              FROM res_partner AS partner
             WHERE partner.is_managed_customer AND partner.active %s
            """,
            only,
        )

    def _get_ground_sql(self):
        return SQL("CASE WHEN score IS NOT NULL THEN %s END", LOWEST)

    def _get_step_conditions(self):
        return [
            (
                SQL("%s", level.level),
                SQL(
                    "score >= %(needed)s AND reach >= %(level)s"
                    " AND COALESCE(cap, %(level)s) >= %(level)s",
                    needed=str(level.at_least),
                    level=level.level,
                ),
            )
            for level in self.env["crm.relationship.level"]._get_thresholds()
        ]

    def _get_rule_sql(self):
        return SQL("level.id")

    def _get_decided_joins_sql(self):
        return SQL(
            "LEFT JOIN crm_relationship_level AS level ON level.level = decided.new"
        )

    def _get_facts_sql(self):
        return SQL(
            """
            jsonb_build_object('code', 'relationship', 'level', new,
                'score', score, 'threshold', level.at_least,
                'reach', reach, 'cap', cap, 'kinds', kinds)
            """
        )

    def _get_measured_sql(self, partner_ids=None):
        """Return a SELECT of customer_id, score, reach, cap and kinds (jsonb, for each
        kind how many pieces and what they count), a row for whom there is any."""
        return SQL(
            """
            SELECT partner_id AS customer_id, sum(points) AS score, min(cap) AS cap,
                   COALESCE(max(reach) FILTER (WHERE points > 0), %(neutral)s) AS reach,
                   jsonb_object_agg(kind_id, jsonb_build_array(pieces, points)) AS kinds
              FROM (SELECT piece.partner_id, kind.id AS kind_id, kind.reach, kind.cap,
                           count(*) AS pieces,
                           CASE WHEN kind.most_points > 0
                                THEN LEAST(GREATEST(sum(piece.points),
                                     -kind.most_points), kind.most_points)
                                ELSE sum(piece.points) END AS points
                      FROM (%(pieces)s) AS piece
                      JOIN crm_relationship_evidence_kind AS kind
                        ON kind.id = piece.kind_id
                  GROUP BY piece.partner_id, kind.id) AS counted
          GROUP BY partner_id
            """,
            neutral=NEUTRAL,
            pieces=self._get_pieces_sql(partner_ids),
        )

    def _get_pieces_sql(self, partner_ids=None):
        """Return a SELECT of the pieces of evidence and what each is worth: id,
        partner_id, kind_id, occurred_on, res_id, first_points, points, cap."""
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        self.env["crm.relationship.evidence.kind"].flush_model()
        self.env["crm.relationship.level"].flush_model()
        return SQL(
            """
            SELECT kind.id::bigint * 2147483648 + evidence.res_id AS id,
                   evidence.partner_id, kind.id AS kind_id, evidence.occurred_on,
                   evidence.res_id, kind.cap,
                   round(kind.points * COALESCE(factor, 1), 2) AS first_points,
                   round((kind.points * COALESCE(factor, 1) *
                       CASE WHEN kind.half_life_days > 0
                            THEN power(0.5::float8, GREATEST(%(today)s - occurred_on, 0)
                                 / kind.half_life_days::float8)
                            ELSE 1 END)::numeric, 2) AS points
              FROM (%(evidence)s) AS evidence
              JOIN crm_relationship_evidence_kind AS kind
                ON kind.code = evidence.kind AND kind.active
            """,
            today=today,
            evidence=self.env["res.partner"]._get_relationship_evidence(partner_ids),
        )
