from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .account_plan import AccountPlanCommon


class AccountReturnCommon(AccountPlanCommon):
    """Big is a key account of sally's; an hour of a sales user costs 40, of a sales
    manager 90, of max 100 from March 2026 on, of nobody else anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rates = cls.env["crm.hourly.rate"]
        cls.rates.search([]).unlink()
        cls.returns = cls.env["crm.account.return"]
        cls.visit = cls.env.ref("crm_relations.crm_followup_kind_visit")
        cls._set_rate(40, role_id=cls.env.ref("crm_relations.group_sales_user").id)
        cls._set_rate(90, role_id=cls.env.ref("crm_relations.group_sales_manager").id)
        cls._set_rate(100, user_id=cls.max.id, date_from="2026-03-01")
        cls.gift_item = cls.env["crm.gift.item"].create(
            {"name": "Tea", "value": 10, "cost": 10}
        )
        cls.env["crm.key.account.nomination"].sudo().create(
            {"partner_id": cls.big.id, "reason": "Big", "state": "approved"}
        )

    @classmethod
    def _set_rate(cls, amount, **values):
        values = {"date_from": "2020-01-01", "company_id": cls.company.id} | values
        return cls.rates.create({"amount": amount, **values})

    @classmethod
    def _order_at_cost(cls, partner, amount, cost, days_ago=1, discount=0, **values):
        goods = cls.env["product.product"].create(
            {"name": "Car", "type": "service", "standard_price": cost}
        )
        line = {"product_id": goods.id, "price_unit": amount, "tax_ids": False}
        order = cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [Command.create({**line, "discount": discount})],
                **values,
            }
        )
        order.action_confirm()
        order.date_order = fields.Datetime.now() - timedelta(days=days_ago)
        return order

    @classmethod
    def _give(cls, partner, cost, days_ago=1, state="given", **values):
        """Return a gift as if it had been presented."""
        day = fields.Date.subtract(fields.Date.today(), days=days_ago)
        gift = cls.env["crm.gift"].create(
            {
                **{"partner_id": partner.id, "item_id": cls.gift_item.id},
                **{"user_id": cls.sally.id, "date": fields.Date.today(), **values},
            }
        )
        gift.flush_recordset()
        cls.env.cr.execute(
            "UPDATE crm_gift SET cost = %s, state = %s, date = %s WHERE id = %s",
            [cost, state, day, gift.id],
        )
        gift.invalidate_recordset()
        return gift

    @classmethod
    def _grant(cls, partner, value, kind="goods", days_ago=1, state="approved"):
        """Return a concession as if it had been granted."""
        one = cls.env["crm.concession"].create(
            {"partner_id": partner.id, "name": "X", "kind": kind, "value": value}
        )
        one.flush_recordset()
        day = fields.Date.subtract(fields.Date.today(), days=days_ago)
        cls.env.cr.execute(
            "UPDATE crm_concession SET state = %s, date = %s WHERE id = %s",
            [state, day, one.id],
        )
        one.invalidate_recordset()
        return one

    def _get_return(self, partner, kind="months", user=None, year=None):
        self.returns._count_for(partner)
        found = self.returns.with_user(user or self.env.user).search(
            [
                *(("partner_id", "=", partner.id), ("kind", "=", kind)),
                ("year", "=", year or 0),
            ]
        )
        self.assertEqual(len(found), 1)
        return found

    def _get_line(self, one, source):
        line = one.line_ids.filtered(lambda line: line.source == source)
        self.assertEqual(len(line), 1)
        return line
