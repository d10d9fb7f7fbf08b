from odoo import fields, models

ACTS = [("settle", "Settle"), ("finish", "Finish"), ("drop", "Drop")]


class CrmSatisfactionSettleWizard(models.TransientModel):
    """What was done, in words: about a low answer, or a plan."""

    _name = "crm.satisfaction.settle.wizard"
    _description = "What was done"

    act = fields.Selection(selection=ACTS, required=True, default="settle")
    response_ids = fields.Many2many(
        comodel_name="crm.satisfaction.response", string="Low Answers"
    )
    plan_ids = fields.Many2many(comodel_name="crm.satisfaction.plan", string="Plans")
    words = fields.Text(string="In Words")

    def action_apply(self):
        self.ensure_one()
        words = self.words or ""
        if self.act == "settle":
            answers = self.response_ids.settle(words)
        else:
            answers = getattr(self.plan_ids, self.act)(words)
        title = self.env._("What Was Done")
        return self.env["crm.answer.summary"]._open_or_refuse(answers, title)
