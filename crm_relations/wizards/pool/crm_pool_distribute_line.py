from odoo import fields, models


class CrmPoolDistributeLine(models.TransientModel):
    """A customer, and who is to get it."""

    _name = "crm.pool.distribute.line"
    _description = "Customer to be distributed"
    _order = "user_id, id"
    _rec_name = "partner_id"

    wizard_id = fields.Many2one(
        comodel_name="crm.pool.distribute.wizard",
        required=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    pool_id = fields.Many2one(related="partner_id.pool_id")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="New Salesperson",
        domain="[('share', '=', False)]",
        help="Empty: it stays in the pool.",
        index="btree_not_null",
    )
    message = fields.Char(string="Why Not", readonly=True)
