from odoo.tests import tagged

from .common.hiding import EMAIL, LEAD_EMAIL, HidingCommon

LISTED = ("is_blacklisted", "phone_sanitized_blacklisted")


@tagged("post_install", "-at_install")
class TestHidingBlacklist(HidingCommon):
    """Who has refused mailings is found among the refused, hidden or not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.blacklist"]._add(EMAIL)
        cls.env["mail.blacklist"]._add(LEAD_EMAIL)
        for number in ("+8613859072634", "+8613759072634"):
            cls.env["phone.blacklist"]._add([number])
        cls.other = cls._create_customer("Other", phone="+86 138 0000 0000")

    def _find(self, records, name, value):
        domain = [(name, "=", value), ("id", "in", records.ids)]
        return records.search(domain)

    def test_searching_finds_the_same_hidden_and_seen(self):
        partners = self.customer | self.person | self.other
        for is_hidden in (False, True, False):
            if is_hidden:
                self._release()
            elif not self.customer.user_id:
                self._claim()
            for name in LISTED:
                with self.subTest(name, hidden=is_hidden):
                    self.assertEqual(self._find(partners, name, True), self.customer)
                    self.assertEqual(
                        self._find(partners, name, False), self.person | self.other
                    )
                    self.assertEqual(self._find(self.lead, name, True), self.lead)
                    self.assertFalse(self._find(self.lead, name, False))
                    self.assertTrue(self.customer[name] and self.lead[name])
                    self.assertFalse(self.person[name] or self.other[name])

    def test_who_is_taken_off_the_list_is_not_found(self):
        self._release()
        self.env["mail.blacklist"]._remove(EMAIL)
        self.assertFalse(self._find(self.customer, "is_blacklisted", True))
        self.assertFalse(self.customer.is_blacklisted)
