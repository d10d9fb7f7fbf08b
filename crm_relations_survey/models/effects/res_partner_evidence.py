from odoo import api, models
from odoo.tools import SQL

HIGH_POINTS = 85
HIGH_NPS = 9


class ResPartner(models.Model):
    """What answers say about a relationship: who is satisfied, and recommends us,
    speaks for it; a low answer against it, half as much once it was settled."""

    _inherit = "res.partner"

    @api.model
    def _get_relationship_evidence(self, partner_ids=None):
        return SQL(
            "%s UNION ALL %s",
            super()._get_relationship_evidence(partner_ids),
            self._get_satisfaction_evidence(partner_ids),
        )

    @api.model
    def _get_satisfaction_evidence(self, partner_ids=None):
        """Return what customers have answered that is clearly good or bad."""
        self.env["crm.satisfaction.response"].flush_model()
        return SQL(
            """
            SELECT contact.commercial_partner_id AS partner_id,
                   CASE WHEN response.is_low THEN 'satisfaction_low'
                        ELSE 'satisfaction_high' END AS kind,
                   response.answered_on AS occurred_on,
                   CASE WHEN response.is_low AND response.loop_state = 'settled'
                        THEN 0.5 ELSE 1 END::numeric AS factor,
                   response.id AS res_id
              FROM crm_satisfaction_response AS response
              JOIN res_partner AS contact ON contact.id = response.partner_id
             WHERE response.state = 'answered' AND response.answered_on IS NOT NULL
               AND response.is_anonymous IS NOT TRUE
               AND (response.is_low
                    OR response.has_points AND response.points >= %(points)s
                       AND (NOT response.has_nps OR response.nps >= %(nps)s))
                   %(only)s
            """,
            points=HIGH_POINTS,
            nps=HIGH_NPS,
            only=self._get_evidence_filter("contact", partner_ids),
        )
