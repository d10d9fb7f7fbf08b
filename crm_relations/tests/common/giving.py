from odoo import fields

from .care import CareCommon


class GivingCommon(CareCommon):
    """Sally's customer Acme with two persons, a government office, and a catalogue.

    A gift up to 300, a recipient up to 500 and a customer up to 800 a year need no
    approval; for public officials a gift up to 50.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gifts = cls.env["crm.gift"]
        cls.env["crm.gift.limit"].search([]).unlink()
        cls.env["crm.gift.item"].search([]).active = False
        cls.acme = cls._create_customer("Acme", user_id=cls.sally.id)
        cls.ann = cls._create_person(cls.acme, "Ann")
        cls.ben = cls._create_person(cls.acme, "Ben")
        nature = cls.env["crm.customer.nature"].create(
            {"name": "Office", "is_official": True}
        )
        cls.office = cls._create_customer(
            "Tax Office", user_id=cls.sally.id, nature_id=nature.id
        )
        cls.olive = cls._create_person(cls.office, "Olive")
        cls.tea, cls.pen, cls.vase = (
            cls._create_item(name, value)
            for name, value in (("Tea", 200), ("Pen", 290), ("Vase", 1000))
        )
        for audience, per, amount in (
            ("everybody", "gift", 300),
            ("everybody", "recipient", 500),
            ("everybody", "customer", 800),
            ("officials", "gift", 50),
        ):
            cls.env["crm.gift.limit"].create(
                {"audience": audience, "per": per, "amount": amount}
            )
        cls.today = cls.sally._get_relations_today()
        cls.acme.with_user(cls.sally).share_with(cls.sam.id)

    @classmethod
    def _create_item(cls, name, value, **values):
        return cls.env["crm.gift.item"].create(
            {"name": name, "value": value, "cost": value / 2} | values
        )

    def _plan(self, item=None, recipient=None, user=None, days=0, **values):
        recipient = recipient or self.ann
        vals = {
            "partner_id": recipient.commercial_partner_id.id,
            "recipient_id": recipient.id,
            "item_id": (item or self.tea).id,
            "date": fields.Date.add(self.today, days=days),
        }
        gifts = self.gifts.with_user(user or self.sally)
        return gifts.create({**vals, "user_id": gifts.env.uid, **values})

    def _give(self, *args, **values):
        gift = self._plan(*args, **values)
        gift.give()
        return gift

    def _get_cards(self, user):
        day = self.env["crm.my.day"].with_user(user).get_day()
        return {
            card["key"]: card["count"]
            for column in day["columns"]
            for card in column["cards"]
        }

    def assertAnswers(self, answers, *codes):
        self.assertEqual([answer["code"] for answer in answers], list(codes), answers)
