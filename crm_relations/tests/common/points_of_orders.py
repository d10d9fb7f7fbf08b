from odoo import fields

from .relations import RelationsCommon


class PointsOfOrdersCommon(RelationsCommon):
    """A member of a club where each unit of money earns a point and a discount costs
    200; it begins with 1000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        club = cls.env["crm.club"].create({"name": "Club"})
        cls.program = club.program_id
        cls.member = cls._create_customer("Member")
        cls.card = cls.env["loyalty.card"].create(
            {"program_id": cls.program.id, "partner_id": cls.member.id}
        )
        cls.product = cls._create_product("Thing", 100)
        cls.card._earn(1000, "hand", "Welcome")

    @classmethod
    def _create_product(cls, name, price):
        return cls.env["product.product"].create(
            {"name": name, "list_price": price, "taxes_id": False}
        )

    def _order(self, quantity, *others):
        """Return an order of so many things, and of one of each of the others."""
        wanted = [(self.product, quantity), *((other, 1) for other in others)]
        order = self.env["sale.order"].create(
            {
                "partner_id": self.member.id,
                "order_line": [
                    fields.Command.create(
                        {"product_id": product.id, "product_uom_qty": some}
                    )
                    for product, some in wanted
                ],
            }
        )
        order._update_programs_and_rewards()
        return order

    def _redeem(self, order):
        reward = self.program.reward_ids[:1]
        self.assertFalse(order._apply_program_reward(reward, self.card))

    def _invoice(self, order):
        for line in order.order_line:
            line.qty_delivered = line.product_uom_qty
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def _refund(self, invoice, quantity, product=None):
        """Credit so many of this product, of the thing unless one is named."""
        refund = invoice._reverse_moves([{"invoice_date": invoice.date}])
        lines = refund.invoice_line_ids.filtered("product_id")
        back = lines.filtered(lambda line: line.product_id == (product or self.product))
        (lines - back).unlink()
        back.quantity = quantity
        refund.action_post()
        return refund

    def assertBalance(self, points):
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.card.invalidate_recordset()
        self.assertEqual(self.card.points, points)
        self.assertEqual(self.env["loyalty.card"]._get_off_balance(), [])
