from odoo import api, fields, models


class SurveySurvey(models.Model):
    """What is filled in for an anonymous study is opened by nobody, here neither."""

    _inherit = "survey.survey"

    satisfaction_study_ids = fields.One2many(
        comodel_name="crm.satisfaction.study",
        inverse_name="survey_id",
        string="Satisfaction Studies",
        context={"active_test": False},
    )
    is_satisfaction_anonymous = fields.Boolean(
        string="For an Anonymous Study",
        compute="_compute_is_satisfaction_anonymous",
        store=True,
        compute_sudo=True,
    )

    @api.depends("satisfaction_study_ids.is_anonymous")
    def _compute_is_satisfaction_anonymous(self):
        for survey in self:
            studies = survey.satisfaction_study_ids
            survey.is_satisfaction_anonymous = any(studies.mapped("is_anonymous"))
