from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Which company a customer belongs to, which one judges it, and its day."""

    _inherit = "res.partner"

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

    @api.depends("company_id", "country_code")
    @api.depends_context("allowed_company_ids")
    def _compute_fiscal_country_codes(self):
        """Odoo asks the company as the reader: who works in a branch, and may not enter
        it, could open none of the contacts that Odoo shows him."""
        # Superuser: the country of a company is no secret.
        return super(ResPartner, self.sudo())._compute_fiscal_country_codes()

    @api.depends("company_id")
    @api.depends_context("allowed_company_ids")
    def _compute_fiscal_country_group_codes(self):
        # Superuser: as above.
        return super(ResPartner, self.sudo())._compute_fiscal_country_group_codes()

    @api.depends("company_id", "relation_company_id")
    def _compute_relation_currency_id(self):
        for partner in self:
            partner.relation_currency_id = partner._get_relation_company().currency_id

    def _get_own_company(self):
        """Return the company of this customer, else the one that is to judge it; none
        for one that all companies share alike: each of them may see it."""
        return self.company_id or self.relation_company_id

    def _get_relation_company(self):
        """Return the company whose rules judge this customer: its own, else the one
        that is named for it and still open, else the default one."""
        # Superuser: the company of a customer need not be one of the reader's.
        named = self.relation_company_id.sudo()
        default = self.env["res.company"]._get_relations_default()
        return self.company_id.sudo() or named.filtered("active") or default.sudo()

    @api.model
    def _get_own_company_sql(self, alias):
        """Return the SQL of ``_get_own_company`` of the customer ``alias``."""
        return SQL(
            "COALESCE(%s, %s)",
            SQL.identifier(alias, "company_id"),
            SQL.identifier(alias, "relation_company_id"),
        )

    @api.model
    def _get_relation_company_sql(self, alias):
        """Return the SQL of the company whose rules judge the customer ``alias``, as
        ``_get_relation_company`` says."""
        companies = self.env["res.company"]
        named = SQL.identifier(alias, "relation_company_id")
        if closed := companies._get_closed_ids_for_relations():
            named = SQL("CASE WHEN %s <> ALL(%s) THEN %s END", named, closed, named)
        return SQL(
            "COALESCE(%s, %s, %s)",
            SQL.identifier(alias, "company_id"),
            named,
            companies._get_relations_default().id,
        )

    @api.model
    def _get_relations_today_sql(self, alias):
        """Return the SQL of the present day of the company that judges ``alias``."""
        return self._get_today_of_sql(self._get_relation_company_sql(alias))

    @api.model
    def _get_today_of_sql(self, company):
        """Return the SQL of the present day of a company, given as SQL of its id."""
        companies = self.env["res.company"]._get_all_for_relations()
        days = SQL(" ").join(
            SQL("WHEN %s THEN %s::date", company.id, company._get_relations_today())
            for company in companies
        )
        return SQL("CASE %s %s END", company, days)

    @api.model
    def _get_company_of_sql(self, alias, partner):
        """Return the SQL of what to join as ``alias``: the company that judges the
        customer ``partner``, as ``_get_companies_sql`` tells it.

        One row each, and the planner does not expect fewer. Of a plain equality with an
        expression it believes that one customer in two hundred has it: a join that is
        planned on that reads a table of days as often as there are customers.
        """
        company = self._get_relation_company_sql(partner)
        if len(self.env["res.company"]._get_all_for_relations()) == 1:
            # Its zone and its day stay constants, where a row each looks them up.
            return SQL(
                "%s ON CASE WHEN %s = %s THEN TRUE END",
                self._get_companies_sql(alias),
                SQL.identifier(alias, "id"),
                company,
            )
        return SQL(
            """
            LATERAL (
            SELECT * FROM %s WHERE company.id = %s LIMIT 1) AS %s ON TRUE""",
            self._get_companies_sql("company"),
            company,
            SQL.identifier(alias),
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
