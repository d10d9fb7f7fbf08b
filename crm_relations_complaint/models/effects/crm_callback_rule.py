from odoo import models
from odoo.tools import SQL


class CrmCallbackRule(models.Model):
    """Who complained is asked after closing whether it is really settled."""

    _inherit = "crm.callback.rule"

    def _get_complaint_occasions_sql(self, first):
        """Complaints closed and still closed, once a round; who complained is
        called."""
        self.env["crm.complaint"].flush_model(
            ["partner_id", "person_id", "state", "round", "closed_at"]
        )
        return SQL(
            """
            SELECT contact.commercial_partner_id AS customer_id,
                   complaint.person_id,
                   'complaint-' || complaint.id || '-' || complaint.round AS occasion,
                   complaint.closed_at AS at, complaint.id AS source
              FROM crm_complaint AS complaint
              JOIN res_partner AS contact ON contact.id = complaint.partner_id
             WHERE complaint.state = 'closed' AND complaint.closed_at >= %s
            """,
            first,
        )
