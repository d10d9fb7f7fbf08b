from odoo import fields, models

from .crm_satisfaction_study import BY_MESSAGE

WAYS = [
    ("email", "By e-mail"),
    ("sms", "By text message"),
    ("callback", "By a call"),
]


class IrActionsServer(models.Model):
    """Ask for satisfaction as a server action."""

    _inherit = "ir.actions.server"

    customer_act = fields.Selection(
        selection_add=[("satisfaction", "Ask for Satisfaction")],
        ondelete={"satisfaction": "cascade"},
    )
    customer_study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        string="By Study",
        index="btree_not_null",
        ondelete="restrict",
        help="Who was asked lately, refuses it or cannot be reached is left out.",
    )
    customer_ask_by = fields.Selection(
        selection=WAYS,
        string="Asked",
        default=BY_MESSAGE[0],
        help="How the customers are asked.",
    )

    def _warning_depends(self):
        return [*super()._warning_depends(), "customer_study_id", "customer_ask_by"]

    def _get_customer_act_problems(self):
        problems = super()._get_customer_act_problems()
        lacks = not self.customer_study_id or not self.customer_ask_by
        if self.customer_act == "satisfaction" and lacks:
            problems.append(
                self.env._("Choose the study by which customers are asked, and how.")
            )
        return problems

    def _act_satisfaction(self, customers):
        study = self.customer_study_id.with_env(customers.env)
        return customers._ask_satisfaction(study, self.customer_ask_by)

    def _ask_satisfaction(self, customers):
        return customers.action_ask_satisfaction()
