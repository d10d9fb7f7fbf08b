from odoo import api, fields, models


class CrmSatisfactionWave(models.Model):
    """What an institute published of a study at one time.

    A wave is imported once: the digest of what it says tells it again, whatever its
    file is called.
    """

    _name = "crm.satisfaction.wave"
    _description = "Wave of a study"
    _order = "date_from desc, id desc"

    name = fields.Char(
        string="Wave", required=True, help="As the source calls it: 2026 Spring."
    )
    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        ondelete="restrict",
        index=True,
    )
    source = fields.Char(help="The institute that asked the customers.")
    date_from = fields.Date(string="From", help="When the first customer was asked.")
    date_to = fields.Date(string="To", help="When the last customer was asked.")
    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="restrict",
        default=lambda self: self.env.company,
        index=True,
        help="Only its people see the wave; empty: those of all companies.",
    )
    is_series_break = fields.Boolean(
        string="Series Break",
        help="What was asked, of whom or how it is weighted has changed: the trend "
        "does not compare this wave with those before it.",
    )
    break_reason = fields.Char(
        string="What Changed", help="Stands beside the break in the trend."
    )
    note = fields.Text()
    file_name = fields.Char(string="File", readonly=True, copy=False)
    checksum = fields.Char(readonly=True, copy=False, export_string_translation=False)
    score_ids = fields.One2many(
        comodel_name="crm.satisfaction.wave.score", inverse_name="wave_id"
    )
    score_count = fields.Integer(string="Scores", compute="_compute_score_count")
    index_value = fields.Float(
        string="Index",
        compute="_compute_index_value",
        digits=(16, 1),
        help="The published index of the whole, on the scale of the study.",
    )
    has_index = fields.Boolean(compute="_compute_index_value")

    _date_order = models.Constraint(
        "CHECK (date_from <= date_to)", "A wave ends after it has begun."
    )
    _once = models.UniqueIndex(
        "(study_id, COALESCE(company_id, 0), checksum) WHERE checksum IS NOT NULL",
        "This wave was imported before.",
    )

    def _compute_score_count(self):
        counts = dict(
            self.env["crm.satisfaction.wave.score"]._read_group(
                [("wave_id", "in", self.ids)], ["wave_id"], ["__count"]
            )
        )
        for wave in self:
            wave.score_count = counts.get(wave, 0)

    @api.depends("study_id.index_max")
    def _compute_index_value(self):
        points = dict(
            self.env["crm.satisfaction.wave.score"]._read_group(
                [
                    ("wave_id", "in", self.ids),
                    ("unit_kind", "=", "whole"),
                    ("factor_id", "=", False),
                ],
                ["wave_id"],
                ["points:avg"],
            )
        )
        for wave in self:
            wave.has_index = wave in points
            wave.index_value = points.get(wave, 0) * wave.study_id.index_max / 100

    def action_open_scores(self):
        """Open the scores of the wave."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_survey.crm_satisfaction_wave_score_action"
        )
        return action | {
            "name": self.env._("Scores of %(wave)s", wave=self.name),
            "domain": [("wave_id", "in", self.ids)],
            "context": {"default_wave_id": self.id},
        }
