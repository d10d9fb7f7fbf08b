from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.sentences import join_label, join_parts, join_words

KINDS = [("created", "Created"), ("changed", "Changed")]
RESULTS = [("undone", "Undone"), ("kept", "Stays")]
X2MANY = ("many2many", "one2many")


class CrmPoolSetupLine(models.Model):
    """One record that the first day of a pool created or changed: from what to what."""

    _name = "crm.pool.setup.line"
    _description = "Created or changed on the first day"
    _order = "setup_id desc, id"

    setup_id = fields.Many2one(
        comodel_name="crm.pool.setup",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    kind = fields.Selection(selection=KINDS, string="What", readonly=True)
    res_model = fields.Char(readonly=True, export_string_translation=False)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    model_name = fields.Char(string="Kind of Record", compute="_compute_words")
    name = fields.Char(string="Record", readonly=True)
    old_values = fields.Json(readonly=True)
    new_values = fields.Json(readonly=True)
    words = fields.Text(string="From What to What", compute="_compute_words")
    result = fields.Selection(selection=RESULTS, readonly=True)
    is_changed_since = fields.Boolean(compute="_compute_is_changed_since")

    @api.depends("res_model", "old_values", "new_values")
    @api.depends_context("lang")
    def _compute_words(self):
        for line in self:
            known = line.res_model in self.env
            model = self.env[line.res_model] if known else None
            line.model_name = known and self.env["ir.model"]._get(line.res_model).name
            line.words = known and join_parts(
                self.env,
                [
                    line._tell(model._fields[name], value)
                    for name, value in (line.new_values or {}).items()
                    if name in model._fields and line._is_worth_telling(name, value)
                ],
            )

    def _is_worth_telling(self, name, value):
        return name != "name" and (self.kind == "changed" or bool(value))

    def _tell(self, field, value):
        label = field.get_description(self.env, ["string"])["string"]
        new = self._tell_value(field, value)
        if self.kind == "created":
            return join_label(self.env, label, new)
        old = self._tell_value(field, (self.old_values or {}).get(field.name))
        return join_label(self.env, label, f"{old} → {new}")

    def _tell_value(self, field, value):
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if not value:
            return "0" if field.type == "integer" else "–"
        if field.relational:
            # Superuser: names, to who may read what was installed.
            records = self.env[field.comodel_name].sudo().browse(value).exists()
            return join_words(self.env, records.mapped("display_name"))
        if field.type == "date":
            return self.env.user._tell_day(value)
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return labels.get(value, value)
        return str(value)

    @api.depends("res_id", "new_values", "result")
    def _compute_is_changed_since(self):
        for line in self:
            record = line._get_record()
            line.is_changed_since = not line.result and (
                not record
                or line._get_snapshot(record, line.new_values) != line.new_values
            )

    def _get_record(self):
        """Return the record, or nothing if it is gone: in the language of who has
        installed it, in which its name was kept."""
        if self.res_model not in self.env:
            return None
        # Superuser: whoever may undo puts back all that was installed.
        lang = self.sudo().setup_id.user_id.lang or self.env.lang
        records = self.env[self.res_model].sudo().with_context(lang=lang)
        return records.browse(self.res_id).exists()

    @api.model
    def _get_snapshot(self, record, names):
        """Return ``{field: value}`` of a record as JSON keeps it."""
        record = record.with_context(active_test=False)
        return {name: self._get_plain(record, name) for name in names}

    @api.model
    def _get_plain(self, record, name):
        field, value = record._fields[name], record[name]
        if field.type in X2MANY:
            return sorted(value.ids)
        if field.type == "many2one":
            return value.id or False
        if field.type == "date":
            return fields.Date.to_string(value) or False
        return value

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    def _undo(self):
        """Take back what nobody has touched since, the last first; the others stay."""
        for line in self.sorted("id", reverse=True):
            if line.is_changed_since:
                line.result = "kept"
            elif line.kind == "created":
                line._remove()
            else:
                line._put_back()

    def _put_back(self):
        record = self._get_record()
        self._write_whole(
            record,
            {
                name: self._get_command(record._fields[name], value)
                for name, value in self.old_values.items()
            },
        )
        self.result = "undone"

    @api.model
    def _write_whole(self, record, vals):
        """Write these values; of links also those to who is archived are replaced,
        which Odoo leaves as they are where nobody sees them. A rule keeps the day from
        which it acts unless another one is among the values: left unsaid it would be
        tomorrow."""
        if "start_date" in record._fields:
            vals = {"start_date": record.start_date, **vals}
        links = {n: v for n, v in vals.items() if record._fields[n].type in X2MANY}
        record.write({name: vals[name] for name in vals if name not in links})
        if links:
            record.invalidate_recordset(list(links))
            record.with_context(active_test=False).write(links)
            record.invalidate_recordset(list(links))

    def _get_command(self, field, value):
        """Return the value to write; of several records those that still exist."""
        if field.type not in X2MANY:
            return value
        records = self.env[field.comodel_name].browse(value or [])
        return [Command.set(records.exists().ids)]

    def _remove(self):
        """Remove the record, unless something else has come to need it."""
        try:
            with self.env.cr.savepoint():
                self._get_record().unlink()
        except (IntegrityError, UserError):
            self.result = "kept"
        else:
            self.result = "undone"
