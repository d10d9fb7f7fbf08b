from odoo import fields, models

from ...models.what_next.crm_not_now import REASONS


class CrmNotNowWizard(models.TransientModel):
    """Ask why customers are not contacted now, and when they are to be looked at
    again."""

    _name = "crm.not.now.wizard"
    _description = "Put customers off"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    until = fields.Date(
        string="Back On",
        required=True,
        default=lambda self: self.env["res.partner"]._get_usual_day_back(),
        help="On this day the customer is in the list again. Due dates and the clocks "
        "of pools go on meanwhile.",
    )
    reason = fields.Selection(selection=REASONS, required=True, default="later")
    note = fields.Char()

    def action_apply(self):
        """Put them off; where one thing stands against all of them, the dialog stays
        open with it."""
        self.ensure_one()
        customers = self.partner_ids
        return customers._put_off_where_seen(self.until, self.reason, self.note or "")
