from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_relations.tools import counted
from odoo.addons.crm_relations.tools.sentences import join_label


@tagged("post_install", "-at_install")
class TestCounted(TransactionCase):
    """PL-5: numbers with their nouns, as English and Chinese write them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.chinese = cls.env["base"].with_context(lang="zh_CN").env
        cls.english = cls.env["base"].with_context(lang="en_US").env

    def test_one_and_many(self):
        for name, one, many, chinese in (
            ("days", "1 day", "3 days", "3天"),
            ("working_days", "1 working day", "3 working days", "3个工作日"),
            ("months", "1 month", "3 months", "3个月"),
            ("years", "1 year", "3 years", "3年"),
            ("times", "once", "3 times", "3次"),
            ("customers", "1 customer", "3 customers", "3个客户"),
            ("orders", "1 order", "3 orders", "3笔订单"),
            ("points", "1 point", "3 points", "3分"),
        ):
            tell = getattr(counted, f"tell_{name}")
            with self.subTest(name):
                self.assertEqual(tell(self.english, 1), one)
                self.assertEqual(tell(self.english, 3), many)
                self.assertEqual(tell(self.chinese, 3), chinese)

    def test_none_parts_and_numbers_that_are_words_already(self):
        for number, told in (
            *((0, "0 days"), (None, "0 days"), (False, "0 days"), (0.5, "0.5 days")),
            *((1.0, "1 day"), ("1", "1 day"), ("1,000.00", "1,000.00 days")),
        ):
            with self.subTest(number):
                self.assertEqual(counted.tell_days(self.english, number), told)

    def test_a_text_after_its_label(self):
        self.assertEqual(join_label(self.english, "Visit", "Tea"), "Visit: Tea")
        self.assertEqual(join_label(self.chinese, "拜访", "喝茶"), "拜访：喝茶")
