from odoo.fields import Command

from .satisfaction import SatisfactionCommon


class AnswersCommon(SatisfactionCommon):
    """Answers to ``study``, made as the machine makes them, without a survey."""

    @classmethod
    def _answer(cls, count=1, study=None, user=None, day=None, scores=None, **values):
        """Return so many answered responses about ``user`` (sally), as superuser.

        :param scores: ``{factor: points}``
        """
        study, user = study or cls.study, user or cls.sally
        scores = scores or {}
        index = cls._get_index(scores)
        values = {
            "study_id": study.id,
            "state": "answered",
            "channel": "link",
            "user_id": user.id,
            "team_id": user.sale_team_id.id,
            "company_id": cls.company.id,
            "answered_on": day or cls.company._get_relations_today(),
            "answered_at": cls.env.cr.now(),
            "points": index or 0,
            "has_points": index is not None,
            "score_ids": [
                Command.create(cls._prepare_score(study, user, factor, points, day))
                for factor, points in scores.items()
            ],
            **values,
        }
        responses = cls.env["crm.satisfaction.response"].create([values] * count)
        cls.env.flush_all()
        return responses

    @classmethod
    def _get_index(cls, scores):
        counted = {key: one for key, one in scores.items() if not key.is_standard}
        total = sum(factor.weight for factor in counted)
        if not total:
            return None
        return sum(one * key.weight for key, one in counted.items()) / total

    @classmethod
    def _prepare_score(cls, study, user, factor, points, day):
        return {
            "study_id": study.id,
            "factor_id": factor.id,
            "kind": "standard" if factor.is_standard else "factor",
            "question": factor.name,
            "answer": str(points),
            "points": points,
            "user_id": user.id,
            "team_id": user.sale_team_id.id,
            "company_id": cls.company.id,
            "answered_on": day or cls.company._get_relations_today(),
        }
