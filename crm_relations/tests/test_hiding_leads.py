from odoo.tests import tagged

from .common.hiding import LEAD_EMAIL, LEAD_PHONE, SECRETS, HidingCommon


@tagged("post_install", "-at_install")
class TestHidingLeads(HidingCommon):
    """Opportunities that are merged while the number of one of them is hidden: what
    prevails is what would have prevailed."""

    def _merge(self, other, hidden_first):
        """Return what is left of sally's opportunity and the hidden one."""
        self.lead.probability = 90 if hidden_first else 5
        other.probability = 5 if hidden_first else 90
        leads = self.lead | other
        leads.user_id = self.sally
        self._release()
        merged = leads.with_user(self.sally).merge_opportunity()
        self.assertEqual(merged, self.lead if hidden_first else other)
        self.assertFalse({LEAD_PHONE, LEAD_EMAIL} & {merged.phone, merged.email_from})
        told = " ".join(str(message.body) for message in merged.sudo().message_ids)
        self.assertFalse([secret for secret in SECRETS if secret in told])
        return merged

    def _create_lead(self, customer, **values):
        lead = self.env["crm.lead"].create(
            {"name": "Other", "partner_id": customer.id, "type": "opportunity"}
        )
        self.env.flush_all()
        self.cr.execute(
            "UPDATE crm_lead SET phone = %s, phone_sanitized = NULL, email_from = %s,"
            " email_normalized = NULL, email_domain_criterion = NULL WHERE id = %s",
            [values.get("phone"), values.get("email_from"), lead.id],
        )
        self.env.invalidate_all()
        return lead

    def test_the_hidden_number_of_the_other_one_is_kept(self):
        other = self._create_lead(self.customer)
        merged = self._merge(other, hidden_first=False)
        self.assertTrue(merged.hidden_phone)
        self.assertTrue(merged.hidden_email)
        self.env["crm.hidden.value"]._sweep()
        self._claim()
        self.assertEqual(merged.phone, LEAD_PHONE)
        self.assertEqual(merged.email_from, LEAD_EMAIL)

    def test_a_number_in_sight_takes_the_place_of_no_hidden_one(self):
        own = self._create_customer("Own", user_id=self.sally.id)
        other = self._create_lead(own, phone="+86 10 8888 1111")
        merged = self._merge(other, hidden_first=True)
        self.assertFalse(merged.phone)
        self._claim()
        self.assertEqual(merged.phone, LEAD_PHONE)
        self.assertEqual(merged.email_from, LEAD_EMAIL)

    def test_the_number_in_sight_that_comes_first_prevails(self):
        own = self._create_customer("Own", user_id=self.sally.id)
        other = self._create_lead(own, phone="+86 10 8888 1111")
        merged = self._merge(other, hidden_first=False)
        self.assertEqual(merged.phone, "+86 10 8888 1111")
        self._claim()
        self.assertEqual(merged.phone, "+86 10 8888 1111")
        self.assertEqual(merged.email_from, LEAD_EMAIL)

    def test_no_hidden_number_comes_back_with_another_customer(self):
        """Two customers in the pool: who claims one does not get the other's."""
        second = self._create_customer("Second", user_id=self.sam.id)
        other = self._create_lead(second, email_from="two@hidden.example.com")
        self._release(second)
        merged = self._merge(other, hidden_first=False)
        self._claim(second)
        self.assertEqual(merged.email_from, "two@hidden.example.com")
        self.assertFalse(merged.phone)
