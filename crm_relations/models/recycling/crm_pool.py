from odoo import api, models
from odoo.exceptions import ValidationError


class CrmPool(models.Model):
    """A pool is not archived while rules release customers into it."""

    _inherit = "crm.pool"

    @api.constrains("active")
    def _check_active(self):
        archived = self.filtered(lambda pool: not pool.active)
        rule = self.env["crm.pool.rule"].search(
            [("pool_id", "in", archived.ids)], limit=1
        )
        if rule:
            raise ValidationError(
                self.env._(
                    "The rule “%(rule)s” releases customers into “%(pool)s”: archive "
                    "the rule first.",
                    rule=rule.name,
                    pool=rule.pool_id.name,
                )
            )
