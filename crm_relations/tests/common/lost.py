from .activity import ActivityCommon


class LostCommon(ActivityCommon):
    """Sally's customer brought 400 in its last twelve months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.price = cls.env.ref("crm_relations.crm_churn_reason_price")
        cls.competition = cls.env.ref("crm_relations.crm_churn_reason_competitor")
        cls.customer._refresh_sales_figures(cls.customer.ids)

    def _register(self, customers, user=None, reason=None, **details):
        customers = customers.with_user(user or self.rita)
        return customers.register_lost((reason or self.price).id, **details)

    def _get_lost(self, customers):
        return self.env["crm.lost.customer"].search(
            [("partner_id", "in", customers.ids)]
        )

    def _get_codes(self, answers):
        return [answer["code"] for answer in answers]
