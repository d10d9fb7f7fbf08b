from odoo.fields import Command

from .relations import RelationsCommon


class KeyAccountCommon(RelationsCommon):
    """Three customers of sally's: Big sold 800, Mid 150, Small 50 within 12 months.

    Criteria: sales (from 100 on 50 points, from 500 on 100), weight 3; and a judged
    one, weight 1.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.key.account.scheme"].search([]).active = False
        cls.env["res.partner"].search(
            [("is_managed_customer", "=", True)]
        ).active = False
        cls.big, cls.mid, cls.small = (
            cls._create_customer(name, user_id=cls.sally.id)
            for name in ("Big", "Mid", "Small")
        )
        cls._create_orders([(cls.big, 800, 9), (cls.mid, 150, 9), (cls.small, 50, 9)])
        cls.scheme = cls.env["crm.key.account.scheme"].create({"name": "Key"})
        cls.by_sales = cls._create_criterion("Sales", "sales", 3, {100: 50, 500: 100})
        cls.strategic = cls._create_criterion("Strategic", "judged", 1)
        cls.nominations = cls.env["crm.key.account.nomination"]
        cls.scores = cls.env["crm.key.account.score"]
        cls.env["crm.segmentation"]._decide(cls.big.ids + cls.mid.ids + cls.small.ids)
        cls.scheme._run()

    @classmethod
    def _create_criterion(cls, name, source, weight, points=None, **values):
        if points:
            values["threshold_ids"] = [
                Command.create({"at_least": figure, "points": gained})
                for figure, gained in points.items()
            ]
        return cls.env["crm.key.account.criterion"].create(
            {
                **{"scheme_id": cls.scheme.id, "name": name, "weight": weight},
                **{"source": source, **values},
            }
        )

    def _draft(self, customer=None, user=None, points=4, reason="They build with us"):
        """Return a nomination written by sam, who owns none of them."""
        user = user or self.sam
        customer = customer or self.big
        draft = self.nominations.with_user(user).create(
            {"partner_id": customer.id, "reason": reason}
        )
        draft.judgement_ids.write({"points": points, "reason": "I know them"})
        return draft

    def _ask(self, *args, **values):
        draft = self._draft(*args, **values)
        self.assertAnswers(draft.nominate(), "ok")
        return draft

    def _make_key(self, customer=None):
        one = self._ask(customer)
        self.assertAnswers(one.with_user(self.rita).approve(), "ok")
        return one.sudo(False).with_user(self.env.user)

    def _score(self, customer):
        self.scheme._run()
        return self.scores.search([("partner_id", "=", customer.id)])

    def _night(self):
        """Do what the night does, in one transaction."""
        schemes = self.scheme._get_in_force()
        for scheme in schemes:
            scheme._run()
            self.nominations._propose_ends_of(scheme)
        schemes._forget_others(schemes)

    def _get_cards(self, user):
        day = self.env["crm.my.day"].with_user(user).get_day()
        return {
            card["key"]: card["count"]
            for column in day["columns"]
            for card in column["cards"]
        }

    def assertAnswers(self, answers, *codes):
        self.assertEqual([answer["code"] for answer in answers], list(codes), answers)
