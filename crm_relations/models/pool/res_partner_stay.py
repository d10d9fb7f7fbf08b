from odoo import fields, models


class ResPartner(models.Model):
    """A customer stays with its owner until a day, whatever the rules say."""

    _inherit = "res.partner"

    pool_kept_until = fields.Date(
        string="Kept Until",
        readonly=True,
        copy=False,
        help="Extended or protected: the customer goes to the public pool in the night "
        "in which this day begins at the earliest. A customer of the pool is reserved "
        "until this day.",
    )

    def _get_decided_fields(self):
        return super()._get_decided_fields() | {"pool_kept_until"}
