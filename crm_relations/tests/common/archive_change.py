from .relations import RelationsCommon


class ChangeCommon(RelationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(
            "Great Wall", user_id=cls.sally.id, city="Suzhou", phone="138 0013 8000"
        )
        cls.person = cls._create_person(cls.customer, "Li Wei")
        cls.env.cr.flush()
        cls.changes = cls.env["crm.archive.change"]

    def _get_changes(self, customer=None):
        """Return the changes of a customer, as if the transaction ended now."""
        self.env.cr.flush()
        customer = customer or self.customer
        return self.changes.search([("customer_id", "=", customer.id)], order="id")
