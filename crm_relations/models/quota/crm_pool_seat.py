from odoo import fields, models


class CrmPoolSeat(models.Model):
    """As what a customer counts: for whom, in which quota, with what weight.

    Written by ``crm.pool.holding._settle`` only. What a counter holds is the sum of its
    seats; so a change is the difference of a few rows, however many customers somebody
    holds, and no way to change an owner counts one twice.
    """

    _name = "crm.pool.seat"
    _description = "Customer counted in a quota"
    _log_access = False

    partner_id = fields.Many2one(
        comodel_name="res.partner", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    quota_id = fields.Many2one(
        comodel_name="crm.pool.quota",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    weight = fields.Float(digits=(12, 2), required=True, readonly=True)

    _one_a_customer = models.Constraint("UNIQUE(partner_id)", "A customer counts once.")
