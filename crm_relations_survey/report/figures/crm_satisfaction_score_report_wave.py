from odoo import fields, models
from odoo.tools import SQL


class CrmSatisfactionScoreReport(models.Model):
    """What waves of others published of each factor, a line a unit."""

    _inherit = "crm.satisfaction.score.report"
    _depends = {"crm.satisfaction.wave.score": ["peer_average"]}

    peer_average = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Of the wave: what others got.",
    )

    def _get_external_columns(self):
        return {
            **super()._get_external_columns(),
            "factor_id": SQL("unit.factor_id"),
            "root_factor_id": SQL("tree.root_id"),
            "score_kind": SQL("'factor'"),
            "points": SQL("unit.points"),
            "peer_average": SQL("NULLIF(unit.peer_average, 0)"),
            "weight": SQL("COALESCE(NULLIF(unit.weight, 0), tree.share)"),
            "score_count": SQL("COALESCE(unit.base, 0)"),
        }

    def _get_published(self):
        return SQL(
            """
              FROM crm_satisfaction_wave_score AS unit
              JOIN crm_satisfaction_wave AS wave ON wave.id = unit.wave_id
              JOIN crm_satisfaction_study AS study ON study.id = wave.study_id
              JOIN (%s) AS tree ON tree.id = unit.factor_id
             WHERE unit.points IS NOT NULL
            """,
            self._get_tree(),
        )
