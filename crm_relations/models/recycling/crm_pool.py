from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CrmPool(models.Model):
    """How many a night rules release into a pool; it is not archived while they do."""

    _inherit = "crm.pool"

    most_per_night = fields.Integer(
        string="Most a Night",
        help="So many customers at most come here in one night by the recycling rules: "
        "who has been due longest comes first, and each of the others is given the "
        "next night that has room. Lists, notices and the customer's page show that "
        "night. 0: all who are due.",
    )

    _most_per_night_positive = models.Constraint(
        "CHECK(most_per_night >= 0)", "A night cannot take less than nobody."
    )

    def write(self, vals):
        most = "most_per_night" in vals and {p.id: p.most_per_night for p in self}
        result = super().write(vals)
        if changed := most and self.filtered(
            lambda pool: most[pool.id] != pool.most_per_night
        ):
            # Superuser: nights of all customers, whoever may change the pool.
            self.env["crm.pool.wave"].sudo()._forget(changed)
            self.env["crm.pool.rule"]._rules_changed()
        return result

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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_released_into(self):
        # Superuser: the rules of all companies, archived ones included.
        rules = self.env["crm.pool.rule"].sudo().with_context(active_test=False)
        rule = rules.search([("pool_id", "in", self.ids)], limit=1)
        if rule:
            raise UserError(
                self.env._(
                    "The rule “%(rule)s” releases customers into “%(pool)s”: give it "
                    "another pool or delete it first.",
                    rule=rule.name,
                    pool=rule.pool_id.name,
                )
            )
