from odoo import api, fields, models
from odoo.tools import SQL


class CrmPoolWave(models.Model):
    """The night of a customer that is due while its pool takes only so many a night.

    It holds as long as the customer is due for what it was due for then: a follow-up,
    a new salesperson or an agreement to keep it makes it void. A night that was given
    is never moved forward, whoever else drops out.
    """

    _name = "crm.pool.wave"
    _inherit = ["crm.customer.line.mixin"]
    _description = "Night of a release in waves"
    _order = "leaves_on, id"
    _rec_name = "partner_id"

    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    due_on = fields.Date(
        required=True,
        readonly=True,
        help="Since when the customer may leave, by the rule that judged it then.",
    )
    leaves_on = fields.Date(required=True, readonly=True)

    _partner_uniq = models.UniqueIndex(
        "(partner_id)", "This customer has a night already."
    )

    @api.model
    def _forget(self, pools):
        """Let the nights of these pools be given anew; one statement."""
        self.flush_model()
        self.env.execute_query(
            SQL(
                "DELETE FROM crm_pool_wave WHERE pool_id = ANY(%s) RETURNING id",
                pools.ids,
            )
        )
        self.invalidate_model()
