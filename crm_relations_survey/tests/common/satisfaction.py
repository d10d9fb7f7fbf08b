from odoo.fields import Command

from odoo.addons.crm_relations.tests.common.relations import RelationsCommon

ADDON = "crm_relations_survey"


class SatisfactionCommon(RelationsCommon):
    """The small world, a specialist, and a study of two factors.

    ======== =========================
    user     role
    ======== =========================
    spec     satisfaction specialist
    ======== =========================

    ``study`` has the factors ``reception`` (weight 1) and ``delivery`` (weight 3), each
    asked by a scale of 0 to 10, one question of recommendation (``ask_nps``), one of
    overall satisfaction by choice (``ask_csat``) and a remark (``ask_remark``), all of
    ``survey``. ``customer`` has the contact ``person``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        specialist = cls.env["res.users"].with_context(no_reset_password=True)
        specialist = specialist.create(
            {
                "name": "Spec",
                "login": "spec",
                "email": "spec@example.com",
                "password": "specspec",
                "tz": "UTC",
                "group_ids": [
                    Command.set(
                        cls.env.ref(f"{ADDON}.group_satisfaction_specialist").ids
                    )
                ],
            }
        )
        cls.spec = specialist.with_user(specialist)
        cls.customer = cls._create_customer("Asked Customer")
        cls.person = cls.env["res.partner"].create(
            {"name": "Paula", "parent_id": cls.customer.id}
        )
        cls._create_survey()
        cls._create_study()

    @classmethod
    def _create_survey(cls):
        cls.survey = cls.env["survey.survey"].create(
            {
                "title": "Purchase",
                "access_mode": "public",
                "users_login_required": False,
            }
        )
        cls.ask_reception = cls._ask("Reception", "scale")
        cls.ask_delivery = cls._ask("Delivery", "scale")
        cls.ask_nps = cls._ask("Would you recommend us?", "scale")
        cls.ask_csat = cls._ask(
            "All in all?",
            "simple_choice",
            suggested_answer_ids=[
                Command.create({"value": str(number)}) for number in range(1, 6)
            ],
        )
        cls.ask_remark = cls._ask("Anything else?", "text_box")

    @classmethod
    def _ask(cls, title, question_type, **values):
        return cls.env["survey.question"].create(
            {
                "survey_id": cls.survey.id,
                "title": title,
                "question_type": question_type,
                **values,
            }
        )

    @classmethod
    def _create_study(cls):
        cls.study = cls.env["crm.satisfaction.study"].create(
            {"name": "Purchase", "kind": "sales", "survey_id": cls.survey.id}
        )
        cls.reception = cls._create_factor("Reception", weight=1)
        cls.delivery = cls._create_factor("Delivery", weight=3)
        cls.items = cls.env["crm.satisfaction.item"].create(
            [
                cls._prepare_item(cls.ask_reception, factor_id=cls.reception.id),
                cls._prepare_item(cls.ask_delivery, factor_id=cls.delivery.id),
                cls._prepare_item(cls.ask_nps, kind="nps"),
                cls._prepare_item(
                    cls.ask_csat,
                    kind="csat",
                    choice_ids=[
                        Command.create(
                            {
                                "answer_id": answer.id,
                                "name": answer.value,
                                "points": number * 25,
                            }
                        )
                        for number, answer in enumerate(
                            cls.ask_csat.suggested_answer_ids
                        )
                    ],
                ),
                cls._prepare_item(cls.ask_remark, kind="comment"),
            ]
        )

    @classmethod
    def _create_factor(cls, name, study=None, **values):
        return cls.env["crm.satisfaction.factor"].create(
            {"study_id": (study or cls.study).id, "name": name, **values}
        )

    @classmethod
    def _prepare_item(cls, question, **values):
        return {
            "study_id": cls.study.id,
            "question_id": question.id,
            "title": question.title,
            "low": 0,
            "high": 10,
            **values,
        }
