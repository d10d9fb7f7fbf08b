from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "tier": {
                "label": self.env._("Tier"),
                "icon": "fa-diamond",
                "model": "crm.tier.change",
                "date": "decided_at",
            },
            "lifecycle": {
                "label": self.env._("Lifecycle"),
                "icon": "fa-refresh",
                "model": "crm.lifecycle.change",
                "date": "decided_at",
            },
            "relationship": {
                "label": self.env._("Relationship"),
                "icon": "fa-star-o",
                "model": "crm.relationship.change",
                "date": "decided_at",
            },
            "playbook": {
                "label": self.env._("Playbooks"),
                "icon": "fa-book",
                "model": "crm.playbook.run",
                "date": "started_on",
            },
        }
