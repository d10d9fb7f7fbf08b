from odoo.tests import tagged

from .common.hiding import PHONE, SHOWN_PHONE, HidingCommon

OTHER, SHOWN_OTHER = "+86 136 5907 2634", "+86136****2634"


@tagged("post_install", "-at_install")
class TestHidingChanges(HidingCommon):
    """The ledger of the archive tells no number that a pool hides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.flush()
        cls.customer.phone = OTHER
        cls.person.email = "new@hidden.example.com"
        cls.env.cr.flush()
        cls.changes = cls.env["crm.archive.change"].search(
            [("customer_id", "=", cls.customer.id)]
        )

    def test_values_go_and_come_back_with_the_number(self):
        self.assertEqual(set(self.changes.mapped("field_key")), {"phone", "email"})
        before = self.changes.mapped("new_value")
        self._release()
        self.assertHidden(self.changes)
        told = self.changes.filtered(lambda o: o.field_key == "phone")
        told = told.with_user(self.sam)
        self.assertEqual((told.old_text, told.new_text), (SHOWN_PHONE, SHOWN_OTHER))
        self.assertNotIn(
            "5907 2634", str(self.customer.with_user(self.sam).get_history())
        )
        self._claim()
        self.assertEqual(self.changes.mapped("new_value"), before)

    def test_what_is_written_to_a_hidden_number_is_told_to_nobody(self):
        self._release()
        self.customer.with_user(self.max).phone = PHONE
        self.env.cr.flush()
        change = self.env["crm.archive.change"].search(
            [("customer_id", "=", self.customer.id), ("user_id", "=", self.max.id)]
        )
        self.assertEqual(change.field_key, "phone")
        self.assertHidden(change)
        self._claim()
        self.assertEqual((change.old_value, change.new_value), (OTHER, PHONE))

    def test_what_is_changed_and_released_at_once_is_hidden(self):
        self.customer.phone = PHONE
        self._release()
        self.env.cr.flush()
        found = self.env["crm.archive.change"].search(
            [("customer_id", "=", self.customer.id), ("field_key", "=", "phone")]
        )
        self.assertEqual(len(found), 2)
        self.assertHidden(found)

    def test_nobody_finds_it_by_searching(self):
        self._release()
        changes = self.env["crm.archive.change"].with_user(self.sam)
        for column in ("old_value", "new_value"):
            self.assertFalse(changes.search([(column, "ilike", "5907")]))
