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
    """

    _name = "crm.relationship.ladder"
    _description = "Relationship ladder"
    _inherit = ["crm.decision.queue"]
    _decided_field = "relationship_level"
    _since_field = "relationship_since"
    _ledger = "crm.relationship.change"
    _ledger_columns = ("level_id", "old_level", "new_level")
    _sums_up_all = True

    def _decisions_applied(self, partner_ids):
        result = super()._decisions_applied(partner_ids)
        self.env["res.partner"].browse(partner_ids)._segment_changed()
        return result

    def _get_queue_sql(self, partner_ids=None):
        return self._get_decision_sql(partner_ids)

    def _get_decision_sql(self, partner_ids=None):
        """Return the changes of level of all customers, or of these."""
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id = ANY(%s)", list(partner_ids))
        return SQL(
            """
            WITH scored AS (%(scored)s),
                 decided AS (
                 SELECT partner.id AS partner_id, partner.relationship_level AS old,
                        scored.*,
                        LEAST(%(by_score)s, reach, cap) AS new
                   FROM res_partner AS partner
              LEFT JOIN scored ON scored.customer_id = partner.id
                  WHERE partner.is_managed_customer AND partner.active %(only)s)
            SELECT decided.partner_id, old, new, level.id AS rule_id,
                   jsonb_build_object('code', 'relationship', 'level', new,
                       'score', score, 'threshold', level.at_least,
                       'reach', reach, 'cap', cap, 'kinds', kinds) AS facts
              FROM decided
         LEFT JOIN crm_relationship_level AS level ON level.level = decided.new
             WHERE new IS DISTINCT FROM old
            """,
            scored=self._get_scored_sql(partner_ids),
            by_score=self._get_level_sql(),
            only=only,
        )

    def _get_level_sql(self):
        """Return the SQL of the level that ``score`` reaches, NULL without a score."""
        levels = self.env["crm.relationship.level"]._get_thresholds()
        return SQL(
            "CASE %s WHEN score IS NOT NULL THEN %s END",
            SQL(" ").join(
                SQL("WHEN score >= %s THEN %s", str(level.at_least), level.level)
                for level in reversed(levels)
            ),
            LOWEST,
        )

    def _get_scored_sql(self, partner_ids=None):
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
