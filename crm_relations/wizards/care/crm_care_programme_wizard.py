from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmCareProgrammeWizard(models.TransientModel):
    """Install a ready programme, or remove it; what people have changed stays."""

    _name = "crm.care.programme.wizard"
    _description = "Install a care programme"

    preset_id = fields.Many2one(
        comodel_name="crm.care.preset",
        string="Programme",
        required=True,
        default=lambda self: self._default_preset_id(),
    )
    description = fields.Text(related="preset_id.description")
    preset_line_ids = fields.One2many(related="preset_id.line_ids")
    start_date = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=1),
        help="From this day on the rules act. Look at their previews before.",
    )
    remove_all = fields.Boolean(
        string="Also What Was Changed or Used",
        help="Lines that differ from the programme, or whose rules have made tasks, go "
        "as well. Rules with tasks are archived: what was done is not forgotten.",
    )
    installed_count = fields.Integer(
        string="Lines in Your Programme", compute="_compute_counts"
    )
    missing_count = fields.Integer(string="Lines to Add", compute="_compute_counts")
    kept_count = fields.Integer(
        string="Changed or Used",
        compute="_compute_counts",
        help="Lines that stay when the programme is removed.",
    )

    def _default_preset_id(self):
        return self.env["crm.care.preset"].search([], limit=1)

    @api.depends("preset_id")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard._get_installed()
            wizard.installed_count = len(lines)
            wizard.missing_count = len(wizard.preset_id.line_ids) - len(lines)
            wizard.kept_count = len(
                lines.filtered(lambda line: line.is_changed or line._is_used())
            )

    def action_install(self):
        """Add the lines that are missing, with their rules."""
        self.ensure_one()
        self.env["crm.care.programme.line"]._install(self.preset_id, self.start_date)
        return self._open_programme()

    def action_remove(self):
        self.ensure_one()
        lines = self._get_installed()
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing of “%(programme)s” is in your programme.",
                    programme=self.preset_id.name,
                )
            )
        lines._remove(everything=self.remove_all)
        return self._open_programme()

    def _get_installed(self):
        lines = self.env["crm.care.programme.line"]
        return lines.search([("preset_line_id.preset_id", "=", self.preset_id.id)])

    def _open_programme(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_care_programme_line_action"
        )
