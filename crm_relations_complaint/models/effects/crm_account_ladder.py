from odoo import models
from odoo.tools import SQL

from ..register.crm_complaint import OPEN


class CrmAccountLadder(models.Model):
    """Complaints that are open, as evidence of how a key account is looked after."""

    _inherit = "crm.account.ladder"

    def _evidence_complaints_open(self, _months):
        self.env["crm.complaint"].flush_model(["partner_id", "state"])
        return SQL(
            """
            SELECT judged.partner_id, count(*) AS figure
              FROM judged
              JOIN res_partner AS contact
                ON contact.commercial_partner_id = judged.partner_id
              JOIN crm_complaint AS complaint ON complaint.partner_id = contact.id
             WHERE complaint.state IN %s
          GROUP BY judged.partner_id
            """,
            tuple(OPEN),
        )
