from datetime import timedelta

from odoo import fields

from .relations import RelationsCommon


class TransferCommon(RelationsCommon):
    """Two customers of sally; the first with a person, an opportunity, a quotation and
    an activity."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls._create_customer("One", user_id=cls.sally.id)
        cls.two = cls._create_customer("Two", user_id=cls.sally.id)
        cls.both = cls.one | cls.two
        cls.person = cls._create_person(cls.one, "Li Wei")
        cls.person.user_id = cls.sally
        cls.stage = cls.env["crm.stage"].create({"name": "Deep in it"})
        cls.lead = cls._create_lead("Deal", cls.person)
        cls.quotation = cls._create_order(cls.one, 10, confirm=False)
        cls.quotation.user_id = cls.sally
        cls.activity = cls._plan(cls.person)

    @classmethod
    def _create_lead(cls, name, partner, **values):
        return cls.env["crm.lead"].create(
            {
                "name": name,
                "type": "opportunity",
                "partner_id": partner.id,
                "user_id": cls.sally.id,
                "stage_id": cls.stage.id,
            }
            | values
        )

    @classmethod
    def _plan(cls, record, user=None):
        return record.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=fields.Date.today() + timedelta(days=3),
            summary="Call",
            user_id=(user or cls.sally).id,
        )

    def _transfer(self, customers, user, actor=None, until=None):
        customers = customers.with_user(actor or self.sally)
        return customers.pool_transfer(user.id, "Moves away", until)

    def assertCodes(self, answers, codes):
        self.assertEqual([answer["code"] for answer in answers], codes)
        for answer in answers:
            self.assertEqual(answer["ok"], answer["code"] == "ok")
            self.assertTrue(answer["message"])
