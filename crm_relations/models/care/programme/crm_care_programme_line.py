from odoo import api, fields, models


class CrmCareProgrammeLine(models.Model):
    """The maintenance table of the company. Where a rule does the line, the columns
    that both have are the same: whichever is changed changes the other."""

    _name = "crm.care.programme.line"
    _description = "Care programme"
    _inherit = ["crm.care.line.mixin", "crm.colleague.mixin"]

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Executed By",
        domain="[('share', '=', False)]",
    )
    supervisor_id = fields.Many2one(
        comodel_name="res.users",
        string="Supervised By",
        domain="[('share', '=', False)]",
    )
    rule_id = fields.Many2one(
        comodel_name="crm.care.rule",
        index="btree_not_null",
        ondelete="set null",
        help="Does the line. Empty: the line is guidance, people see to it themselves.",
    )
    sentence = fields.Char(related="rule_id.sentence", string="When")
    preset_line_id = fields.Many2one(
        comodel_name="crm.care.preset.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    preset_id = fields.Many2one(related="preset_line_id.preset_id")
    is_changed = fields.Boolean(
        string="Changed", compute="_compute_is_changed", help="Differs from its preset."
    )

    _preset_line_uniq = models.UniqueIndex(
        "(preset_line_id) WHERE preset_line_id IS NOT NULL",
        "This line of the preset is in the programme already.",
    )

    @api.depends(lambda self: self._get_line_fields())
    @api.depends("rule_id", "preset_line_id")
    def _compute_is_changed(self):
        for line in self:
            line.is_changed = bool(line.preset_line_id) and line._differs()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines.filtered("rule_id"):
            line._follow(line.rule_id)
        return lines

    def write(self, vals):
        result = super().write(vals)
        names = set(self.env["crm.care.rule"]._get_programme_fields())
        if "rule_id" in vals:
            for line in self.filtered("rule_id"):
                line._follow(line.rule_id)
        elif names & vals.keys():
            for line in self.filtered("rule_id"):
                line._lead(line.rule_id, names & vals.keys())
        return result

    def action_open_rule(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.care.rule",
            "res_id": self.rule_id.id,
            "views": [(False, "form")],
        }

    def _lead(self, rule, names):
        """Bring the rule up to what was typed in the table."""
        values = self._get_differences(rule, names)
        values = {k: v for k, v in values.items() if rule._accepts(k, v)}
        if values:
            rule.write(values)

    def _follow(self, rule):
        """Bring these lines up to what the rule says, where it can say as much."""
        for line in self:
            names = [
                name
                for name in rule._get_programme_fields()
                if rule._accepts(name, line[name]) and rule[name] != line[name]
            ]
            if names:
                line.write({name: self._read_value(rule, name) for name in names})

    def _get_differences(self, rule, names):
        return {
            name: self._read_value(self, name)
            for name in names
            if name in rule._fields and rule[name] != self[name]
        }

    @api.model
    def _read_value(self, record, name):
        value = record[name]
        return value.id if isinstance(value, models.BaseModel) else value

    def _differs(self):
        """Return whether the line, or the rule made by its preset, was changed."""
        self.ensure_one()
        preset, rule = self.preset_line_id, self.rule_id
        if any(self[name] != preset[name] for name in self._get_line_fields()):
            return True
        if preset.existing_rule_id or not preset.rule_values:
            return rule != preset.existing_rule_id
        if not rule or not rule.active:
            return True
        return any(
            self._read_value(rule, name) != value
            for name, value in preset._get_rule_values().items()
            if rule._fields[name].type not in ("one2many", "many2many")
        )

    def _is_used(self):
        """Return whether the rule that the preset has made has made tasks."""
        self.ensure_one()
        own = self.rule_id - self.preset_line_id.existing_rule_id
        return bool(own.task_count or own.missed_count)

    @api.model
    def _install(self, preset, start_date):
        """Add the lines of the preset that are not in the programme; return them."""
        there = self.with_context(active_test=False).search(
            [("preset_line_id.preset_id", "=", preset.id)]
        )
        lines = self.browse()
        for origin in preset.line_ids - there.preset_line_id:
            values = {name: origin[name] for name in self._get_line_fields()}
            rule = origin._create_rule(start_date)
            line = self.create({**values, "preset_line_id": origin.id})
            words = ("stage", "name", "purpose")
            origin._copy_words(line, dict(zip(words, words, strict=True)))
            line.rule_id = rule
            lines |= line
        return lines

    def _remove(self, everything=False):
        """Take these lines out of the programme, with their rules; lines that were
        changed and rules that have made tasks stay, unless ``everything``. A rule with
        tasks is archived even then: what was done is not forgotten.

        :return: the lines that stay
        """
        stay = self.browse()
        if not everything:
            stay = self.filtered(lambda line: line.is_changed or line._is_used())
        gone = self - stay
        # A rule that was there before the preset stays as it is.
        rules = gone.rule_id - gone.preset_line_id.existing_rule_id
        used = rules.filtered(lambda rule: rule.task_count or rule.missed_count)
        gone.unlink()
        used.active = False
        (rules - used).unlink()
        return stay
