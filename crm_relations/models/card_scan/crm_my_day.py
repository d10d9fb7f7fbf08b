from odoo import api, models


class CrmMyDay(models.AbstractModel):
    _inherit = "crm.my.day"

    @api.model
    def _get_starts(self):
        starts = super()._get_starts()
        if self.env["crm.card.scan"].has_access("create"):
            starts.append(
                {
                    "label": self.env._("Scan Business Card"),
                    "icon": "fa-camera",
                    "action": "crm_relations.crm_card_scan_action_new",
                }
            )
        return starts
