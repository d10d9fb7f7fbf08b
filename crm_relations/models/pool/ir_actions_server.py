from odoo import SUPERUSER_ID, fields, models


class IrActionsServer(models.Model):
    """Claim, release and assign as server actions: the public methods, which know who
    may and what stands against it."""

    _inherit = "ir.actions.server"

    customer_act = fields.Selection(
        selection_add=[
            ("claim", "Claim"),
            ("release", "Release into the Pool"),
            ("assign", "Assign to a Salesperson"),
        ],
        ondelete=dict.fromkeys(("claim", "release", "assign"), "cascade"),
    )

    def _get_customer_act_problems(self):
        problems = super()._get_customer_act_problems()
        if self.customer_asks:
            return problems
        if self.customer_act == "release" and not (self.customer_reason or "").strip():
            problems.append(self.env._("Say why the customers are released."))
        if self.customer_act == "assign" and not self.customer_user_id:
            problems.append(self.env._("Choose who gets the customers."))
        return problems

    def _act_claim(self, customers):
        if customers.env.uid == SUPERUSER_ID:
            message = self.env._(
                "The system takes no customers: assign them to a salesperson."
            )
            return [
                {"id": number, "ok": False, "code": "no_right", "message": message}
                for number in customers.ids
            ]
        return customers.pool_claim()

    def _act_release(self, customers):
        return customers.pool_release(
            self.customer_reason or "", self.customer_pool_id.id
        )

    def _ask_release(self, customers):
        return customers.action_pool_release()

    def _act_assign(self, customers):
        return customers.pool_assign(
            self.customer_user_id.id, self.customer_reason or ""
        )

    def _ask_assign(self, customers):
        return customers.action_pool_assign()
