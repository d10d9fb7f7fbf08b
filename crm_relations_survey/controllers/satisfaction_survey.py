from odoo.http import route

from odoo.addons.survey.controllers.main import Survey


class SatisfactionSurvey(Survey):
    """Surveys of studies: whoever has the key answers, logged in as whomever; once it
    is shut, the key opens nothing any more."""

    def _check_validity(
        self,
        survey_sudo,
        answer_sudo,
        answer_token,
        ensure_token=True,
        check_partner=True,
    ):
        response = answer_sudo and answer_sudo._get_satisfaction()
        validity = super()._check_validity(
            survey_sudo,
            answer_sudo,
            answer_token,
            ensure_token=ensure_token,
            check_partner=check_partner and not response,
        )
        if validity is True and response and response._is_shut():
            return "answer_deadline"
        return validity

    @route()
    def survey_retry(self, survey_token, answer_token, **post):
        """Whoever was asked answers once: a second survey would be a second vote."""
        found = self._get_access_data(survey_token, answer_token, ensure_token=True)
        answer = found["answer_sudo"]
        if answer and answer._get_satisfaction():
            return self._redirect_with_error(found, "answer_deadline")
        return super().survey_retry(survey_token, answer_token, **post)
