from odoo import api, fields, models

from ...tools.csv_table import write_lines


class CrmImportTemplateMixin(models.AbstractModel):
    """A table to begin with, in Odoo's import screen: columns named as the import knows
    them, in the language of who imports, and a row that shows what may stand there."""

    _name = "crm.import.template.mixin"
    _description = "Template of an import"

    @api.model
    def get_import_templates(self):
        """Return ``[{"label", "template"}]`` for Odoo's import screen."""
        return self._get_own_import_templates()

    @api.model
    def _get_own_import_templates(self):
        return [
            {
                "label": self._get_template_label(),
                "template": f"/crm_relations/import_template/{self._name}",
            },
        ]

    @api.model
    def _find(self, name):
        """Return the model of this name, if it has a template for the caller."""
        model = self.env.get(name)
        is_one = isinstance(model, self.env.registry[self._name]) and name != self._name
        return model if is_one and model.has_access("create") else None

    @api.model
    def _get_template_label(self):
        return self.env._("Template: %(name)s", name=self._get_template_name())

    @api.model
    def _get_template_name(self):
        return self.env["ir.model"]._get(self._name).name

    @api.model
    def _get_template_columns(self):
        """Hook: return ``{field: example}``; None: an example is looked for."""
        return {}

    @api.model
    def _write_import_template(self):
        """Return the file of the template."""
        columns = self._get_template_columns()
        return write_lines(
            [
                self._get_template_headers(columns),
                [
                    self._get_template_example(name) if example is None else example
                    for name, example in columns.items()
                ],
            ]
        )

    @api.model
    def _get_template_headers(self, columns):
        """Return the labels of columns; where the import would take a label for that of
        another field, or "/" for a way to one, the name."""
        fields_ = self.fields_get(attributes=["string"])
        labels = [field["string"] for field in fields_.values()]
        headers = []
        for name in columns:
            label = fields_[name]["string"]
            is_clear = "/" not in label and labels.count(label) == 1
            headers.append(label if is_clear else name)
        return headers

    @api.model
    def _get_template_example(self, name):
        """Return what may stand in a column: the name of a record that is here, or a
        choice."""
        field = self._fields[name]
        if field.comodel_name == "res.users":
            return self.env.user.name
        if field.type in ("many2one", "many2many"):
            return self.env[field.comodel_name].search([], limit=1).display_name or ""
        if field.type == "selection":
            [told] = self.fields_get([name], ["selection"]).values()
            return told["selection"][0][1]
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        if field.type == "datetime":
            return fields.Datetime.to_string(now.replace(tzinfo=None))
        return fields.Date.to_string(now.date()) if field.type == "date" else ""
