from odoo.tests import tagged

from .common.hiding import EMAIL, PERSON_EMAIL, PHONE, HidingCommon

# What a company or another app adds, and of which contact it tells what.
ADDED = {
    "x_dialled": ("crm.followup", "partner_id.phone", PHONE),
    "x_phone": ("sale.order", "partner_id.phone", PHONE),
    "x_bill_to": ("sale.order", "partner_invoice_id.email", PERSON_EMAIL),
    "x_reminded": ("sale.order.line", "order_id.partner_id.email", EMAIL),
    "x_second_phone": ("res.partner", "phone", PHONE),
}
COMPUTED = "for order in self: order['x_mobile'] = order.partner_id.phone"


@tagged("post_install", "-at_install")
class TestHidingDependent(HidingCommon):
    """A copy that nobody has named: a field that a company has added, or another app,
    and that is stored."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(cls.customer, 100, confirm=False)
        cls.order.partner_invoice_id = cls.person
        for name, (model, path, _value) in ADDED.items():
            cls._add(name, model, related=path)
        # As in the point of sale: only the contact is named as what it depends on.
        cls._add("x_mobile", "sale.order", compute=COMPUTED, depends="partner_id")
        followup = cls._create_followup(cls.customer)
        cls.copies = {
            "x_dialled": followup,
            "x_phone": cls.order,
            "x_bill_to": cls.order,
            "x_mobile": cls.order,
            "x_reminded": cls.order.order_line,
            "x_second_phone": cls.customer,
        }
        cls.values = {name: value for name, (_m, _p, value) in ADDED.items()}
        cls.values["x_mobile"] = PHONE
        cls.env.flush_all()

    @classmethod
    def _add(cls, name, model, **values):
        cls.env["ir.model.fields"].create(
            {
                "name": name,
                "model_id": cls.env["ir.model"]._get(model).id,
                "ttype": "char",
                "store": True,
                "field_description": name,
                **values,
            }
        )

    def _read(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return {name: record[name] for name, record in self.copies.items()}

    def test_it_goes_and_comes_back_with_its_customer(self):
        self.assertEqual(self._read(), self.values)
        self._release()
        self.assertEqual(self._read(), dict.fromkeys(self.values, False))
        self.env["crm.hidden.value"]._sweep()
        self._claim()
        self.assertEqual(self._read(), self.values)
        self.assertFalse(self.hidden.search([("customer_id", "=", self.customer.id)]))

    def test_what_is_stored_while_it_is_hidden_goes_at_night(self):
        self._release()
        self.order.x_mobile = self.order.x_phone = PHONE
        self.env["crm.hidden.value"]._sweep()
        self.assertEqual(self._read(), dict.fromkeys(self.values, False))

    def test_only_what_the_pool_hides_goes(self):
        self.hiding.write({"hides_phone": False, "hides_contacts": False})
        self._release()
        expected = self.values | {"x_reminded": False}
        self.assertEqual(self._read(), expected)
