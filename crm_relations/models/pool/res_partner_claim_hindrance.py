from odoo import api, fields, models


class ResPartner(models.Model):
    """What stands against a claim, before anybody clicks."""

    _inherit = "res.partner"

    claim_hindrance = fields.Char(
        compute="_compute_claim_hindrance",
        help="Why you cannot claim this customer for now.",
    )

    @api.depends("pool_id", "pool_since", "pool_kept_until", "user_id", "active")
    @api.depends_context("uid", "lang", "tz")
    def _compute_claim_hindrance(self):
        """Empty where no term of the pool stands against it, and for who takes none.
        Limits of the caller are none: at the cap one customer is given for the other,
        and what is left to claim stands above the list."""
        sells = self.env.user.has_group("crm_relations.group_sales_user")
        pooled = self._origin.filtered(lambda partner: sells and partner.pool_id)
        facts = pooled._get_claim_facts() if pooled else {}
        aside = pooled._get_aside_refusals() if pooled else {}
        for partner in self:
            number = partner._origin.id
            refusal = number in facts and self._get_claim_refusal(
                facts[number], aside.get(number)
            )
            partner.claim_hindrance = refusal[1] if refusal else False
