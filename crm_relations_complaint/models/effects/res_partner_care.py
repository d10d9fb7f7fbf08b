from odoo import api, models
from odoo.tools import SQL

from ..register.crm_complaint import OPEN
from .crm_complaint import SERIOUS


class ResPartner(models.Model):
    """Nobody is wished a happy birthday while a serious complaint is open."""

    _inherit = "res.partner"

    @api.model
    def _get_care_pauses_sql(self):
        self.env["crm.complaint"].flush_model(["partner_id", "state", "severity"])
        return SQL(
            """
            %(others)s
         UNION ALL
            SELECT contact.commercial_partner_id
              FROM crm_complaint AS complaint
              JOIN res_partner AS contact ON contact.id = complaint.partner_id
             WHERE complaint.state IN %(open)s AND complaint.severity IN %(serious)s
            """,
            others=super()._get_care_pauses_sql(),
            open=OPEN,
            serious=SERIOUS,
        )
