from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.local_moments import local_day


class CrmPoolRule(models.Model):
    """The clock that waits for a date which the company keeps, of the customer itself
    or of records that lead to it: the latest one counts.

    Such a date counts in the coming night: nothing hangs on the records of others.
    """

    _inherit = "crm.pool.rule"

    @api.constrains("clock", "model_id", "field_id", "partner_path")
    def _check_clock_date(self):
        self._check_record_date()

    @api.constrains("clock", "source_domain", "model_id")
    def _check_source_domain(self):
        for rule in self.filtered(lambda rule: rule._goes_by_record_date()):
            rule._parse_source_domain(rule._get_record_model()._name)

    def _goes_by_record_date(self):
        return self.clock == "date"

    def _filter_readable(self):
        """Return those that do not go by a date whose model or field is gone with its
        addon: the others go on."""
        return self.filtered(
            lambda rule: (
                not rule._goes_by_record_date() or not rule._get_record_date_problem()
            )
        )

    def _get_record_model(self):
        # Superuser: names of models and fields; who is judged is a matter of the rule.
        return self.env[self._get_record_name()].sudo()

    def _get_record_date(self):
        # Superuser: as above.
        return self.sudo().field_id.name

    def _get_dated_sql(self, partner_ids=None):
        """Return a SELECT of customer_id and latest, the local day of the latest date;
        none for those without."""
        model, date = self._get_record_model(), self._get_record_date()
        domain = self._read_source_domain(model._name) & Domain(date, "!=", False)
        if self.company_id and "company_id" in model._fields:
            domain &= Domain("company_id", "in", [False, self.company_id.id])
        only = SQL("TRUE")
        if partner_ids is not None:
            only = SQL("contact.commercial_partner_id = ANY(%s)", list(partner_ids))
        partners = self.env["res.partner"]
        partners.flush_model(["commercial_partner_id", "company_id"])
        day = SQL("dated.day")
        if model._fields[date].type == "datetime":
            day = local_day(SQL("dated.moment"), SQL("own.tz"))
        ways = self.env["crm.customer.way"]
        return SQL(
            """
            SELECT customer.id AS customer_id, max(%(day)s) AS latest
              FROM (%(rows)s) AS dated
              JOIN res_partner AS contact ON contact.id = dated.partner_id
              JOIN res_partner AS customer
                ON customer.id = contact.commercial_partner_id
              JOIN %(own)s
             WHERE %(only)s
          GROUP BY customer.id
            """,
            day=day,
            rows=ways._get_rows_sql(model, date, self.partner_path, domain),
            own=partners._get_company_of_sql("own", "customer"),
            only=only,
        )

    def _get_date_join_sql(self, partner_ids):
        """Return the join of ``dated`` (latest), if the clock needs it."""
        if self.clock != "date":
            return SQL()
        return SQL(
            "LEFT JOIN (%s) AS dated ON dated.customer_id = partner.id",
            self._get_dated_sql(partner_ids),
        )

    def _get_date_facts_sql(self):
        """Return what the reason says of the date besides, as the end of a body of a
        JSON object."""
        return SQL(
            "'date_model', %s::text, 'date_field', %s::text",
            self._get_record_model()._name,
            self._get_record_date(),
        )

    def _get_dated_domain(self):
        """Return the domain of the customers who have such a date."""
        dated = SQL("(SELECT customer_id FROM (%s) AS dated)", self._get_dated_sql())
        return Domain("id", "in", dated)

    def _get_date_words(self):
        """Return which date is meant, such as “End (Contract)”."""
        # Superuser: names of models and fields, to who may read the rule.
        rule = self.sudo()
        return f"{rule.field_id.field_description or '…'} ({rule.model_id.name or '…'})"

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {"model_id", "field_id"}
