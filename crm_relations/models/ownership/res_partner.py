from odoo import fields, models


class ResPartner(models.Model):
    """In the pool: ``pool_id`` is set and there is no owner."""

    _inherit = "res.partner"

    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Public Pool",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        written_by="decided",
    )
    pool_since = fields.Datetime(
        string="In the Pool Since",
        readonly=True,
        copy=False,
        written_by="decided",
    )
    owner_since = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the customer came to its present salesperson.",
        written_by="decided",
    )
    ownership_change_ids = fields.One2many(
        comodel_name="crm.ownership.change",
        inverse_name="partner_id",
        string="Ownership History",
    )
