from odoo import api, models
from odoo.tools import SQL

from ..register.crm_complaint import OPEN


class ResPartner(models.Model):
    """Who complains is not released into a pool meanwhile."""

    _inherit = "res.partner"

    @api.model
    def _get_release_blockers(self):
        return [
            *super()._get_release_blockers(),
            {
                "code": "complaint",
                "label": self.env._("an open complaint"),
                "field": "block_complaint",
                "rows": self._get_open_complaints_sql(),
            },
        ]

    @api.model
    def _get_open_complaints_sql(self):
        return SQL(
            """
            SELECT customer.id AS partner_id
              FROM customer
              JOIN res_partner AS contact ON contact.commercial_partner_id = customer.id
              JOIN crm_complaint AS complaint ON complaint.partner_id = contact.id
             WHERE complaint.state IN %s
            """,
            OPEN,
        )
