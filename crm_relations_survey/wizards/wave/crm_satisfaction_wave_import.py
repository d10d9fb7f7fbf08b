from odoo import api, fields, models

from odoo.addons.crm_relations.models.rule.crm_table_import_mixin import STEPS

MOST_ROWS = 500_000


class CrmSatisfactionWaveImport(models.TransientModel):
    """Waves of an institute out of a table: columns are proposed, names mapped, and
    all is checked before anything is written. With a single problem nothing is."""

    _name = "crm.satisfaction.wave.import"
    _description = "Import waves"
    _inherit = ["crm.table.import.mixin"]

    state = fields.Selection(selection=STEPS)
    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        index="btree_not_null",
        default=lambda self: self._default_study_id(),
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self.env.company,
        domain=lambda self: [("id", "in", self.env.companies.ids)],
        index="btree_not_null",
        help="Only its people see the wave; empty: those of all companies.",
    )
    wave_name = fields.Char(
        string="Wave", help="For tables that have no column with the wave."
    )
    source = fields.Char(help="The institute that asked the customers.")
    date_from = fields.Date(string="From", help="When the first customer was asked.")
    date_to = fields.Date(string="To", help="When the last customer was asked.")
    value_max = fields.Float(
        string="Highest Score",
        compute="_compute_value_max",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="The best score that can stand in the table: 1000, 100, 10 or 5.",
    )
    is_series_break = fields.Boolean(
        string="Series Break",
        help="What was asked, of whom or how it is weighted has changed: the trend "
        "does not compare this wave with those before it.",
    )
    break_reason = fields.Char(string="What Changed")
    column_ids = fields.One2many(
        comodel_name="crm.satisfaction.wave.import.column", inverse_name="import_id"
    )
    factor_term_ids = fields.One2many(
        comodel_name="crm.satisfaction.wave.import.term",
        inverse_name="import_id",
        domain=[("kind", "=", "factor")],
    )
    unit_term_ids = fields.One2many(
        comodel_name="crm.satisfaction.wave.import.term",
        inverse_name="import_id",
        domain=[("kind", "=", "unit")],
    )
    line_ids = fields.One2many(
        comodel_name="crm.satisfaction.wave.import.line",
        inverse_name="import_id",
        readonly=True,
    )
    problem_count = fields.Integer(string="Problems", readonly=True)
    score_count = fields.Integer(string="Scores", readonly=True)
    empty_count = fields.Integer(readonly=True)
    weights_changed = fields.Char(readonly=True)
    wave_ids = fields.Many2many(
        comodel_name="crm.satisfaction.wave", string="Imported Waves", readonly=True
    )

    @api.model
    def _default_study_id(self):
        studies = self.env["crm.satisfaction.study"].search([], limit=2)
        return studies if len(studies) == 1 else False

    @api.depends("study_id")
    def _compute_value_max(self):
        for table in self:
            table.value_max = table.study_id.index_max or 1000

    def _get_most_rows(self):
        return MOST_ROWS

    def _get_title(self):
        return self.env._("Import Waves")

    def action_back(self):
        """Choose another file."""
        (self.factor_term_ids | self.unit_term_ids).unlink()
        return super().action_back()

    def action_open_waves(self):
        """Open what was imported."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_survey.crm_satisfaction_wave_action"
        )
        if len(self.wave_ids) == 1:
            return action | {
                "res_id": self.wave_ids.id,
                "views": [(False, "form")],
                "context": {},
            }
        return action | {"domain": [("id", "in", self.wave_ids.ids)], "context": {}}
