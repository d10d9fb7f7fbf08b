from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

LISTS = {"email": ("mail.blacklist", "email"), "phone": ("phone.blacklist", "number")}


class CrmHiddenValue(models.Model):
    """Who has refused mailings has refused them hidden, too."""

    _inherit = "crm.hidden.value"

    @api.model
    def _filter_blacklisted(self, records, kind):
        """Return those whose hidden address, or number, is on Odoo's blacklist."""
        if not records._origin.ids or not self._may_hide(records._name):
            return records.browse()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM unnest(%s::int[]) AS asked (id) WHERE id IN %s",
                records._origin.ids,
                self._get_blacklisted_sql(records._name, kind),
            )
        )
        listed = {number for (number,) in rows}
        return records.filtered(lambda record: record._origin.id in listed)

    @api.model
    def _extend_blacklist_search(self, domain, model, kind, operator):
        """Return what Odoo's search for the listed, or for the others, finds with the
        hidden ones in their places."""
        if domain is NotImplemented or not self._may_hide(model):
            return domain
        listed = Domain("id", "in", self._get_blacklisted_sql(model, kind))
        domain = Domain(domain)
        return domain | listed if operator == "in" else domain & ~listed

    @api.model
    def _may_hide(self, model):
        return self.env["crm.pool"]._hides_anything() and any(
            copy.model == model for copy in self._get_copies()
        )

    @api.model
    def _get_blacklisted_sql(self, model, kind):
        """Return a SELECT of the records whose hidden value is listed."""
        blacklist, column = LISTS[kind]
        self.env[blacklist].flush_model([column, "active"])
        return SQL(
            """
            (SELECT kept.res_id
               FROM %(list)s AS listed
               JOIN crm_hidden_value AS kept ON kept.%(key)s = listed.%(column)s
              WHERE listed.active AND kept.model = %(model)s)
            """,
            list=SQL.identifier(self.env[blacklist]._table),
            key=SQL.identifier(f"{kind}_key"),
            column=SQL.identifier(column),
            model=model,
        )
