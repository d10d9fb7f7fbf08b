import doctest

from odoo.tests import TransactionCase, tagged

from ..tools import name_keys
from ..tools.name_keys import get_name_key, get_sound, get_tax_key
from .common.relations import RelationsCommon

ALIKE = (
    ("王芳贸易有限公司", "王芳贸易", "王芳 贸易（有限公司）", "王芳贸易股份有限公司"),
    ("ソニー株式会社", "株式会社ソニー", "(株)ソニー", "㈱ソニー"),
    ("삼성 주식회사", "삼성", "(주)삼성"),
    ("Acme Ltd.", "ACME", "Acme Co., Ltd", "Acme, Inc.", "Acme S.A.", "Acme GmbH"),
    ("Acme", "Ａｃｍｅ　Ｌｔｄ．", "Acme sp. z o.o.", "PT Acme Tbk", "SARL Acme"),
    ("Müller & Söhne GmbH", "Muller und Sohne", "MÜLLER SÖHNE GmbH & Co. KG"),
    ("ООО Ромашка", "Ромашка"),
)
APART = (
    ("王芳贸易有限公司北京分公司", "王芳贸易有限公司"),
    ("Acme Trading", "Acme Logistics"),
    ("삼성", "선성"),
)


@tagged("post_install", "-at_install")
class TestDuplicateNames(TransactionCase):
    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(name_keys).failed)

    def test_legal_forms_spaces_and_widths_say_nothing(self):
        for names in ALIKE:
            self.assertEqual(len(set(map(get_name_key, names))), 1, names)

    def test_what_says_something_stays(self):
        for names in APART:
            self.assertEqual(len(set(map(get_name_key, names))), 2, names)

    def test_a_name_of_nothing_but_a_form_is_one(self):
        for name in ("Ltd.", "有限公司", "Co. Ltd."):
            self.assertTrue(get_name_key(name), name)
        for name in ("", None, " - ", "🎉"):
            self.assertEqual((get_name_key(name), get_sound(name)), ("", ""))

    def test_a_tax_id_needs_digits(self):
        for number in ("n/a", "0000", "none", "-", None, "12"):
            self.assertEqual(get_tax_key(number), "")


@tagged("post_install", "-at_install")
class TestDuplicateKeys(RelationsCommon):
    def _get_keys(self, customers):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT partner_id, name_key, tax_key FROM crm_name_key"
            " WHERE partner_id = ANY(%s)",
            [customers.ids],
        )
        return {number: keys for number, *keys in self.env.cr.fetchall()}

    def test_a_job_makes_what_is_missing_or_no_longer_true(self):
        customers = self._create_customers(3)
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM crm_name_key WHERE partner_id = %s", [customers[0].id]
        )
        self.env.cr.execute(
            "UPDATE res_partner SET name = 'Past', vat = 'DE 123456' WHERE id = %s",
            [customers[1].id],
        )
        while self.env["crm.name.key"]._keep_page(0):
            pass
        keys = self._get_keys(customers)
        self.assertEqual(keys[customers[0].id], ["c0", None])
        self.assertEqual(keys[customers[1].id], ["past", "DE123456"])

    def test_many_customers_take_one_statement(self):
        counts = []
        for count in (10, 200):
            customers = self._create_customers(count)
            self.env.flush_all()
            counts.append(
                self._count_statements(lambda: customers._keep_name_keys())  # noqa: B023
            )
        self.assertEqual(counts, [1, 1])

    def test_who_is_no_customer_has_none(self):
        contact = self.env["res.partner"].create({"name": "Plain"})
        contact.name = "Other"
        self.assertFalse(self._get_keys(contact))

    def test_merging_keeps_one(self):
        kept, gone = self._create_customer("Acme"), self._create_customer("Acme Ltd")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((kept + gone).ids, kept)
        self.assertEqual(self._get_keys(kept), {kept.id: ["acme", None]})
