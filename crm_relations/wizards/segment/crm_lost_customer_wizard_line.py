from odoo import fields, models


class CrmLostCustomerWizardLine(models.TransientModel):
    """A customer that was not registered as lost, and why."""

    _name = "crm.lost.customer.wizard.line"
    _description = "Customer not registered as lost"

    wizard_id = fields.Many2one(
        comodel_name="crm.lost.customer.wizard", required=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        ondelete="cascade",
        index="btree_not_null",
    )
    message = fields.Char(string="Why")
