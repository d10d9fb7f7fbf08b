from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _values_shown(self):
        """Open calls that were made while the number was hidden get it now."""
        result = super()._values_shown()
        calls = self.env["crm.callback"]
        calls.flush_model()
        self.env["res.partner"].flush_model()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_callback AS call SET number = owner.phone_sanitized
                  FROM res_partner AS owner
                 WHERE owner.id = ANY(%s) AND call.number_partner_id = owner.id
                   AND call.state = 'open' AND call.number IS NULL
             RETURNING call.id
                """,
                self.ids,
            )
        )
        calls.invalidate_model(["number"])
        return result
