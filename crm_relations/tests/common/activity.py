from ...tools.activity_model import Parameters, probability_active
from .relations import RelationsCommon

CDNOW = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}


class ActivityCommon(RelationsCommon):
    """Sally's customer has ordered every 30 days: 120, 90, 60 and 30 days ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.activity.model"]._create_missing()
        cls.model = cls.env["crm.activity.model"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.model.write(CDNOW)
        cls.today = cls.company._get_relations_today()
        cls.customer = cls._create_customer("Regular", user_id=cls.sally.id)
        cls._order_on(cls.customer, 120, 90, 60, 30)

    @classmethod
    def _order_on(cls, partner, *days_ago, amount=100):
        """Confirm an order on each of these days."""
        orders = cls._create_orders([(partner, amount, days) for days in days_ago])
        cls._refresh(partner.commercial_partner_id)
        return orders

    @classmethod
    def _refresh(cls, partners):
        partners._refresh_sales_figures(partners.ids)
        partners._refresh_activity(partners.ids)

    def _get_percent(self, x, last_days_ago, first_days_ago):
        """Return the probability in whole percent, by the plain function."""
        weeks = (first_days_ago - last_days_ago) / 7, first_days_ago / 7
        return round(100 * probability_active(Parameters(**CDNOW), x, *weeks))
