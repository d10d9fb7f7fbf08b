from odoo import models


class IrCron(models.Model):
    """The form of a scheduled action is that of its server action, without its
    methods."""

    _inherit = "ir.cron"

    def action_view_customer_answers(self):
        return self.ir_actions_server_id.action_view_customer_answers()

    def action_schedule(self):
        return self.ir_actions_server_id.action_schedule()
