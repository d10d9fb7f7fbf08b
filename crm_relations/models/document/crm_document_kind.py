from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ..segment.lifecycle.crm_lifecycle_layers import LAYERS

# Ids of lines that are no records: the kind, then whom or what it is asked of.
ID_BITS = 32
# What decides which dates of its documents are kept.
DATE_FIELDS = frozenset(("remind_days", "adds_activity", "needs_file", "needs_number"))


class CrmDocumentKind(models.Model):
    """One kind of document that customers are asked for: of whom, how often, and what
    has to be there so that it counts as there."""

    _name = "crm.document.kind"
    _description = "Kind of document"
    _inherit = ["crm.audience.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        help="Asked only of the customers of this company. Empty: of all companies.",
    )
    asked = fields.Selection(
        string="Kept For",
        selection=[
            ("customer", "Once of each customer"),
            ("order", "For each confirmed order"),
            ("invoiced", "For each order that is invoiced"),
        ],
        required=True,
        default="customer",
        help="When such a document is to be there.",
    )
    since = fields.Date(
        string="Orders From",
        default=fields.Date.context_today,
        help="Of orders before this day no such document is asked for.",
    )
    nature_ids = fields.Many2many(
        comodel_name="crm.customer.nature",
        ondelete="restrict",
        context={"active_test": False},
        string="Natures",
        help="Asked only of customers of these natures. Empty: of all.",
    )
    lifecycle = fields.Selection(
        selection=LAYERS,
        help="Asked only of customers in this layer. Empty: in every layer.",
    )
    is_required = fields.Boolean(
        string="Required",
        default=True,
        help="Customers without it stand in the list of missing documents. Otherwise "
        "it can be kept, and nobody is asked for it.",
    )
    needs_file = fields.Boolean(
        string="With File",
        default=True,
        help="It is there once a file is. Otherwise a line without a file is enough, "
        "e.g. for a voucher that has been handed over.",
    )
    needs_number = fields.Boolean(
        string="With Number", help="It is there only with its number."
    )
    has_expiry = fields.Boolean(
        string="Expires", help="Such documents are valid until a day."
    )
    validity_months = fields.Integer(
        string="Valid for (months)",
        help="Proposed as the end, counted from the day of issue. 0: nothing is "
        "proposed.",
    )
    remind_days = fields.Integer(
        string="Remind Before (days)",
        default=30,
        help="So many days before its end a document counts as expiring.",
    )
    adds_activity = fields.Boolean(
        string="Plan an Activity",
        help="The salesperson of the customer gets an activity for it on that day, "
        "once for each document.",
    )
    # Its documents have not been judged by these terms yet.
    is_stale = fields.Boolean(readonly=True, export_string_translation=False)
    missing_count = fields.Integer(
        string="Missing",
        compute="_compute_missing_count",
        help="Of how many customers or orders it is missing.",
    )

    _months_range = models.Constraint(
        "CHECK(validity_months BETWEEN 0 AND 1200 AND remind_days BETWEEN 0 AND 3650)",
        "Documents are valid for 0 to 1200 months; reminders come 0 to 3650 days "
        "before.",
    )

    def _compute_missing_count(self):
        due = self.env["crm.document.due"]
        counts = {}
        if due.has_access("read"):
            missing = [("kind_id", "in", self.ids), ("state", "=", "missing")]
            counts = dict(due._read_group(missing, ["kind_id"], ["__count"]))
        for kind in self:
            kind.missing_count = counts.get(kind, 0)

    def write(self, vals):
        if DATE_FIELDS.isdisjoint(vals):
            result = super().write(vals)
            if not {"active", "sequence"}.isdisjoint(vals):
                self.env.registry.clear_cache()
            return result
        result = super().write({**vals, "is_stale": True})
        self.env.registry.clear_cache()
        # Soon and outside this transaction: it may have a million documents.
        cron = self.env.ref(
            "crm_relations.ir_cron_document_reminders", raise_if_not_found=False
        )
        if cron:  # not there yet while the module is being installed
            # Superuser: whoever may set the terms has them applied.
            cron.sudo()._trigger()
        return result

    @api.model
    def _get_in_force(self):
        """Return all kinds that are asked for: tens of them."""
        # Superuser: what is asked for is the same for every reader.
        return self.sudo().browse(self._get_ids_in_force())

    @api.model
    @ormcache()
    def _get_ids_in_force(self):
        # Asked by the first page of each customer.
        # Superuser: as above.
        kinds = self.sudo().with_context(active_test=True)
        return tuple(kinds.search([]).ids)  # pylint: disable=no-search-all

    @api.model_create_multi
    def create(self, vals_list):
        kinds = super().create(vals_list)
        self.env.registry.clear_cache()
        return kinds

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _get_audience(self):
        audience = super()._get_audience()
        if self.nature_ids:
            audience &= Domain("nature_id", "in", self.nature_ids.ids)
        if self.lifecycle:
            audience &= Domain("lifecycle", "=", self.lifecycle)
        return audience

    def _group_by_audience(self):
        """Return these kinds in groups that mean the same customers or orders, so that
        they are read once for each group, not for each kind."""
        return self.grouped(
            lambda kind: (kind.asked, str(kind._get_audience()))
        ).values()

    def _get_missing_sql(self, customers=None):
        """Return a SELECT of what is asked for by these kinds, all of one group, and
        not there: id, source_id, kind_id, kind_name, customer_id, customer_name,
        partner_id, owner_id, company_id, order_id, is_required.

        :param customers: SQL of the ids of the only customers to look at
        """
        first = self[0]
        # Superuser: who is asked for it is a matter of the kind, not of its reader.
        query = self.env["res.partner"].sudo()._search(first._get_audience())
        partner = SQL.identifier(query.table, "id")
        if customers is not None:
            query.add_where(SQL("%s IN (%s)", partner, customers))
        among = SQL("kind.id = ANY(%s)", self.ids)
        query.add_join("JOIN", "kind", self._table, among)
        source, order = partner, SQL("NULL::int")
        company = SQL.identifier(query.table, "company_id")
        subject = SQL("document.customer_id = %s", partner)
        if first.asked != "customer":
            self._join_orders(query, first.asked)
            source = order = SQL("o.id")
            company, subject = SQL("o.company_id"), SQL("document.order_id = o.id")
        query.add_where(
            SQL(
                """
                NOT EXISTS (
                    SELECT FROM crm_customer_document AS document
                     WHERE document.kind_id = kind.id AND document.active
                       AND document.is_complete AND %s)
                """,
                subject,
            )
        )
        return query.select(
            SQL("(kind.id::bigint << %s) + %s AS id", ID_BITS, source),
            SQL("%s AS source_id", source),
            SQL("kind.id AS kind_id"),
            SQL("%s AS kind_name", self._field_to_sql("kind", "name")),
            SQL("%s AS customer_id", partner),
            SQL("%s AS customer_name", SQL.identifier(query.table, "complete_name")),
            SQL("%s AS partner_id", partner),
            SQL("%s AS owner_id", SQL.identifier(query.table, "user_id")),
            SQL("%s AS company_id", company),
            SQL("%s AS order_id", order),
            SQL("kind.is_required"),
        )

    @api.model
    def _join_orders(self, query, asked):
        """Join the orders for which kinds are asked, as ``o``."""
        contact = SQL(
            "contact.commercial_partner_id = %s", SQL.identifier(query.table, "id")
        )
        query.add_join("JOIN", "contact", "res_partner", contact)
        counted = SQL(
            """
            o.partner_id = contact.id AND %s
            AND (kind.since IS NULL OR o.date_order >= kind.since)
            """,
            self.env["sale.order"]._get_purchase_sql("o"),
        )
        if asked == "invoiced":
            counted = SQL("%s AND o.invoice_status = 'invoiced'", counted)
        query.add_join("JOIN", "o", "sale_order", counted)

    def action_view_missing(self):
        """Open where it is missing."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_document_due_action_missing"
        )
        domain = [("kind_id", "=", self.id), ("state", "=", "missing")]
        return {**action, "domain": domain, "context": {}}
