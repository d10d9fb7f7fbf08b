from odoo import models
from odoo.tools import SQL


class CrmSatisfactionReport(models.Model):
    """What waves of others published, a line a unit."""

    _inherit = "crm.satisfaction.report"
    _depends = {"crm.satisfaction.factor": ["parent_id", "weight"]}

    def _get_external_columns(self):
        return {
            **super()._get_external_columns(),
            "answer_count": SQL("COALESCE(unit.base, 0)"),
            "index_count": SQL("COALESCE(unit.base, 0)"),
            "index": SQL("unit.points * study.index_max / 100.0"),
            **dict.fromkeys(("nps_count", "csat_count", "low_count"), SQL("0")),
        }

    def _get_published(self):
        """A unit without an overall figure has the weighted mean of its main factors,
        by the weights of its wave."""
        return SQL(
            """
              FROM (SELECT max(score.id) AS id, score.wave_id, score.unit_kind,
                           score.company_id, score.team_id, score.user_id,
                           max(score.base) AS base,
                           COALESCE(
                               max(score.points) FILTER (WHERE factor.id IS NULL),
                               sum(score.points * weight.value)
                               FILTER (WHERE factor.parent_id IS NULL)
                               / NULLIF(sum(weight.value) FILTER (
                                        WHERE factor.parent_id IS NULL
                                          AND score.points IS NOT NULL), 0)
                           ) AS points
                      FROM crm_satisfaction_wave_score AS score
                 LEFT JOIN crm_satisfaction_factor AS factor
                        ON factor.id = score.factor_id
                CROSS JOIN LATERAL (
                           SELECT COALESCE(NULLIF(score.weight, 0), factor.weight)
                                  AS value) AS weight
                  GROUP BY score.wave_id, score.unit_kind, score.company_id,
                           score.team_id, score.user_id
                   ) AS unit
              JOIN crm_satisfaction_wave AS wave ON wave.id = unit.wave_id
              JOIN crm_satisfaction_study AS study ON study.id = wave.study_id
             WHERE unit.points IS NOT NULL
            """
        )
