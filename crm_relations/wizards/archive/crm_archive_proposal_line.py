from datetime import datetime

from odoo import api, fields, models

from ...tools.field_texts import write_text
from ...tools.tact import to_utc


class CrmArchiveProposalLine(models.TransientModel):
    """One field of an archive, and what should stand there."""

    _name = "crm.archive.proposal.line"
    _description = "Field for which a change is proposed"

    wizard_id = fields.Many2one(
        comodel_name="crm.archive.proposal.wizard",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    field_name = fields.Char(readonly=True, export_string_translation=False)
    label = fields.Char(string="Field", compute="_compute_label")
    kind = fields.Char(compute="_compute_label", export_string_translation=False)
    choices = fields.Json(compute="_compute_label")
    old_value = fields.Char(readonly=True, export_string_translation=False)
    old_text = fields.Char(string="Stands There", compute="_compute_label")
    new_value = fields.Char(string="Should Be")
    is_emptied = fields.Boolean(
        string="Delete", help="What stands there is wrong, and nothing else is known."
    )

    @api.depends("field_name", "old_value")
    @api.depends_context("lang", "uid")
    def _compute_label(self):
        proposals = self.env["crm.archive.proposal"]
        known = self.env["res.partner"]._get_proposable_fields()
        for line in self:
            field, partner = known.get(line.field_name), line.wizard_id.partner_id
            line.label = proposals._get_label(field) if field else line.field_name
            line.kind = field.type if field else "char"
            line.choices = field and proposals._get_choices(partner, field)
            line.old_text = (
                proposals._tell(partner, field, line.old_value) if field else False
            )

    def _get_proposed(self):
        """Return what is to stand there. A moment was typed as the clock on the wall of
        who types shows it, as what stands there is told to him."""
        self.ensure_one()
        if self.is_emptied:
            return False
        if self.kind != "datetime":
            return self.new_value
        try:
            typed = datetime.fromisoformat((self.new_value or "").strip())
            if typed.tzinfo:
                return self.new_value
            moment = to_utc(typed, self.env.user._get_clock_tz())
        except (ValueError, OverflowError):  # refused, with its label, by the proposal
            return self.new_value
        return write_text("datetime", moment)

    @api.onchange("new_value")
    def _onchange_new_value(self):
        if self.new_value:
            self.is_emptied = False
