from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.retries import retry

PAGE = 10000
SUITE = frozenset(("crm_relations", "crm_relations_survey", "crm_relations_complaint"))


class ResPartner(models.Model):
    """Who is a customer, whose rules judge it, and who may see what we say of it."""

    _inherit = "res.partner"

    is_managed_customer = fields.Boolean(
        string="Managed Customer",
        compute="_compute_is_managed_customer",
        store=True,
        readonly=False,
        written_by="place",
        help="Its relationship is looked after here: tier, public pool and care "
        "apply. Contacts belong to their customer and are not managed themselves.",
    )
    relation_company_id = fields.Many2one(
        comodel_name="res.company",
        string="Relationship Company",
        written_by="place",
        help="For a customer shared by all companies: the company whose rules "
        "judge it.",
        index="btree_not_null",
    )
    relation_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Relationship Currency",
        compute="_compute_relation_currency_id",
    )
    user_id = fields.Many2one(index="btree_not_null")

    # The pages of the nightly jobs, and the lists where most contacts are none of ours.
    _managed_idx = models.Index("(id) WHERE is_managed_customer")

    @api.depends("commercial_partner_id")
    def _compute_is_managed_customer(self):
        for partner in self:
            if partner.commercial_partner_id != partner:
                partner.is_managed_customer = False

    @api.depends("company_id", "relation_company_id")
    def _compute_relation_currency_id(self):
        fallback = self.env["res.company"]._get_relations_default()
        for partner in self:
            company = partner.company_id or partner.relation_company_id or fallback
            partner.relation_currency_id = company.sudo().currency_id

    @api.constrains("is_managed_customer", "parent_id")
    def _check_is_managed_customer(self):
        # Superuser: also who may not see the field must be told.
        for partner in self.sudo().filtered("is_managed_customer"):
            if partner.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(customer)s: only the customer "
                        "itself can be a managed customer.",
                        contact=partner.display_name,
                        customer=partner.commercial_partner_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("default_is_managed_customer"):
            # The defaults of our actions are meant for the customer. Odoo hands them
            # on to the persons that are added to one.
            for vals in vals_list:
                if vals.get("parent_id"):
                    vals.setdefault("is_company", False)
                    vals.setdefault("is_managed_customer", False)
        return super(ResPartner, self._without_decided_defaults()).create(vals_list)

    @api.model
    def default_get(self, fields):
        return super(ResPartner, self._without_decided_defaults()).default_get(fields)

    @api.model
    def _without_decided_defaults(self):
        """Forget defaults of what rules decide: a board grouped by tier names one for
        each new customer, and Odoo would refuse to create it."""
        if self.env.su:
            return self
        decided = {f"default_{name}" for name in self._get_decided_fields()}
        if decided.isdisjoint(self.env.context):
            return self
        context = {k: v for k, v in self.env.context.items() if k not in decided}
        return self.with_context(context)  # pylint: disable=context-overridden

    def copy_data(self, default=None):
        """Who may not see what the suite knows copies a contact without it."""
        hidden = {
            name: False
            for name, field in self._fields.items()
            if field.copy and not self._has_field_access(field, "read")
        }
        copies = super().copy_data(hidden | dict(default or {}))
        for values in copies:
            for name in hidden:
                values.pop(name, None)
        return copies

    def _has_field_access(self, field, operation):
        """What the suite knows of a customer is for its roles: neither for the customer
        in the portal nor for colleagues without a role. What a rule has decided is
        written by nobody."""
        allowed = super()._has_field_access(field, operation)
        ours = field._modules and SUITE.issuperset(field._modules)
        if not allowed or self.env.su or not ours:
            return allowed
        if operation == "write" and self._get_answers().get(field.name) == "decided":
            return False
        return self.env.user.has_group("crm_relations.group_user")

    def _become_managed_customers(self):
        """Take the customers of these partners into care, if they are not yet.

        Called where a partner starts to trade with us. Our own companies and the
        people who work here are no customers.

        :return: those who have become customers now, as superuser
        """
        customers = self.sudo().commercial_partner_id.filtered(
            lambda partner: not partner.is_managed_customer and partner.partner_share
        )
        if not customers:
            return customers
        ours = self.env["res.company"]._get_all_for_relations().partner_id
        customers -= ours
        customers.is_managed_customer = True
        return customers

    @api.model
    def _for_pages_of_customers(self, step):
        """Call ``step(ids)`` for all customers, a page at a time, each page in a
        transaction of its own. For jobs only: it commits."""
        last = 0
        while ids := self._get_page_of_customers(last):
            retry(self.env, lambda page=ids: step(page))
            self.env["ir.cron"]._commit_progress(0)
            last = ids[-1]

    @api.model
    def _get_page_of_customers(self, after, limit=PAGE):
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE is_managed_customer AND id > %s "
                "ORDER BY id LIMIT %s",
                after,
                limit,
            )
        )
        return [number for (number,) in rows]

    def _get_latest_changes(self, model):
        """Return ``{partner id: latest line}`` of a decision ledger; one query."""
        ledger = self.env[model].sudo()
        ids = tuple(self._origin.ids)
        if not ids:
            return {}
        ledger.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (partner_id) partner_id, id
                  FROM %s
                 WHERE partner_id IN %s
              ORDER BY partner_id, decided_at DESC, id DESC
                """,
                SQL.identifier(ledger._table),
                ids,
            )
        )
        return {partner_id: ledger.browse(line_id) for partner_id, line_id in rows}

    @api.model
    def _get_relation_company_sql(self, alias):
        """Return the SQL of the company whose rules judge the customer ``alias``."""
        return SQL(
            "COALESCE(%s, %s, %s)",
            SQL.identifier(alias, "company_id"),
            SQL.identifier(alias, "relation_company_id"),
            self.env["res.company"]._get_relations_default().id,
        )

    @api.model
    def _get_companies_sql(self, alias):
        """Return the SQL table ``alias`` of all companies: id, tz, rate, calendar_id
        and today, the local date now.

        ``rate`` converts one unit of the default company's currency into the
        company's own, at today's rate (1 where no rate is known, as Odoo does).
        """
        companies = self.env["res.company"]._get_all_for_relations()
        default = companies._get_relations_default()
        currencies = companies.currency_id
        rates = dict.fromkeys(
            currencies.ids, 1.0
        )  # with a single currency nothing is converted
        if len(currencies) > 1:
            rates = currencies._get_rates(default, default._get_relations_today())
        base = rates[default.currency_id.id]
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s::float8, %s::int, %s::date)",
                company.id,
                company._get_relations_tz(),
                rates[company.currency_id.id] / base,
                company.resource_calendar_id.id or None,
                company._get_relations_today(),
            )
            for company in companies
        )
        return SQL(
            "(VALUES %s) AS %s (id, tz, rate, calendar_id, today)",
            rows,
            SQL.identifier(alias),
        )
