from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common.care_rule import CareRuleCommon


@tagged("post_install", "-at_install")
class TestCareProgramme(CareRuleCommon):
    """CA-5: the maintenance table, installed and removed, changes kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = cls.env["crm.care.programme.line"]
        cls.lines.search([]).unlink()
        cls.dealer = cls.env.ref("crm_relations.crm_care_preset_dealer")

    def _install(self, preset=None, **values):
        wizard = (
            self.env["crm.care.programme.wizard"]
            .with_user(self.adam)
            .create({"preset_id": (preset or self.dealer).id, **values})
        )
        wizard.action_install()
        return wizard

    def _line(self, name):
        origin = self.env.ref(f"crm_relations.crm_care_preset_dealer_{name}")
        return self.lines.search([("preset_line_id", "=", origin.id)])

    def test_each_preset_brings_its_table_with_rules_behind_it(self):
        for preset in self.env["crm.care.preset"].search([]):
            with self.subTest(preset.name):
                self._install(preset)
                of_preset = [("preset_line_id.preset_id", "=", preset.id)]
                lines = self.lines.search(of_preset)
                self.assertEqual(len(lines), len(preset.line_ids))
                self.assertFalse(any(lines.mapped("is_changed")))
                for line in lines:
                    wanted = line.preset_line_id
                    self.assertEqual(
                        bool(line.rule_id),
                        bool(wanted.rule_values or wanted.existing_rule_id),
                    )
        rule = self._line("before_72").rule_id
        self.assertRecordValues(
            rule,
            [
                {
                    "trigger": "delivery_planned",
                    "offset_number": 72,
                    "offset_unit": "hours",
                    "offset_side": "before",
                }
            ],
        )
        self.assertFalse(self._line("intent").rule_id)

    def test_installed_twice_it_adds_only_what_is_missing(self):
        wizard = self._install()
        count = len(self.lines.search([]))
        self._line("club").unlink()
        self.assertEqual(wizard.missing_count, 1)
        wizard.action_install()
        self.assertEqual(len(self.lines.search([])), count)

    def test_words_come_in_every_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        origin = self._line("visit").preset_line_id or self.dealer.line_ids[2]
        origin.with_context(lang="zh_CN").name = "来访致谢短信"
        self._install()
        line = self.lines.search([("preset_line_id", "=", origin.id)])
        self.assertEqual(line.with_context(lang="zh_CN").name, "来访致谢短信")
        self.assertEqual(line.rule_id.with_context(lang="zh_CN").name, "来访致谢短信")
        self.assertEqual(line.rule_id.name, "Thank-you message after a visit")

    def test_table_and_rule_say_the_same(self):
        self._install()
        line = self._line("before_72")
        line.with_user(self.adam).write({"user_id": self.rita.id, "executor": "user"})
        self.assertEqual(line.rule_id.user_id, self.rita)
        line.rule_id.write({"executor": "owner"})
        self.assertEqual(line.executor, "owner")

    @freeze_time("2026-05-04 08:00:00")
    def test_removing_keeps_what_was_changed_or_used(self):
        wizard = self._install(start_date="2026-05-01")
        changed, tuned, used = map(self._line, ("club", "before_72", "before_24"))
        birthday = self._line("birthday").rule_id
        changed.purpose = "Something else"
        tuned.rule_id.offset_number = 96
        self._create_order(self.customer, 1, commitment_date="2026-05-10 10:00:00")
        self.env.flush_all()
        used.rule_id._create_tasks()
        self.assertEqual(used.rule_id.task_count, 1)
        self.assertEqual(wizard.kept_count, 3)
        gone = self._line("visit").rule_id
        wizard.action_remove()
        self.assertEqual(self.lines.search([]), changed | tuned | used)
        self.assertFalse(gone.exists())
        self.assertTrue(birthday.exists(), "it was there before")

        kept = used.rule_id
        wizard.remove_all = True
        wizard.action_remove()
        self.assertFalse(self.lines.search([]))
        self.assertFalse(kept.active)
        self.assertEqual(kept.task_count, 1)
        with self.assertRefused("Nothing of", UserError):
            wizard.action_remove()

    def test_only_administrators_install(self):
        with self.assertRaises(AccessError):
            self.env["crm.care.programme.wizard"].with_user(self.rita).create({})

    def test_the_wizard_shows_what_it_brings(self):
        form = Form(self.env["crm.care.programme.wizard"])
        form.preset_id = self.dealer
        self.assertEqual(form.missing_count, len(self.dealer.line_ids))

    def test_a_language_that_comes_later_translates_what_is_installed(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self._install()
        line, worded = self._line("before_72"), self._line("intent")
        origin = line.preset_line_id
        origin.update_field_translations("name", {"zh_CN": "提前三天"})
        # As where Chinese was not there yet.
        for record in (line, line.rule_id, worded):
            record.update_field_translations("name", {"zh_CN": False})
        worded.name = "Worded by us"
        self.lines._learn_words()
        for record in (line, line.rule_id):
            self.assertEqual(record.with_context(lang="zh_CN").name, "提前三天")
            self.assertEqual(record.with_context(lang="en_US").name, origin.name)
        self.assertEqual(worded.with_context(lang="zh_CN").name, "Worded by us")
        self.assertFalse(line.is_changed)

    def test_loading_terms_does_it(self):
        module = self.env.ref("base.module_crm_relations")
        learnt = []
        with patch.object(
            type(self.lines), "_learn_words", lambda lines: learnt.append(True)
        ):
            module._update_translations(["en_US"])
            self.env.ref("base.module_base")._update_translations(["en_US"])
        self.assertEqual(learnt, [True])
