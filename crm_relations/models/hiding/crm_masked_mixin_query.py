from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmMaskedMixin(models.AbstractModel):
    """In SQL, a hidden value is no value."""

    _inherit = "crm.masked.mixin"

    def _fetch_query(self, query, fields):
        names = self._get_hidden_fields()
        hidden = [field for field in fields if field.name in names]
        if not hidden:
            return super()._fetch_query(query, fields)
        shown = [field for field in fields if field.name not in names]
        fetched = super()._fetch_query(query, shown)
        if fetched:
            # Superuser: the cache holds what is true, whoever reads first. Who may
            # read these records and fields has been decided before.
            numbers = fetched._as_query(ordered=False)
            super(CrmMaskedMixin, self.sudo())._fetch_query(numbers, hidden)
        return fetched

    def _field_to_sql(self, alias, field_expr, query=None):
        sql = super()._field_to_sql(alias, field_expr, query)
        kind = self._get_hidden_fields().get(field_expr)
        if not kind:
            return sql
        return SQL(
            "CASE WHEN %s THEN NULL ELSE %s END", self._get_masked_sql(alias, kind), sql
        )

    @api.model
    def _get_masked_sql(self, alias, kind):
        """Return the SQL condition that ``kind`` of this record is hidden from the
        user. A customer's own row says so; only a contact's looks at another."""
        everyone, customer_only = self.env["crm.pool"]._get_masking_pools(kind)
        if not everyone and not customer_only:
            return SQL("FALSE")
        link = self._get_masked_link()
        if link:
            return SQL(
                "EXISTS (SELECT FROM res_partner AS masked"
                " WHERE masked.id = %s AND %s)",
                SQL.identifier(alias, link, to_flush=self._fields[link]),
                self.env["res.partner"]._get_masked_sql("masked", kind),
            )
        fields = self._fields
        return SQL(
            """
            COALESCE(CASE WHEN %(customer)s = %(id)s
                     THEN %(pool)s = ANY(%(pools)s)
                     ELSE (SELECT owner.pool_id FROM res_partner AS owner
                            WHERE owner.id = %(customer)s) = ANY(%(everyone)s) END,
                     FALSE)
            """,
            id=SQL.identifier(alias, "id"),
            customer=SQL.identifier(
                alias,
                "commercial_partner_id",
                to_flush=fields["commercial_partner_id"],
            ),
            pool=SQL.identifier(alias, "pool_id", to_flush=fields["pool_id"]),
            pools=[*everyone, *customer_only],
            everyone=everyone,
        )

    @api.model
    def _get_unmasked_numbers(self, domain):
        """Return ``domain`` without the records whose number is hidden: Odoo searches
        numbers by statements of its own."""
        if "phone" not in self._get_hidden_fields().values():
            return domain
        return Domain(domain) & Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "NOT %s", model._get_masked_sql(alias, "phone")
            )
        )
