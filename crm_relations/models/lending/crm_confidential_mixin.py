from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

# What says that there is something, and of whom: Odoo's own columns and these.
TOLD = frozenset(
    ("partner_id", "profile_id", "customer_id", "owner_id", "company_id", "may_change")
)
MOST_COUNTED = 200


class CrmConfidentialMixin(models.AbstractModel):
    """Records of customers that record rules close, and whose readers are logged.

    Every reading of a client comes through ``fetch`` or ``search_fetch``, whichever
    method or model it began with; grouping and searching by values through the methods
    that make their SQL. All fields are confidential but those that say of whom it is.
    """

    _name = "crm.confidential.mixin"
    _description = "Confidential part of the archive"

    _confidential_part = "profiles"
    may_change = fields.Boolean(
        compute="_compute_may_change", export_string_translation=False
    )

    # More fields that say no more than that there is something.
    _told = frozenset()

    @api.depends_context("uid")
    def _compute_may_change(self):
        """What is lent is read only: the form says so, not the refusal of a save."""
        allowed = self._origin._filtered_access("write")
        for record in self:
            record.may_change = not record.id or record._origin in allowed

    @api.model
    @ormcache(cache="stable")
    def _get_confidential_names(self):
        """Return the names of the fields whose reading is logged."""
        thread = self.env["mail.thread"]._fields
        told = {*models.MAGIC_COLUMNS, "display_name", *TOLD, *self._told}
        return frozenset(set(self._fields) - told - set(thread))

    @api.model
    def _is_logged(self):
        return True

    def _get_customers_of_sql(self):
        """Return a SELECT of the ids of these and their customers."""
        return SQL(
            "SELECT id, customer_id FROM %s WHERE id = ANY(%s)",
            SQL.identifier(self._table),
            self.ids,
        )

    def _note_read(self, names, way=None):
        """Log that the user reads these fields of these records."""
        if self.env.su or not self:
            return
        if names is None or not self._get_confidential_names().isdisjoint(names):
            self.env["crm.confidential.access"]._note(self, way)

    @api.private
    def fetch(self, field_names=None):
        try:
            result = super().fetch(field_names)
        except AccessError:
            own = self._origin
            self._note_refused(own - own._filtered_access("read"))
            raise
        self._origin._note_read(field_names)
        return result

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if not refused or operation != "read":
            return refused
        forbidden, make_error = refused
        return forbidden, partial(self._refuse, forbidden, make_error)

    def _refuse(self, forbidden, make_error):
        """Log who tries to read what is closed to him; return what is raised."""
        self._note_refused(forbidden)
        return make_error()

    def _note_refused(self, forbidden):
        self.env["crm.confidential.access"]._note_refusal(forbidden)

    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        found = super().search_fetch(domain, field_names, offset, limit, order)
        found._note_read(field_names)
        return found

    def _fetch_field(self, field):
        """Who reads a name only does not read the rest by the way."""
        confidential = self._get_confidential_names()
        if self.env.su or field.name in confidential:
            return super()._fetch_field(field)
        names = [
            name
            for name, other in self._fields.items()
            if name not in confidential
            and other.prefetch == field.prefetch
            and self._has_field_access(other, "read")
        ]
        return self.fetch({field.name, *names})

    def _search(self, domain, offset=0, limit=None, order=None, **options):
        query = super()._search(domain, offset, limit, order, **options)
        if not (self.env.su or options.get("bypass_access")):
            names = {leaf.field_expr for leaf in Domain(domain).iter_conditions()}
            if order and order != self._order:
                names.update(part.split()[0] for part in order.split(",") if part)
            self._note_values(names)
        return query

    def _note_values(self, paths):
        """Log that the user searches by what is written there."""
        names = {path.split(":")[0].split(".")[0] for path in paths}
        if not self.env.su and names & self._get_confidential_names():
            self.env["crm.confidential.access"]._note(self.browse(), "searched")

    def _read_group(self, domain, groupby=(), aggregates=(), *args, **options):
        self._note_counted(domain, [*groupby, *aggregates])
        return super()._read_group(domain, groupby, aggregates, *args, **options)

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), **options):
        groups = [spec for some in grouping_sets for spec in some]
        self._note_counted(domain, [*groups, *aggregates])
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, **options)

    def _note_counted(self, domain, specs):
        """Log whose values are counted; where they are many, that they are."""
        names = {spec.split(":")[0].split(".")[0] for spec in specs}
        if self.env.su or not names & self._get_confidential_names():
            return
        found = self.browse(self._search(domain, limit=MOST_COUNTED + 1))
        few = len(found) <= MOST_COUNTED
        self.env["crm.confidential.access"]._note(
            found if few else self.browse(), "listed" if few else "searched"
        )

    def _read_group_groupby(self, alias, groupby_spec, query):
        # Also where records of another model are grouped by what these say.
        if alias != self._table:
            self._note_values([groupby_spec])
        return super()._read_group_groupby(alias, groupby_spec, query)

    def copy_data(self, default=None):
        """What is lent is not copied: the copy would not go back."""
        self.check_access("write")
        return super().copy_data(default)
