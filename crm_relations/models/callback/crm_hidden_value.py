from odoo import api, models
from odoo.tools import SQL

from ...tools.hiding import Copy


class CrmHiddenValue(models.Model):
    """Callbacks keep the number that is called."""

    _inherit = "crm.hidden.value"

    @api.model
    def _get_own_copies(self):
        return [
            *super()._get_own_copies(),
            self._get_dialled_copy("crm.callback", "number_partner_id"),
            self._get_dialled_copy("crm.callback.attempt", "person_id"),
        ]

    @api.model
    def _get_dialled_copy(self, model, partner):
        """Return whose the numbers are: of a contact that was deleted since, its
        customer's."""
        names = {
            "partner": SQL.identifier(partner),
            "table": SQL.identifier(self.env[model]._table),
        }
        source = SQL(
            "SELECT id, %(partner)s AS partner_id FROM %(table)s"
            " UNION ALL"
            " SELECT id, partner_id FROM %(table)s WHERE %(partner)s IS NULL",
            **names,
        )
        return Copy(model, phone=("number",), partner=partner, source=source)
