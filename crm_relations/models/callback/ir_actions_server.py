from odoo import fields, models


class IrActionsServer(models.Model):
    """Plan callbacks as a server action."""

    _inherit = "ir.actions.server"

    customer_act = fields.Selection(
        selection_add=[("callback", "Plan Callbacks")],
        ondelete={"callback": "cascade"},
    )
    customer_callback_rule_id = fields.Many2one(
        comodel_name="crm.callback.rule",
        string="By Callback Rule",
        index="btree_not_null",
        ondelete="restrict",
        help="Purpose, script, hours and agents of the calls. Whom the rule does not "
        "mean, and whom it leaves in peace, is not called. Salespeople plan them of "
        "their own customers, leaders of those of the team, relations managers of all.",
    )

    def _warning_depends(self):
        return [*super()._warning_depends(), "customer_callback_rule_id"]

    def _get_customer_act_problems(self):
        problems = super()._get_customer_act_problems()
        if self.customer_act == "callback" and not self.customer_callback_rule_id:
            problems.append(
                self.env._("Choose the rule by which customers are called.")
            )
        return problems

    def _act_callback(self, customers):
        rule = self.customer_callback_rule_id
        return rule.with_env(customers.env)._plan_for(customers)
