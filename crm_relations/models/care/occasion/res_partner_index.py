from odoo import models


class ResPartner(models.Model):
    """What care rules are led by from days of the year to the customers."""

    _inherit = "res.partner"

    _care_founded_idx = models.Index(
        "(date_part('month', founded_on), date_part('day', founded_on))"
        " WHERE founded_on IS NOT NULL"
    )
    _care_first_order_idx = models.Index(
        "(date_part('month', first_order_on), date_part('day', first_order_on))"
        " WHERE first_order_on IS NOT NULL"
    )
    _care_relation_idx = models.Index(
        "(date_part('month', relation_since), date_part('day', relation_since))"
        " WHERE relation_since IS NOT NULL"
    )
