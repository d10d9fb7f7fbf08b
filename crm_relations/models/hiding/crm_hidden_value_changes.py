from odoo import api, models
from odoo.tools import SQL

from ...tools.hiding import Copy

TRACKED = ("old_value_char", "new_value_char")
CHANGED = ("old_value", "new_value")
# Of contacts: what is proposed, and what has changed, with the column that names it.
ARCHIVED = {"crm.archive.proposal": "field_name", "crm.archive.change": "field_key"}


class CrmHiddenValue(models.Model):
    """What a number or an address was, or is to be: of each column that holds one."""

    _inherit = "crm.hidden.value"

    @api.model
    def _get_copies_of_changes(self, copies):
        """Return where changes of the columns of these copies are written down."""
        return [
            Copy(model, source=source, **{kind: columns})
            for kind in ("phone", "email")
            for model, source, columns in (
                *self._get_archived(copies, kind),
                ("mail.tracking.value", self._get_tracked_sql(copies, kind), TRACKED),
            )
        ]

    @api.model
    def _get_archived(self, copies, kind):
        """Yield model, SELECT of its rows about this kind, columns with the values."""
        names = {
            name
            for copy in copies
            if copy.model == "res.partner"
            for name in copy.kinds[kind]
        }
        for model, column in ARCHIVED.items():
            source = SQL(
                "SELECT id, partner_id FROM %s WHERE %s = ANY(%s)",
                SQL.identifier(self.env[model]._table),
                SQL.identifier(column),
                sorted(names),
            )
            yield model, source, CHANGED

    @api.model
    def _get_tracked_sql(self, copies, kind):
        """Return a SELECT of the tracked values of these columns, and of whom."""
        return SQL(" UNION ALL ").join(
            SQL(
                """
                SELECT value.id, owner.partner_id
                  FROM mail_message AS message
                  JOIN mail_tracking_value AS value
                    ON value.mail_message_id = message.id
                  JOIN ir_model_fields AS field ON field.id = value.field_id
                  JOIN (%(source)s) AS owner ON owner.id = message.res_id
                 WHERE message.model = %(model)s AND field.name = ANY(%(names)s)
                """,
                source=copy.get_source(self.env[copy.model]._table),
                model=copy.model,
                names=list(copy.kinds[kind]),
            )
            for copy in copies
            if copy.kinds[kind] and "message_ids" in self.env[copy.model]._fields
        )
