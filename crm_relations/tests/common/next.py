from datetime import datetime, time, timedelta

from odoo import fields

from .relations import RelationsCommon


class NextCommon(RelationsCommon):
    """What Next of sally, in a company whose day is that of UTC. A customer made by
    ``_create_next`` shows no sign: mature, taken over and contacted long ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["crm.usual.value"].search([]).unlink()
        cls.today = cls.company._get_relations_today()

    @classmethod
    def _create_next(cls, name="Calm", sales=1000, **values):
        customer = cls._create_customer(name, **{"user_id": cls.sally.id})
        cls._set(customer, sales_12_months=sales, lifecycle="mature", **values)
        return customer

    @classmethod
    def _set(cls, customers, **values):
        """Write what only the machine decides, as it does: by SQL."""
        cls.env.flush_all()
        for name, value in values.items():
            cls.env.cr.execute(
                f"UPDATE res_partner SET {name} = %s WHERE id = ANY(%s)",
                [value, customers.ids],
            )
        cls.env.invalidate_all()

    @classmethod
    def _day(cls, days):
        return cls.today + timedelta(days=days)

    @classmethod
    def _moment(cls, days):
        return datetime.combine(cls._day(days), time(10))

    def _get_list(self, user=None, **domain):
        """Return the customers of a list, in its order."""
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["crm.next.contact"].with_user(user or self.sally)
        return lines.search([("user_id", "=", (user or self.sally).id)]).partner_id

    def _get_line(self, customer, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["crm.next.contact"].with_user(user or self.sally)
        lines = lines.search([("partner_id", "=", customer.id)])
        return lines.filtered(lambda line: line.user_id == (user or self.sally))

    def _receive_message(self, customer, days_ago, record=None, author=None, **values):
        return self.env["mail.message"].create(
            {
                "model": (record or customer)._name,
                "res_id": (record or customer).id,
                "author_id": (author or customer).id,
                "message_type": "email",
                "date": fields.Datetime.now() - timedelta(days=days_ago),
                "body": "When?",
                **values,
            }
        )
