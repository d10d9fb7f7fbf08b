from odoo import fields, models


class CrmSatisfactionStudy(models.Model):
    """What institutes published of the study."""

    _inherit = "crm.satisfaction.study"

    wave_ids = fields.One2many(
        comodel_name="crm.satisfaction.wave", inverse_name="study_id"
    )
    wave_count = fields.Integer(string="Waves", compute="_compute_wave_count")

    def _compute_wave_count(self):
        counts = dict(
            self.env["crm.satisfaction.wave"]._read_group(
                [("study_id", "in", self.ids)], ["study_id"], ["__count"]
            )
        )
        for study in self:
            study.wave_count = counts.get(study, 0)

    def action_open_waves(self):
        """Open the waves of the study."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_survey.crm_satisfaction_wave_action"
        )
        return action | {
            "domain": [("study_id", "in", self.ids)],
            "context": {"default_study_id": self.id},
        }
