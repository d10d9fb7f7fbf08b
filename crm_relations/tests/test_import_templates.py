"""AR-13: templates in Odoo's import screen, which load as they are."""

from odoo.tests import HttpCase, tagged

from ..tools.tables import read
from .common.relations import RelationsCommon

MODELS = ("res.partner", "crm.person.profile", "crm.followup")


@tagged("post_install", "-at_install")
class TestImportTemplates(RelationsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def _download(self, model, lang="en_US"):
        self.sally.lang = lang
        self.authenticate("sally", "sally")
        return self.url_open(f"/crm_relations/import_template/{model}")

    def test_each_template_loads_as_it_is(self):
        self._create_customer("Li Wei", user_id=self.sally.id, is_company=False)
        self._create_customer("Acme", user_id=self.sally.id)
        for model in MODELS:
            for lang in ("en_US", "zh_CN"):
                with self.subTest(model=model, lang=lang):
                    self._check_loads(model, lang)

    def _check_loads(self, model, lang):
        content = self._download(model, lang).content
        importing = self.env["base_import.import"].with_user(self.sally)
        importing = importing.with_context(lang=lang)
        one = importing.create(
            {"res_model": model, "file": content, "file_type": "text/csv"}
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        options |= {"encoding": "", "float_thousand_separator": ","}
        options |= {"float_decimal_separator": ".", "date_format": "%Y-%m-%d"}
        options |= {"datetime_format": "%Y-%m-%d %H:%M:%S", "advanced": False}
        preview = one.parse_preview(options)
        headers, _rows = read(content)
        self.assertEqual(len(preview["matches"]), len(headers), headers)
        fields = [preview["matches"][i][0] for i in range(len(headers))]
        expected = list(self.env[model]._get_template_columns())
        self.assertEqual(fields, expected)
        result = one.execute_import(fields, headers, options, dryrun=False)
        self.assertFalse(result["messages"], result["messages"])
        made = self.env[model].browse(result["ids"])
        self.assertTrue(made)
        made.unlink()

    def test_they_are_offered_where_odoo_imports(self):
        for model in MODELS:
            urls = [one["template"] for one in self.env[model].get_import_templates()]
            self.assertEqual(urls[-1], f"/crm_relations/import_template/{model}")
        self.assertEqual(len(self.env["res.partner"].get_import_templates()), 2)

    def test_no_other_model_is_told_of(self):
        for model in ("res.users", "crm.import.template.mixin", "nothing", "base"):
            self.assertEqual(self._download(model).status_code, 404)
