from odoo.tests import BaseCase, tagged

from odoo.addons.crm_relations.tools.sentences import join_sentences


@tagged("post_install", "-at_install")
class TestSentences(BaseCase):
    def test_a_blank_parts_sentences_but_chinese_ones(self):
        for sentences, told in (
            ((), ""),
            (("One.", "", False, "Two."), "One. Two."),
            (
                ("客户已领取。", "再次联系后重新计算。"),
                "客户已领取。再次联系后重新计算。",
            ),
            (("到期！", "Two."), "到期！Two."),
            (("No stop", "二。"), "No stop 二。"),
        ):
            with self.subTest(told):
                self.assertEqual(join_sentences(sentences), told)
