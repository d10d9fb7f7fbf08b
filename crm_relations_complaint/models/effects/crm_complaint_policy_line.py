from odoo import models

CONTACT = "contacted"
MINUTES = {"minute": 1, "hour": 60}


class CrmComplaintPolicyLine(models.Model):
    """The tier of the customer has a standard of its own: how soon it is answered.

    Of policy and tier the shorter time counts for the first contact, unless the policy
    is made for tiers itself.
    """

    _inherit = "crm.complaint.policy.line"

    def _prepare_clock(self, complaint):
        values = super()._prepare_clock(complaint)
        # Superuser: the standard holds, whoever may read tiers.
        standard = complaint.sudo().partner_id.tier_id.response_minutes
        unit = MINUTES.get(values["unit"])
        is_meant = self.kind_id.stop_event == CONTACT and not self.policy_id.tier_ids
        if standard and unit and is_meant and standard < values["target"] * unit:
            values |= {"target": standard, "unit": "minute"}
        return values
