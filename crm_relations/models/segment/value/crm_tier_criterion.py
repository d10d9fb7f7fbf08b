from odoo import fields, models

from .crm_tier_scheme_value import LABELS


class CrmTierCriterion(models.Model):
    _inherit = "crm.tier.criterion"

    kind = fields.Selection(
        selection_add=[*LABELS, ("payment_behaviour",)],
        ondelete={name: "cascade" for name, _label in LABELS},
    )
