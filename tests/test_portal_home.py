"""What a customer finds at home stands with the rest, as wide as the rest."""

from lxml import etree

from odoo.tests import TransactionCase, tagged

OURS = ("/my/club", "/my/complaints")


@tagged("post_install", "-at_install")
class TestPortalHome(TransactionCase):
    def test_each_entry_stands_in_a_category(self):
        """Beside them an entry is wider than the others, on a phone past its edge."""
        arch = self.env.ref("portal.portal_my_home")._get_combined_arch()
        beside = set(OURS)
        for category in arch.xpath("//div[contains(@class, 'o_portal_category')]"):
            text = etree.tostring(category, encoding="unicode")
            beside -= {url for url in OURS if url in text}
        self.assertFalse(beside)
