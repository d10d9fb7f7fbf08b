from ...tools.activity_model import Parameters
from .activity import CDNOW, ActivityCommon

GAMMA = {"p": 6.25, "q": 3.74, "gamma": 15.44}


class ValueCommon(ActivityCommon):
    """The same customer: four orders of 100, the parameters of CDNOW for both models,
    five years at 10 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.activity = Parameters(**CDNOW)
        cls.env["crm.value.model"]._create_missing()
        cls.value_model = cls.env["crm.value.model"].search(
            [("company_id", "=", cls.company.id)]
        )
        for name, value in (
            ("value_measure", "revenue"),
            ("value_horizon_years", 5),
            ("value_discount_percent", 10),
        ):
            cls._set(name, value)
        cls.value_model.write(GAMMA)
        cls._refresh_values()

    @classmethod
    def _set(cls, name, value):
        cls.env["ir.config_parameter"].set_param(f"crm_relations.{name}", value)

    @classmethod
    def _refresh_values(cls):
        cls.env["crm.customer.value"]._refresh()

    @classmethod
    def _order_on(cls, partner, *days_ago, amount=100):
        orders = super()._order_on(partner, *days_ago, amount=amount)
        cls.env["crm.customer.value"]._refresh(partner.commercial_partner_id.ids)
        return orders

    def _get_value(self, partner):
        return self.env["crm.customer.value"].search([("partner_id", "=", partner.id)])
