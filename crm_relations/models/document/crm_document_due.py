from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .crm_customer_document import STATES
from .crm_document_kind import ID_BITS

SOURCES = (1 << ID_BITS) - 1
WHOLE = ("crm_relations.group_custodian", "crm_relations.group_relations_manager")


class CrmDocumentDue(models.Model):
    """What is to be got from customers: documents that are asked for and not there,
    and those that expire. Decided by one query when it is read: no row is made for each
    customer and kind.

    Whose customers a reader may see here is part of the query, not only a record rule:
    so the own ones are found by index, however many customers there are. A line that is
    known by its id is found by index as well, through what its id is made of.
    """

    _name = "crm.document.due"
    _description = "Document to get"
    _auto = False
    _order = "expires_on, customer_name, source_id, id"
    _rec_name = "kind_id"
    _depends = {
        "crm.customer.document": [
            *("customer_id", "company_id", "kind_id", "order_id", "expires_on"),
            *("active", "is_complete", "remind_on"),
        ],
        "crm.document.kind": ["name", "is_required", "since"],
        "res.partner": [
            *("user_id", "company_id", "commercial_partner_id", "complete_name"),
            *("is_managed_customer", "active"),
        ],
        "sale.order": ["partner_id", "date_order", "company_id", "invoice_status"],
    }

    kind_id = fields.Many2one(
        comodel_name="crm.document.kind", string="Kind of Document", readonly=True
    )
    kind_name = fields.Char(readonly=True, export_string_translation=False)
    # The customer, order or document that the id is made of.
    source_id = fields.Integer(readonly=True, export_string_translation=False)
    customer_id = fields.Many2one(
        comodel_name="res.partner",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    # Lines are sorted by it: its index finds the first ones.
    customer_name = fields.Char(readonly=True, export_string_translation=False)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer or Person",
        readonly=True,
        ondelete="cascade",  # as above
    )
    owner_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    order_id = fields.Many2one(comodel_name="sale.order", readonly=True)
    is_required = fields.Boolean(string="Required", readonly=True)
    document_id = fields.Many2one(
        comodel_name="crm.customer.document", string="Old Document", readonly=True
    )
    expires_on = fields.Date(readonly=True)
    state = fields.Selection(
        selection=[("missing", "Missing"), *STATES[2:]], string="Status", readonly=True
    )

    @property
    def _table_query(self):
        customers = self._get_readable_sql()
        kinds = self.env["crm.document.kind"]._get_in_force()
        parts = [
            SQL(
                """
                SELECT part.*, NULL::int AS document_id, NULL::date AS expires_on,
                       'missing' AS state FROM (%s) AS part
                """,
                alike._get_missing_sql(customers),
            )
            for alike in kinds._group_by_audience()
        ]
        parts.insert(0, self._get_expiring_sql(customers))
        return SQL(" UNION ALL ").join(map(self._complete_sql, parts))

    @api.model
    def _complete_sql(self, part):
        """Hook: return this SELECT of lines with what a later room knows of them. Each
        part is completed by itself, so that conditions on it are found by index."""
        return part

    @api.model
    def _search(self, domain, *args, **kwargs):
        domain = Domain(domain).map_conditions(self._name_sources)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _name_sources(self, condition):
        """Say of a condition on ids which customers, orders and documents it means."""
        ids = condition.value
        if condition.field_expr != "id" or condition.operator not in ("in", "="):
            return condition
        ids = ids if isinstance(ids, (list, tuple, set, frozenset)) else [ids]
        if not all(isinstance(number, int) for number in ids):
            return condition  # a query, or nothing
        sources = {-number if number < 0 else number & SOURCES for number in ids}
        return condition & Domain("source_id", "in", sources)

    def _get_expiring_sql(self, customers):
        """Return a SELECT of the documents that expire or have expired."""
        today = self.env.user._get_relations_today()
        return SQL(
            """
            SELECT -document.id::bigint AS id, document.id AS source_id,
                   document.kind_id, %(kind_name)s AS kind_name, document.customer_id,
                   partner.complete_name AS customer_name, document.partner_id,
                   partner.user_id AS owner_id, document.company_id, document.order_id,
                   TRUE AS is_required, document.id AS document_id, document.expires_on,
                   CASE WHEN document.expires_on < %(today)s THEN 'expired'
                        ELSE 'expiring' END AS state
              FROM crm_customer_document AS document
              JOIN res_partner AS partner
                ON partner.id = document.customer_id AND partner.active
              JOIN crm_document_kind AS kind ON kind.id = document.kind_id
             WHERE document.active AND document.is_complete
               AND document.remind_on <= %(today)s AND %(readable)s
            """,
            today=today,
            # Superuser: what a document is called, in the reader's language.
            kind_name=self.env["crm.document.kind"]
            .sudo()
            ._field_to_sql("kind", "name"),
            readable=SQL("document.customer_id IN (%s)", customers)
            if customers is not None
            else SQL("TRUE"),
        )

    def _get_readable_sql(self):
        """Return the SQL of the ids of the customers whose documents the caller may
        read; None: of all."""
        user = self.env.user
        if self.env.su or any(user.has_group(group) for group in WHOLE):
            return None
        shared = [("user_id", "=", user.id), ("active", "=", True)]
        domains = [
            Domain("user_id", "=", user.id),
            Domain("share_ids", "any", shared),
        ]
        if user.has_group("crm_relations.group_sales_manager"):
            domains.append(Domain("user_id.sale_team_id.user_id", "=", user.id))
        # Superuser: only ids, of customers that are named by the reader's own rights.
        partners = self.env["res.partner"].sudo()
        return SQL(" UNION ").join(
            partners._search(domain).select() for domain in domains
        )

    def _is_readable(self, customer):
        """Tell whether the caller reads the documents of this customer."""
        customers = self._get_readable_sql()
        if customers is None:
            return True
        found = SQL("SELECT %s IN (%s)", customer.id, customers)
        return self.env.execute_query(found)[0][0]

    def _tell_line(self):
        """Return the line of the page Documents for what is missing."""
        self.ensure_one()
        code = "missing" if self.is_required else "optional"
        words = {"missing": self.env._("Missing"), "optional": self.env._("Optional")}
        return {
            **self.env["crm.customer.document"]._get_empty_line(),
            "key": f"due-{self.id}",
            "code": code,
            "state": words[code],
            "kind_id": self.kind_id.id,
            "kind": self.kind_name,
            "partner_id": self.customer_id.id,
            "order_id": self.order_id.id,
            # Superuser: the number of an order, on the page of its customer.
            "order": self.order_id.sudo().name or "",
        }

    def action_open(self):
        """Open the document that expires, else the customer that lacks it."""
        self.ensure_one()
        if self.document_id:
            return self.document_id._open()
        return self.customer_id.action_open_customer()

    def action_get(self):
        """Open a new document with what is known of it; one that expires is replaced
        by it."""
        self.ensure_one()
        old = self.document_id
        documents = self.env["crm.customer.document"]
        return {
            **documents._open(),
            "name": self.kind_id.name,
            "target": "new",
            "context": {
                "default_partner_id": (self.partner_id).id,
                "default_kind_id": self.kind_id.id,
                "default_order_id": self.order_id.id,
                "default_replaces_id": old.id,
            },
        }
