from odoo import SUPERUSER_ID, api, models

from ...tools.scoring import get_factor_points, get_index


class CrmSatisfactionResponse(models.Model):
    """What was filled in becomes a response with scores."""

    _inherit = "crm.satisfaction.response"

    @api.model
    def _take_answers(self, user_inputs):
        """Make responses and scores of the surveys that were filled in; scores that
        were there are replaced. Return the responses.

        Left out are tries, and surveys that belong to no study. Of those that were
        answered for the first time, and those that a correction has made low, rooms
        learn by ``_answered``.
        """
        # Superuser: customers answer, who read nothing, and who may be logged in.
        self = self.with_user(SUPERUSER_ID)
        user_inputs = user_inputs.with_user(SUPERUSER_ID).filtered(
            lambda answer: answer.state == "done" and not answer.test_entry
        )
        known = self.search([("user_input_id", "in", user_inputs.ids)])
        responses = known | known._create_unasked(user_inputs - known.user_input_id)
        before = {one.id: one.state == "answered" and one.is_low for one in known}
        fresh = responses.filtered(lambda one: one.state != "answered")
        responses._score()
        # Of an anonymous answer nobody learns anything.
        told = responses.filtered(
            lambda one: (
                not one.is_anonymous
                and (one in fresh or (one.is_low and not before.get(one.id)))
            )
        )
        if told:
            told._answered()
        return responses

    def _create_unasked(self, user_inputs):
        """Return responses to surveys that nobody was asked for, as superuser: found by
        a public link, by a customer who may stay unknown."""
        studies = self.env["crm.satisfaction.study"].search(
            [("survey_id", "in", user_inputs.survey_id.ids)]
        )
        vals_list = []
        for answer in user_inputs:
            study = studies._find_study_of(answer)
            if study:
                vals_list.append(self._prepare_unasked_vals(answer, study))
        return self.create(vals_list)

    @api.model
    def _prepare_unasked_vals(self, answer, study):
        """Return the values of the response to a survey that nobody was asked for."""
        person = answer.partner_id
        if any(
            not user.share for user in person.with_context(active_test=False).user_ids
        ):
            # A colleague who opened the public link answers for somebody unknown.
            person = person.browse()
        customer = person.commercial_partner_id
        user = customer.user_id
        company = study.company_id or customer._get_own_company()
        return {
            "study_id": study.id,
            "user_input_id": answer.id,
            "channel": "link",
            "partner_id": customer.id,
            "person_id": person.id if person != customer else False,
            "user_id": user.id,
            "team_id": user.sale_team_id.id,
            "company_id": (company or self.env.company).id,
            "asked_at": answer.start_datetime or answer.create_date,
        }

    def _score(self):
        """Write the scores of these responses anew, and what follows from them."""
        self.score_ids.unlink()
        vals_list = []
        for study, responses in self.grouped("study_id").items():
            found = study._read_answers(responses.user_input_id)
            factors = study._get_factor_tree()
            for response in responses:
                answers = found.get(response.user_input_id.id, [])
                vals_list += [response._prepare_score_vals(one) for one in answers]
                response.write(response._prepare_answered_vals(answers, factors))
        self.env["crm.satisfaction.score"].create(
            [vals for vals in vals_list if vals["kind"] != "comment"]
        )

    def _prepare_score_vals(self, answer):
        return answer["score"] | {
            "response_id": self.id,
            "study_id": self.study_id.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "user_id": self.user_id.id,
            "team_id": self.team_id.id,
            "answered_on": self._get_answered_on(),
            "is_anonymous": self.study_id.is_anonymous,
        }

    def _get_answered_at(self):
        answer = self.user_input_id
        return answer.end_datetime or answer.write_date

    def _get_answered_on(self):
        return self.company_id._get_relations_day(self._get_answered_at())

    def _prepare_answered_vals(self, answers, factors):
        """Return what the response says as a whole.

        :param factors: see ``_get_factor_tree``
        """
        own = _get_means(answers, "factor", lambda one: one["score"]["factor_id"])
        index = get_index(factors, own)
        nps = _get_means(answers, "nps").get(None)
        csat = _get_means(answers, "csat").get(None)
        lowest = min(get_factor_points(factors, own).values(), default=None)
        remarks = [one["score"]["answer"] for one in answers if one["is_remark"]]
        return {
            "state": "answered",
            "answered_at": self._get_answered_at(),
            "answered_on": self._get_answered_on(),
            "points": index or 0,
            "has_points": index is not None,
            "nps": round((nps or 0) / 10),
            "has_nps": nps is not None,
            "csat": csat or 0,
            "has_csat": csat is not None,
            "comment": "\n".join(remarks) or False,
            "is_low": self.study_id._is_low(index, lowest, nps),
        }


def _get_means(answers, kind, key=lambda _answer: None):
    """Return ``{key: mean points}`` of the answers of a kind that have points."""
    found = {}
    for one in answers:
        if one["score"]["kind"] == kind:
            found.setdefault(key(one), []).append(one["score"]["points"])
    return {name: sum(points) / len(points) for name, points in found.items()}
