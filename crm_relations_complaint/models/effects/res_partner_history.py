from odoo import api, models

from .crm_complaint_event import TOLD


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "complaint": {
                "label": self.env._("Complaints"),
                "icon": "fa-bullhorn",
                "model": "crm.complaint.event",
                "date": "at",
                "partner": "complaint_id.partner_id",
                "domain": [("kind", "in", TOLD)],
                "texts": ["note", "complaint_id.subject", "complaint_id.name"],
                "is_whole": True,
            },
        }
