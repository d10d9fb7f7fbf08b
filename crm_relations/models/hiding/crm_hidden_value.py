from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from ...tools.masking import MASKS

KEPT = {"phone": "phones", "email": "emails"}


class CrmHiddenValue(models.Model):
    """The numbers and addresses that pools hide, away from where Odoo looks.

    A row a record: what its columns held before they were emptied. Nobody has access,
    administrators included; what must know a value asks the methods here, each of which
    says to whom it may be told.
    """

    _name = "crm.hidden.value"
    _description = "Hidden number or address"
    _log_access = False

    model = fields.Char(required=True, groups=NO_ACCESS)
    res_id = fields.Integer(required=True, groups=NO_ACCESS)
    # No groups here, as nobody has access to the model: Odoo's Privacy Lookup asks each
    # link to a contact in the name of who looks, and would fail for all.
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        index="btree_not_null",
        ondelete="set null",
        help="Whose it is: the customer or a contact.",
    )
    customer_id = fields.Many2one(
        comodel_name="res.partner",
        index="btree_not_null",
        ondelete="set null",
        help="The customer with which it comes back.",
    )
    phones = fields.Json(groups=NO_ACCESS)
    emails = fields.Json(groups=NO_ACCESS)
    phone_key = fields.Char(index="btree_not_null", groups=NO_ACCESS)
    email_key = fields.Char(index="btree_not_null", groups=NO_ACCESS)

    _record_uniq = models.UniqueIndex("(model, res_id)")

    @api.model
    def _get_of_records(self, records):
        """Return what is hidden of these records of one model: ``{id: {"phone",
        "email"}}``, each a ``{column: value}`` or None. For code only: no user gets
        it but by Show, an open call or as himself."""
        if not records.ids or not self.env["crm.pool"]._hides_anything():
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT res_id, phones, emails FROM crm_hidden_value
                 WHERE model = %s AND res_id = ANY(%s)
                """,
                records._name,
                records.ids,
            )
        )
        return {row[0]: {"phone": row[1], "email": row[2]} for row in rows}

    @api.model
    def _get_firsts(self, records):
        """Return the number and the address as people write them: ``{id: {"phone",
        "email"}}``, None where nothing is hidden."""
        firsts = {
            kind: names[0]
            for copy in self._get_copies()
            if copy.model == records._name and not copy.part
            for kind, names in copy.kinds.items()
            if names
        }
        return {
            number: {
                kind: (kept[kind] or {}).get(name) for kind, name in firsts.items()
            }
            for number, kept in self._get_of_records(records).items()
        }

    @api.model
    def _get_masks(self, records):
        """Return how the hidden values of these records show: ``{id: {"phone",
        "email"}}``."""
        return {
            number: {kind: MASKS[kind](value) for kind, value in values.items()}
            for number, values in self._get_firsts(records).items()
        }

    @api.model
    def _get_known_sql(self, model, alias, name):
        """Return the SQL of a column of the record ``alias``, hidden or not."""
        column = SQL.identifier(alias, name)
        if not self.env["crm.pool"]._hides_anything():
            return column
        kind = next(
            kind
            for copy in self._get_copies()
            if copy.model == model and not copy.part
            for kind, names in copy.kinds.items()
            if name in names
        )
        return SQL(
            """
            COALESCE(%(column)s, (SELECT hidden.%(kept)s ->> %(name)s
                                    FROM crm_hidden_value AS hidden
                                   WHERE hidden.model = %(model)s
                                     AND hidden.res_id = %(id)s))
            """,
            column=column,
            kept=SQL.identifier(KEPT[kind]),
            name=name,
            model=model,
            id=SQL.identifier(alias, "id"),
        )
