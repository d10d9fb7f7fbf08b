from odoo import fields, models


class CrmPoolAsideWizard(models.TransientModel):
    """Ask until when the pool offers these customers to nobody, and why."""

    _name = "crm.pool.aside.wizard"
    _description = "Put pool customers aside"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    until = fields.Date(
        string="Put Aside Until",
        help="On this day the customers are in the pool again, for everybody.",
    )
    reason = fields.Char(help="Kept in the history of the customer.")

    def action_apply(self):
        self.ensure_one()
        answers = self.partner_ids.pool_put_aside(self.until, self.reason or "")
        title = self.env._("Put Aside")
        return self.env["crm.answer.summary"]._open_or_refuse(answers, title)
