from .satisfaction import SatisfactionCommon


class ResponseCommon(SatisfactionCommon):
    """Answers to the survey of the study, given as a customer gives them."""

    def _open(self, **values):
        """Return an empty survey, as superuser."""
        return self.env["survey.user_input"].create(
            {"survey_id": self.survey.id, "partner_id": self.customer.id, **values}
        )

    def _fill(self, answers, opened=None, **values):
        """Return the response to ``{question: answer}``."""
        opened = opened or self._open(**values)
        for question, answer in answers.items():
            opened._save_lines(question, answer)
        opened._mark_done()
        return self._find(opened)

    def _find(self, opened):
        return self.env["crm.satisfaction.response"].search(
            [("user_input_id", "in", opened.ids)]
        )

    def _choose(self, number):
        return self.ask_csat.suggested_answer_ids[number - 1].id

    def _map(self, question, factor, **values):
        return self.env["crm.satisfaction.item"].create(
            self._prepare_item(question, factor_id=factor.id, **values)
        )
