from odoo import fields, models

from ...tools.sentences import join_label


class CrmWinBackWizard(models.TransientModel):
    """Ask when lost customers are to be won back, and how."""

    _name = "crm.win.back.wizard"
    _description = "Plan the win-back of customers"

    lost_ids = fields.Many2many(
        comodel_name="crm.lost.customer", string="Customers", required=True
    )
    day = fields.Date(string="Due On", required=True)
    note = fields.Char(string="What to Do")

    def action_apply(self):
        """Plan, and say how many were planned and what stood against the others."""
        self.ensure_one()
        answers = self.lost_ids.plan_win_back(self.day, self.note)
        refused = [answer for answer in answers if not answer["ok"]]
        names = {lost.id: lost.partner_id.display_name for lost in self.lost_ids}
        lines = [
            join_label(self.env, names[answer["id"]], answer["message"])
            for answer in refused
        ]
        message = self.env._("%(done)s planned.", done=len(answers) - len(refused))
        if refused:
            message = self.env._(
                "%(done)s planned, %(left)s not:",
                done=len(answers) - len(refused),
                left=len(refused),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": " ".join([message, *lines]),
                "type": "warning" if refused else "success",
                "sticky": bool(refused),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
