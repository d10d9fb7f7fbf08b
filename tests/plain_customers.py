"""Customers about whom nothing is open, and rules that do something about them."""

from contextlib import suppress
from datetime import timedelta

from suite_parts import SUITE

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL

PLAIN = 9


class PlainCustomers:
    """Part of ``archived_world.ArchivedWorld``."""

    def add_plain(self):
        """Add customers about whom nothing is open: rules do something about them."""
        self.plain = self.env["res.partner"].create(
            [
                {
                    "name": f"Plain {place}",
                    "is_company": True,
                    "is_managed_customer": True,
                    "company_id": self.company.id,
                    "user_id": self.owner.id,
                    "phone": f"+32 470 33 2{place:03}",
                    "founded_on": self.today - timedelta(days=3652),
                }
                for place in range(PLAIN)
            ]
        )
        people = self.env["res.partner"].create(
            [
                {
                    "name": f"Person {one.name}",
                    "parent_id": one.id,
                    "phone": f"+32 470 44 2{place:03}",
                }
                for place, one in enumerate(self.plain)
            ]
        )
        soon = self.today + timedelta(days=3)
        self.env["crm.person.profile"].create(
            [
                {
                    "partner_id": person.id,
                    "birth_month": soon.month,
                    "birth_day": soon.day,
                }
                for person in people
            ]
        )
        self._sell()
        self.plain.owner_since = self.now - timedelta(days=500)

    def _sell(self):
        """Let each of them have bought, some lately, some long ago."""
        goods = self.env["product.product"].create({"name": "Goods", "list_price": 9})
        sales = self.env["sale.order"].with_company(self.company)
        orders = sales.create(
            [
                {
                    "partner_id": one.id,
                    "company_id": self.company.id,
                    "user_id": self.owner.id,
                    "order_line": [
                        Command.create({"product_id": goods.id, "price_unit": 100})
                    ],
                }
                for one in self.plain
            ]
        )
        orders.action_confirm()
        for place, order in enumerate(orders):
            order.date_order = self.now - timedelta(days=(2, 40, 400)[place % 3])
        self.env["res.partner"]._follow_purchases()

    def use_all_rules(self):
        """Let all rules that are shipped, and one of each occasion, be in force."""
        rules = self.env["crm.care.rule"]
        for trigger in rules._fields["trigger"].get_values(self.env):
            with suppress(UserError, ValidationError), self.env.cr.savepoint():
                rules.create({"name": trigger, "trigger": trigger})
        since = self.today - timedelta(days=800)
        self.env.flush_all()
        for name, model in self.env.registry.items():
            if model._auto and not model._abstract and self._is_rule(self.env[name]):
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET active = TRUE, start_date = %s",
                        SQL.identifier(model._table),
                        since,
                    )
                )
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def _is_rule(self, records):
        ours = records._original_module in SUITE and not records._transient
        return ours and {"active", "start_date", "domain"} <= set(records._fields)
