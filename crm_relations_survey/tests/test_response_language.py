from odoo.tests import tagged

from .common.satisfaction import SatisfactionCommon


@tagged("post_install", "-at_install")
class TestResponseLanguage(SatisfactionCommon):
    """A question is one, in whatever language it is asked and read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.item = cls.items.filtered(lambda one: one.question_id == cls.ask_reception)
        cls.item.title = "Reception"
        cls.item.with_context(lang="fr_FR").title = "Accueil"

    def _answer(self, lang):
        opened = self.env["survey.user_input"].create(
            {"survey_id": self.survey.id, "partner_id": self.customer.id}
        )
        opened = opened.with_context(lang=lang)
        opened._save_lines(self.ask_reception.with_context(lang=lang), "9")
        opened._mark_done()
        return self.env["crm.satisfaction.response"].search(
            [("user_input_id", "=", opened.id)]
        )

    def test_answers_in_two_languages_are_one_question_in_figures(self):
        answers = self._answer("en_US") + self._answer("fr_FR")
        self.assertEqual(len(answers.score_ids), 2)
        self.assertEqual(set(answers.score_ids.mapped("question")), {"Reception"})

    def test_it_is_kept_in_the_language_of_the_company(self):
        self.env.company.partner_id.lang = "fr_FR"
        self.assertEqual(self._answer("en_US").score_ids.question, "Accueil")

    def test_each_reads_it_in_ones_own_language(self):
        score = self._answer("en_US").score_ids
        self.assertEqual(score.question_told, "Reception")
        self.assertEqual(score.with_context(lang="fr_FR").question_told, "Accueil")

    def test_what_was_asked_stays_when_the_question_is_another_or_gone(self):
        score = self._answer("en_US").score_ids
        self.item.title = "Waiting"
        self.assertEqual(score.with_context(lang="fr_FR").question_told, "Reception")
        self.item.unlink()
        score.invalidate_recordset()
        self.assertEqual(score.with_context(lang="fr_FR").question_told, "Reception")
