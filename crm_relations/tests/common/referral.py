from .club import ClubCommon


class ReferralCommon(ClubCommon):
    """Ada Motors, a member, brings customers; each referral that is paid gives 200
    points."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._join(cls.customer)
        cls.rule = cls.env["crm.earning.rule"].create(
            {
                "name": "Brought somebody",
                "club_id": cls.club.id,
                "kind": "referral",
                "points": 200,
                "is_qualifying": True,
                "start_date": False,
            }
        )
        cls.new = cls._create_customer("New One", user_id=cls.sam.id)

    @classmethod
    def _refer(cls, new, referrer=None, user=None, confirm=True):
        """Register, and let rita confirm; return the referral."""
        referrer = referrer or cls.customer
        user = user or new.user_id or cls.rita
        [answer] = new.with_user(user).register_referral(referrer.id, "A note")
        if not answer["ok"]:
            return answer["message"]
        referral = cls.env["crm.referral"].search(
            [("referred_id", "=", new.id), ("state", "=", "asked")]
        )
        if confirm:
            referral.with_user(cls.rita).confirm()
        return referral

    @classmethod
    def _buy(cls, customer, amount=1000, quantity=1, pay=True):
        """Let a customer buy, and pay the invoice."""
        order = cls.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": cls.product.id,
                            "product_uom_qty": quantity,
                            "price_unit": amount,
                            "tax_ids": False,
                        },
                    )
                ],
            }
        )
        order.action_confirm()
        order.order_line.qty_delivered = quantity
        if pay:
            invoice = order._create_invoices()
            invoice.action_post()
            cls._pay(invoice)
        cls._follow()
        return order

    @classmethod
    def _pay(cls, invoice):
        wizard = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({})._create_payments()
        cls._follow()

    @classmethod
    def _return(cls, order, quantity=None):
        """Credit so much of what was invoiced of an order, all by default."""
        invoice = order.invoice_ids.filtered(lambda m: m.move_type == "out_invoice")
        credit = invoice[:1]._reverse_moves([{"invoice_date": invoice[:1].date}])
        if quantity is not None:
            credit.invoice_line_ids.filtered("product_id").quantity = quantity
        credit.action_post()
        cls._follow()
        return credit

    @classmethod
    def _follow(cls):
        """What happens at the end of a transaction."""
        cls.env.flush_all()
        cls.env["res.partner"]._follow_purchases()
        cls.env.invalidate_all()
