from odoo import models


class CrmCareBroadcast(models.Model):
    _inherit = "crm.care.broadcast"

    def _default_rule_id(self):
        """The rule that invites to activities has nothing to say in a broadcast."""
        found = super()._default_rule_id()
        invites = self.env.ref(
            "crm_relations.crm_care_rule_activity", raise_if_not_found=False
        )
        if found != invites:
            return found
        domain = [("trigger", "=", "broadcast"), ("id", "!=", invites.id)]
        return found.search(domain, limit=1)
