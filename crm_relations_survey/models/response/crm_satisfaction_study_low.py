from odoo import models


class CrmSatisfactionStudy(models.Model):
    """How answers are judged."""

    _inherit = "crm.satisfaction.study"

    def _find_study_of(self, answer):
        """Return the study of a survey that was filled in without being asked for: that
        of the customer's company before one that all companies share."""
        company = answer.partner_id.commercial_partner_id._get_own_company()
        found = self.filtered(lambda study: study.survey_id == answer.survey_id)
        own = found.filtered(lambda study: study.company_id == company)
        shared = found.filtered(lambda study: not study.company_id)
        if company:
            return (own or shared)[:1]
        return (shared or found)[:1]

    def _get_factor_tree(self):
        """Return ``{id: (id of the parent or None, weight)}`` of the factors that the
        index is made of."""
        counted = self.factor_ids.filtered(lambda one: not one.is_standard)
        return {
            factor.id: (
                factor.parent_id.id if factor.parent_id in counted else None,
                factor.weight,
            )
            for factor in counted
        }

    def _is_low(self, index, lowest, nps):
        """Return whether somebody has to look after an answer.

        :param index: points, None if nothing counts
        :param lowest: points of the worst factor, or None
        :param nps: points of the recommendation, or None
        """
        return bool(
            (index is not None and index < self.low_limit)
            or (lowest is not None and lowest < self.low_factor_limit)
            or (nps is not None and nps <= 10 * self.low_nps)
        )
