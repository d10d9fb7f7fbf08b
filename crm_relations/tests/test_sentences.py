from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.crm_relations.tools.sentences import (
    join_parts,
    join_sentences,
    join_words,
    tell_number,
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

    def test_numbers_are_told_as_people_write_them(self):
        """However large: nobody reads 1e+06."""
        for number, told in (
            *((0, "0"), (3.0, "3"), (2.5, "2.5"), (1 / 3, "0.3333"), (-0.00001, "0")),
            *((1_000_000, "1000000"), (1_250_000.5, "1250000.5"), (1e15, f"1{0:015}")),
            *((0.1 + 0.2, "0.3"), (-7.25, "-7.25"), (100, "100"), (False, "0")),
        ):
            with self.subTest(number):
                self.assertEqual(tell_number(number), told)


@tagged("post_install", "-at_install")
class TestNumbers(TransactionCase):
    """Where a large number is told in words."""

    def test_of_a_rule(self):
        rule = self.env["crm.earning.rule"].new({"kind": "event", "points": 1_000_000})
        self.assertIn("1000000 points", rule._tell_gift())

    def test_of_a_preview(self):
        rules = self.env["crm.earning.rule"]
        [told] = rules._get_value_names([{"new": "2500000.0"}]).values()
        self.assertEqual(told, "2500000 points")

    def test_of_a_threshold_and_a_figure(self):
        criterion = self.env["crm.key.account.criterion"].new({"source": "field"})
        self.assertEqual(criterion._tell_figure(1_250_000.0), "1250000")
        for at_least, told in ((2.5, "≥ 2.5"), (0.05, "≥ 0.05"), (1e6, "≥ 1,000,000")):
            line = criterion.threshold_ids.new({"at_least": at_least, "points": 50})
            self.assertEqual(line._tell(), f"{told}: 50")


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
