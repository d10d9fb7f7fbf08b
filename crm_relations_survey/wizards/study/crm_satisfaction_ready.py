from odoo import api, fields, models

from ...tools.ready_studies import READY


class CrmSatisfactionReady(models.TransientModel):
    """Which of the ready studies is to be used."""

    _name = "crm.satisfaction.ready"
    _description = "Ready studies"

    sales_state = fields.Char(compute="_compute_states")
    service_state = fields.Char(compute="_compute_states")
    lost_state = fields.Char(compute="_compute_states")

    @api.depends_context("uid", "lang")
    def _compute_states(self):
        studies = self.env["crm.satisfaction.study"]
        used = studies.search([("ready_code", "in", list(READY))])
        used = set(used.mapped("ready_code"))
        for dialog in self:
            for code in READY:
                is_used = code in used
                dialog[f"{code}_state"] = self.env._("In use") if is_used else ""

    def action_use_sales(self):
        """Use the study of customers who bought a new car."""
        return self._use("sales")

    def action_use_service(self):
        """Use the study of customers of the workshop."""
        return self._use("service")

    def action_use_lost(self):
        """Use the study of customers who bought elsewhere."""
        return self._use("lost")

    def _use(self, code):
        studies = self.env["crm.satisfaction.study"]
        studies.check_access("create")
        study = studies._use_ready(code)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_survey.crm_satisfaction_study_action"
        )
        return action | {"res_id": study.id, "views": [(False, "form")]}
