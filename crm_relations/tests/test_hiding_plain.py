from odoo.tests import tagged

from .common.hiding import EMAIL, PERSON_EMAIL, PHONE, HidingCommon

SECOND, THIRD = "+86 136 1234 5678", "+86 135 1234 5678"
# What a company adds and fills by hand, or an app of Odoo from a mail: on which model.
ADDED = {
    "x_second_mobile": "res.partner",
    "x_invoice_email": "res.partner",
    "x_asked_email": "sale.order",
    "x_contact_phone": "crm.lead",
}
# What is computed from those, thus from nothing that Odoo has.
COMPUTED = {
    "x_second_digits": ("res.partner", "x_second_mobile"),
    "x_order_second": ("sale.order", "partner_id.x_second_mobile"),
    "x_order_phone_digits": ("sale.order", "x_order_second"),
}


@tagged("post_install", "-at_install")
class TestHidingPlain(HidingCommon):
    """A number or an address in a column that nobody has named and nothing computes:
    of the company's own, or of an app that knows nothing of us."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, model in ADDED.items():
            cls._add(name, model)
        for name, (model, path) in COMPUTED.items():
            code = f"for one in self: one['{name}'] = one.{path}"
            cls._add(name, model, compute=code, depends=path)
        cls.order = cls._create_order(cls.customer, 100, confirm=False)
        cls.values = {
            (cls.customer, "x_second_mobile"): SECOND,
            (cls.customer, "x_second_digits"): SECOND,
            (cls.person, "x_invoice_email"): PERSON_EMAIL,
            (cls.order, "x_asked_email"): EMAIL,
            (cls.order, "x_order_second"): SECOND,
            (cls.order, "x_order_phone_digits"): SECOND,
            (cls.lead, "x_contact_phone"): PHONE,
        }
        for (record, name), value in cls.values.items():
            if name in ADDED:
                record[name] = value
        cls.env.flush_all()

    @classmethod
    def _add(cls, name, model, **values):
        cls.env["ir.model.fields"].create(
            {
                "name": name,
                "model_id": cls.env["ir.model"]._get(model).id,
                "ttype": "char",
                "store": True,
                "tracking": 0 if "compute" in values else 100,
                "field_description": name,
                **values,
            }
        )

    def _read(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return {(record, name): record[name] for record, name in self.values}

    def test_it_goes_and_comes_back_with_its_customer(self):
        self.assertEqual(self._read(), self.values)
        self._release()
        self.assertEqual(self._read(), dict.fromkeys(self.values, False))
        self.env["crm.hidden.value"]._sweep()
        self._claim()
        self.assertEqual(self._read(), self.values)
        self.assertFalse(self.hidden.search([("customer_id", "=", self.customer.id)]))

    def test_what_is_typed_meanwhile_goes_too_and_holds_nothing_else_up(self):
        self._release()
        self.customer.x_second_mobile = THIRD
        self.assertFalse(self._read()[self.customer, "x_second_mobile"])
        self._claim()
        found = self._read()
        self.assertEqual(found[self.customer, "x_second_mobile"], THIRD)
        self.assertEqual(found[self.person, "x_invoice_email"], PERSON_EMAIL)
        self.assertEqual(self.customer.phone, PHONE)
        self.assertEqual(self.customer.email, EMAIL)

    def test_it_comes_back_filled_meanwhile_and_the_contact_all_the_same(self):
        """Filled by another transaction, unseen, and shown before the night."""
        self._release()
        self.env.cr.execute(
            "UPDATE res_partner SET x_second_mobile = %s WHERE id = %s",
            [THIRD, self.customer.id],
        )
        self._claim()
        self.assertEqual(self._read()[self.customer, "x_second_mobile"], THIRD)
        self.assertEqual(self.customer.phone, PHONE)

    def test_what_was_changed_is_told_no_more(self):
        customer = self.customer.with_context(tracking_disable=False)
        customer.x_second_mobile = THIRD
        self.flush_tracking()
        self.env.flush_all()
        self.assertIn((SECOND, THIRD), self._get_changes())
        self._release()
        self.assertFalse({SECOND, THIRD} & set(sum(self._get_changes(), ())))
        self._claim()
        self.assertIn((SECOND, THIRD), self._get_changes())

    def _get_changes(self):
        self.env.cr.execute(
            """
            SELECT old_value_char, new_value_char FROM mail_tracking_value
             UNION ALL
            SELECT old_value, new_value FROM crm_archive_change
            """
        )
        return self.env.cr.fetchall()

    def test_a_deleted_contact_leaves_no_row(self):
        self._release()
        self.person.unlink()
        self.env["crm.hidden.value"]._sweep()
        domain = [("model", "=like", "res.partner%"), ("res_id", "=", self.person.id)]
        self.assertFalse(self.hidden.search(domain))

    def test_names_of_others_and_words_stay(self):
        """Third persons, and what is no text of a contact."""
        columns = {
            (copy.model, name)
            for copy in self.hidden._get_copies()
            for name in copy.columns
        }
        self.assertNotIn(("crm.lead", "email_cc"), columns)
        self.assertNotIn(("mail.message", "email_layout_xmlid"), columns)
        # Whose name it is; of who has none, the address.
        self.assertNotIn(("account.move", "invoice_partner_display_name"), columns)
        self.assertNotIn(("calendar.attendee", "common_name"), columns)

    def test_mailings_of_every_model_that_gets_them(self):
        model = self.env.registry["event.registration"]
        # As the apps that send mailings say it of theirs.
        model._mailing_enabled = True
        self.addCleanup(delattr, model, "_mailing_enabled")
        found = self.hidden._get_mailed_sql().code
        self.assertIn("event_registration", found)
