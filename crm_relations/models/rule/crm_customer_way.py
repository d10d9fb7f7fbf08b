from odoo import api, models
from odoo.tools import SQL

MOST_LINKS = 4
# Behind these stand we ourselves, never a customer.
OURS = ("res.company", "res.users")


class CrmCustomerWay(models.AbstractModel):
    """The way from any record to its customer: dotted names of links that end at a
    contact, ``partner_id`` or ``order_id.partner_id``; from a contact itself ``id``.

    What finds customers by other records (dates of care, clocks of recycling, server
    actions) reads it here.
    """

    _name = "crm.customer.way"
    _description = "Way to a customer"

    @api.model
    def _get_model(self, name):
        """Return the model of this name that has a table, None where there is none."""
        known = name and name in self.env and self.env[name]._auto
        return self.env[name] if known else None

    @api.model
    def _leads(self, model, path):
        """Return whether ``path`` leads from records of ``model`` to a contact."""
        if model._name == "res.partner" and path == "id":
            return True
        names = path.split(".") if path else []
        if not 0 < len(names) <= MOST_LINKS:
            return False
        for name in names:
            field = model._fields.get(name)
            if not _is_link(field) or field.comodel_name in OURS:
                return False
            model = self.env[field.comodel_name]
        return model._name == "res.partner"

    @api.model
    def _find(self, name):
        """Return the shortest known way from the model of this name to a customer,
        False if there is none."""
        if not name or name not in self.env:
            return False
        model = self.env[name]
        if name == "res.partner":
            return "id"
        links = [field.name for field in model._fields.values() if _is_link(field)]
        # The usual name first, then in the order in which Odoo has them.
        links.sort(key=lambda link: link != "partner_id")
        paths = [*links, *(f"{link}.partner_id" for link in links)]
        leading = (path for path in paths if self._leads(model, path))
        return next(leading, False)

    @api.model
    def _get_partner_sql(self, model, path, query):
        """Return the SQL of the contact that ``path`` leads to, with its joins."""
        alias = query.table
        *links, last = path.split(".")
        for name in links:
            field = model._fields[name]
            target = model.env[field.comodel_name]
            alias = query.left_join(alias, name, target._table, "id", name)
            model = target
            model.flush_model()
        return model._field_to_sql(alias, last, query)

    @api.model
    def _get_rows_sql(self, model, date, path, domain):
        """Return a SELECT of id, partner_id and day or moment (naive UTC) of the
        records of ``model`` that meet the domain; the other one of both is NULL.

        :param date: name of a stored date of the model
        :param path: the way from there to a contact
        """
        is_day = model._fields[date].type == "date"
        query = model._search(domain)
        moment = model._field_to_sql(query.table, date, query)
        partner_id = self._get_partner_sql(model, path, query)
        return query.select(
            SQL("%s AS id", SQL.identifier(query.table, "id")),
            SQL("%s AS partner_id", partner_id),
            SQL("%s AS day", moment if is_day else SQL("NULL::date")),
            SQL("%s AS moment", SQL("NULL::timestamp") if is_day else moment),
        )

    @api.model
    def _is_stored_date(self, field):
        """Return whether ``field`` (of a model, or None) is a date in the database."""
        return field is not None and field.store and field.type in ("date", "datetime")


def _is_link(field):
    """Return whether a field leads to one record, the same for all companies."""
    if field is None or field.type != "many2one":
        return False
    return field.store and not field.company_dependent
