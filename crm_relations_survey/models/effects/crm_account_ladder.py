from odoo import models
from odoo.tools import SQL


class CrmAccountLadder(models.Model):
    """What customers have answered, as evidence of where a key account stands."""

    _inherit = "crm.account.ladder"

    def _evidence_satisfaction(self, months):
        self.env["crm.satisfaction.response"].flush_model()
        return SQL(
            """
            SELECT judged.partner_id, avg(response.points) AS figure
              FROM judged
              JOIN res_partner AS contact
                ON contact.commercial_partner_id = judged.partner_id
              JOIN crm_satisfaction_response AS response
                ON response.partner_id = contact.id
             WHERE response.state = 'answered' AND response.has_points
               AND response.is_anonymous IS NOT TRUE AND %s
          GROUP BY judged.partner_id
            """,
            self._within(SQL("response.answered_on"), months),
        )
