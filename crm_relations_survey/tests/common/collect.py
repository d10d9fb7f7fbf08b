from datetime import timedelta

from odoo import fields

from odoo.addons.crm_relations.tests.common.callback import CallbackCommon

from .satisfaction import SatisfactionCommon


class CollectCommon(SatisfactionCommon, CallbackCommon):
    """``customer`` belongs to sally, has a number and an address; ``person`` has an
    address of her own. Nobody is quiet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write(
            {
                "email": "hello@asked.example.com",
                "phone": "138 0013 8000",
                "user_id": cls.sally.id,
            }
        )
        cls.person.write({"email": "paula@asked.example.com", "name": "Paula"})
        cls.company.write(
            {
                "relations_sms_provider": "log",
                "care_quiet_from": 0,
                "care_quiet_until": 0,
            }
        )
        cls.responses = cls.env["crm.satisfaction.response"]

    @classmethod
    def _ask_for(cls, channel="link", partner=None, occasion="hand", **values):
        return cls.study._ask(partner or cls.customer, occasion, channel, **values)

    @classmethod
    def _move_back(cls, response, days):
        """Let a response have been asked so many days earlier."""
        then = fields.Datetime.now() - timedelta(days=days)
        response.write({"asked_at": then, "open_until": then + timedelta(days=14)})

    def _say(self, response, question, value):
        """Answer one question as the customer does."""
        answer = response.user_input_id
        if answer.state == "new":
            answer._mark_in_progress()
        answer._save_lines(question, str(value))

    def assertAnswers(self, answers, *codes):
        self.assertEqual([answer["code"] for answer in answers], list(codes), answers)
        self.assertTrue(all(answer["message"] for answer in answers), answers)
