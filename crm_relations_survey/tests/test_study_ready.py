from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools.ready_studies import READY
from .common.satisfaction import SatisfactionCommon


@tagged("post_install", "-at_install")
class TestStudyReady(SatisfactionCommon):
    """Studies that are ready."""

    def _use(self, code, user=None):
        dialog = self.env["crm.satisfaction.ready"].with_user(user or self.spec)
        action = getattr(dialog.create({}), f"action_use_{code}")()
        return self.env["crm.satisfaction.study"].browse(action["res_id"])

    def test_each_is_whole_with_one_click(self):
        for code in READY:
            with self.subTest(code=code):
                study = self._use(code)
                self.assertEqual(study.kind, code)
                self.assertFalse(study.unmapped_count or study.problem_count)
                roots = study.factor_ids.filtered(
                    lambda one: not one.parent_id and not one.is_standard
                )
                self.assertAlmostEqual(sum(roots.mapped("weight")), 100)
                kinds = set(study.item_ids.mapped("kind"))
                self.assertEqual(
                    kinds, {"factor", "standard", "nps", "csat", "comment"}
                )
                self.assertTrue(study.survey_id.active)

    def test_twice_gives_no_second_one(self):
        study = self._use("sales")
        self.assertEqual(self._use("sales"), study)
        study.active = study.survey_id.active = False
        self.assertEqual(self._use("sales"), study)
        self.assertTrue(study.active and study.survey_id.active)

    def test_it_can_be_answered_at_once(self):
        study = self._use("service")
        answer = study.survey_id._create_answer(partner=self.customer)
        for item in study.item_ids:
            question = item.question_id
            if question.question_type == "scale":
                answer._save_lines(question, str(question.scale_max))
            elif question.question_type == "simple_choice":
                best = max(item.choice_ids, key=lambda one: one.points)
                answer._save_lines(question, str(best.answer_id.id))
        answer._mark_done()
        response = self.env["crm.satisfaction.response"].search(
            [("user_input_id", "=", answer.id)]
        )
        self.assertEqual(response.study_id, study)
        self.assertEqual((response.points, response.nps, response.csat), (100, 10, 100))

    def test_words_are_kept_in_all_languages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        study = self._use("lost")
        for record, field in (
            (study, "name"),
            (study.survey_id, "title"),
            (study.factor_ids[0], "name"),
            (study.item_ids[0], "title"),
            (study.item_ids.choice_ids[0], "name"),
        ):
            kept = record.get_field_translations(field)[0]
            languages = {one["lang"] for one in kept}
            self.assertLessEqual({"en_US", "zh_CN"}, languages, record)

    def test_only_specialists_use_them(self):
        with self.assertRaises(AccessError):
            self._use("sales", self.sally)
