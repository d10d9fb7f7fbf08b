from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Whom nobody has contacted yet is silent since it came to its salesperson."""

    _inherit = "res.partner"

    def _get_contact_triggers(self):
        return [*super()._get_contact_triggers(), "owner_since"]

    @api.model
    def _get_silence_sql(self, alias):
        return SQL(
            "COALESCE(%s, %s, %s)",
            SQL.identifier(alias, "last_followup_at"),
            SQL.identifier(alias, "owner_since"),
            SQL.identifier(alias, "create_date"),
        )
