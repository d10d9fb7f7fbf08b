from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.crm_relations.tools.sentences import (
    join_parts,
    join_sentences,
    join_words,
)


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


@tagged("post_install", "-at_install")
class TestLists(TransactionCase):
    def test_words_and_parts_are_listed_as_the_language_does(self):
        for lang, words, parts in (
            ("en_US", "A, B, C", "A; B; C"),
            ("zh_CN", "A、B、C", "A；B；C"),
            (False, "A, B, C", "A; B; C"),
        ):
            env = self.env(context={"lang": lang})
            with self.subTest(lang=lang):
                self.assertEqual(join_words(env, ["A", "", "B", False, "C"]), words)
                self.assertEqual(join_parts(env, ["A", "", "B", False, "C"]), parts)
        self.assertEqual(join_words(self.env, []), "")

    def test_a_part_that_is_a_sentence_goes_on_in_a_list(self):
        for lang, parts, told in (
            (
                "zh_CN",
                ["说明：先打电话。", "标签：甲", "。"],
                "说明：先打电话；标签：甲",
            ),
            ("zh_CN", ["甲；", "真的吗？"], "甲；真的吗？"),
            ("en_US", ["Note: Call him. ", "Tags: A"], "Note: Call him; Tags: A"),
        ):
            env = self.env(context={"lang": lang})
            with self.subTest(lang=lang):
                self.assertEqual(join_parts(env, parts), told)
