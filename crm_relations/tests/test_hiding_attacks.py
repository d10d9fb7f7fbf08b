from odoo.tests import tagged

from .common.hiding import EMAIL, PERSON_EMAIL, HidingCommon


@tagged("post_install", "-at_install")
class TestHidingAttacks(HidingCommon):
    """Ways to a hidden value that lead past the columns."""

    def test_a_merge_does_not_write_the_address_down(self):
        """Odoo notes who was merged, with the address."""
        twin = self._create_customer("Twin", email="twin@hidden.example.com")
        twin.user_id = self.sam
        self._release(self.customer | twin)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.rita)
        wizard = wizard.with_context(tracking_disable=False).sudo()
        wizard._merge((self.customer | twin).ids, self.customer, extra_checks=False)
        self.assertFalse(twin.exists())
        bodies = " ".join(self.customer.message_ids.mapped("body"))
        self.assertIn("Twin", bodies)
        self.assertNotIn("twin@hidden", bodies)

    def test_who_gets_a_copy_of_an_incoming_mail_is_not_told(self):
        self._release()
        leads = self.env["crm.lead"]
        message = {
            "subject": "New",
            "from": "somebody@else.example.com",
            "email_from": "somebody@else.example.com",
            "cc": f'"Bob" <{PERSON_EMAIL}>, "Third" <third@else.example.com>',
        }
        lead = leads.message_new(message)
        self.assertIn("third@else", lead.email_cc)
        self.assertNotIn("bob@hidden", lead.email_cc)
        lead.message_update({**message, "cc": EMAIL})
        self.assertNotIn("anna@hidden", lead.email_cc)
