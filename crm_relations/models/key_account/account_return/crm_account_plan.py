from odoo import models


class CrmAccountPlan(models.Model):
    """Whether it paid: what the customer brought and cost in the time of the plan."""

    _inherit = "crm.account.plan"

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            # Superuser: figures of the former customer, whoever changes the plan.
            self.env["crm.account.return"].sudo()._drop_moved(self)
        return result

    def action_view_account_return(self):
        """Open the return on the customer in the time of this plan, as of now."""
        self.ensure_one()
        self.check_access("read")
        returns = self.env["crm.account.return"]
        returns._count_for(self.partner_id, self)
        found = returns.search(
            [("plan_id", "=", self.id), ("partner_id", "=", self.partner_id.id)]
        )
        found._check_seen()
        return found.action_open()
