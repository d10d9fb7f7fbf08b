from odoo import fields, models

SOURCE = "en_US"  # in which presets are written


class CrmCarePresetLine(models.Model):
    """A line of a preset, with the rule that does it; without one it is guidance."""

    _name = "crm.care.preset.line"
    _description = "Line of a care preset"
    _inherit = ["crm.care.line.mixin"]

    preset_id = fields.Many2one(
        comodel_name="crm.care.preset", required=True, index=True, ondelete="cascade"
    )
    rule_values = fields.Json(
        help="Values of the care rule that installing the preset makes."
    )
    existing_rule_id = fields.Many2one(
        comodel_name="crm.care.rule",
        index="btree_not_null",
        ondelete="set null",
        help="The rule that is there already and does it.",
    )

    def _get_rule_values(self):
        """Return the values of the rule, of the fields that rules have."""
        self.ensure_one()
        rules = self.env["crm.care.rule"]
        names = [n for n in rules._get_programme_fields() if n in self._fields]
        values = {name: self[name] for name in names}
        values |= self.rule_values or {}
        return {
            name: value for name, value in values.items() if rules._accepts(name, value)
        }

    def _create_rule(self, start_date):
        """Return the rule behind this line, named in every language; none for
        guidance."""
        self.ensure_one()
        if self.existing_rule_id or not self.rule_values:
            return self.existing_rule_id
        rule = self.env["crm.care.rule"].create(
            {
                **self._get_rule_values(),
                "name": self.name,
                "instructions": self.purpose,
                "start_date": start_date,
            }
        )
        self._copy_words(rule, {"name": "name", "purpose": "instructions"})
        return rule

    def _copy_words(self, record, names):
        """Give ``record`` the translations of these fields."""
        for code, _name in self.env["res.lang"].get_installed():
            words = self.with_context(lang=code)
            record.with_context(lang=code).write(
                {theirs: words[ours] for ours, theirs in names.items()}
            )

    def _teach_words(self, record, names):
        """Give ``record`` the translations of these fields where it says what this line
        says in the language of presets, and nothing else."""
        source = self.with_context(lang=SOURCE)
        said = record.with_context(lang=SOURCE)
        for code, _name in self.env["res.lang"].get_installed():
            words, theirs = (each.with_context(lang=code) for each in (self, record))
            untold = {
                their: words[our]
                for our, their in names.items()
                if record and source[our] == said[their] == theirs[their] != words[our]
            }
            if untold:
                theirs.write(untold)
