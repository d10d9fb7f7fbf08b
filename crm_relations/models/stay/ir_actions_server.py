from odoo import fields, models


class IrActionsServer(models.Model):
    """Protect as a server action."""

    _inherit = "ir.actions.server"

    customer_act = fields.Selection(
        selection_add=[("protect", "Protect")], ondelete={"protect": "cascade"}
    )

    def _get_customer_act_problems(self):
        problems = super()._get_customer_act_problems()
        if self.customer_act != "protect" or self.customer_asks:
            return problems
        if not (self.customer_reason or "").strip():
            problems.append(self.env._("Say why the customers are protected."))
        if self.customer_days < 1:
            problems.append(self.env._("Say for how many days they are protected."))
        return problems

    def _act_protect(self, customers):
        return customers.pool_protect(self.customer_days, self.customer_reason or "")

    def _ask_protect(self, customers):
        return customers.action_protect()
