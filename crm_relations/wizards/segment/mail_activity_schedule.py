from odoo import models
from odoo.fields import Domain


class MailActivitySchedule(models.TransientModel):
    _inherit = "mail.activity.schedule"

    def _get_plan_available_base_domain(self):
        """Plans of playbooks are offered to those who have a role here. Odoo looks for
        the plans as superuser, whom no rule stops."""
        domain = Domain(super()._get_plan_available_base_domain())
        if not self.env.user.has_group("crm_relations.group_user"):
            domain &= Domain("playbook_ids", "=", False)
        return domain
