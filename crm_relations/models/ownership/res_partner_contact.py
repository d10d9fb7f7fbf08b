from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Silence begins anew with whoever gets a customer: what went before was not the
    new salesperson's to do."""

    _inherit = "res.partner"

    def _get_contact_triggers(self):
        return [*super()._get_contact_triggers(), "owner_since"]

    def _owner_changed(self, kind):
        """By SQL too, where nothing triggers the dates."""
        result = super()._owner_changed(kind)
        owned = self.filtered("user_id")
        owned._refresh_contact_dates(owned.ids)
        return result

    @api.model
    def _get_silence_sql(self, alias, last=None):
        return SQL(
            "COALESCE(GREATEST(%s, %s), %s)",
            last or SQL.identifier(alias, "last_followup_at"),
            SQL.identifier(alias, "owner_since"),
            SQL.identifier(alias, "create_date"),
        )
