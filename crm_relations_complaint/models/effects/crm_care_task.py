from dataclasses import replace

from odoo import models


class CrmCareTask(models.Model):
    _inherit = "crm.care.task"

    def _prepare_case(self, refusals, pauses, zones):
        case = super()._prepare_case(refusals, pauses, zones)
        if self.rule_id.despite_complaint:
            return replace(case, is_paused=False)
        return case
