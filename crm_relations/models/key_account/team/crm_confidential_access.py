from odoo import api, fields, models
from odoo.tools import SQL


class CrmConfidentialAccess(models.Model):
    """Whoever reads in an account team works along."""

    _inherit = "crm.confidential.access"

    @api.model
    def _get_right_sql(self):
        now = fields.Datetime.now()
        return SQL(
            """
            CASE WHEN (%(known)s) = 'none' AND partner.id IN (%(team)s) THEN 'shared'
                 ELSE (%(known)s) END
            """,
            known=super()._get_right_sql(),
            team=SQL(
                "SELECT member.partner_id FROM crm_account_team_member AS member"
                " WHERE member.user_id = %s AND member.state = 'open'"
                " AND member.starts_at <= %s"
                " AND (member.ends_at IS NULL OR member.ends_at > %s)",
                self.env.uid,
                now,
                now,
            ),
        )
