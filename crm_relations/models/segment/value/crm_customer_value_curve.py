from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, format_amount

from ....tools.arguments import Amount, Text

FEW = 0.2
# What is converted there and back is not the same to the last digit.
HALF_A_CENT = 0.005
MEASURES = ("value_12_months", "lifetime_value")


class CrmCustomerValue(models.Model):
    """How few customers bring how much: customers lined up, the greatest first."""

    _inherit = "crm.customer.value"

    @api.readonly
    @api.model
    def get_curve(self, measure: Text = "value_12_months"):
        """Return the cumulative share of the value of the customers that the caller
        reads, those in use; amounts below zero count as none.

        :param measure: value_12_months or lifetime_value
        :return: ``{"points": [[share of customers, share of value], …], "customers",
            "few": how many are the first fifth, "least": what each of them brings at
            least, "share": of the whole that they bring, "total": in words}``; without
            any value no points
        """
        measure = measure if measure in MEASURES else MEASURES[0]
        domain = Domain("customer_active", "=", True) & Domain("basis", "!=", False)
        self.check_access("read")
        self.flush_model()
        query = self._search(domain)
        rows = self.env.execute_query_dict(self._get_curve_sql(query, measure))
        if not rows or not rows[-1]["sum"]:
            return {"points": [], "customers": rows[-1]["customers"] if rows else 0}
        total, customers = rows[-1]["sum"], rows[-1]["customers"]
        [few] = [row for row in rows if row["is_few"]]
        company = self.env["res.company"]._get_relations_default()
        return {
            "points": [
                [0, 0],
                *([row["number"] / customers, row["sum"] / total] for row in rows),
            ],
            "customers": customers,
            "few": few["number"],
            "least": few["amount"],
            "share": few["sum"] / total,
            "total": format_amount(self.env, total, company.currency_id),
        }

    @api.model
    def _get_curve_sql(self, query, measure):
        """Return a SELECT of a hundred places of the line and of that where the few
        end, equal ones together: number, sum up to there, in the default company's
        currency, amount of the last, customers, is_few."""
        partners = self.env["res.partner"]
        return SQL(
            """
            WITH line AS (
                 SELECT row_number() OVER place AS number, amount,
                        sum(amount) OVER place AS sum, count(*) OVER () AS customers,
                        lead(amount) OVER place AS next
                   FROM (SELECT value.id,
                                GREATEST(value.%(measure)s / own.rate, 0) AS amount
                           FROM crm_customer_value AS value
                           JOIN res_partner AS partner ON partner.id = value.partner_id
                           JOIN %(own)s
                          WHERE value.id IN %(found)s) AS value
                 WINDOW place AS (ORDER BY amount DESC, id)),
                 few AS (
                 SELECT min(number) AS number
                   FROM line
                  WHERE number >= %(few)s * customers AND next IS DISTINCT FROM amount)
            SELECT number, sum::float8, amount::float8, customers,
                   number = (SELECT number FROM few) AS is_few
              FROM line
             WHERE number * 100 / customers <> (number - 1) * 100 / customers
                OR number = (SELECT number FROM few)
          ORDER BY number
            """,
            measure=SQL.identifier(measure),
            own=partners._get_company_of_sql("own", "partner"),
            found=query.subselect(),
            few=FEW,
        )

    @api.model
    def action_view_few(self, measure: Text, least: Amount):
        """Open the customers who bring at least so much.

        :param least: in the default company's currency, as ``get_curve`` tells it
        """
        measure = measure if measure in MEASURES else MEASURES[0]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_customer_value_action"
        )
        return action | {
            "domain": list(self._get_few_domain(measure, least or 0)),
            "context": {"search_default_in_use": 1},
        }

    @api.model
    def _get_few_domain(self, measure, least):
        """Return the domain of the values of at least so much, in the default company's
        currency; each is kept in that of the company that judges its customer."""
        companies = self.env["res.partner"]._get_companies_sql("company")
        rates = dict(self.env.execute_query(SQL("SELECT id, rate FROM %s", companies)))
        if set(rates.values()) == {1.0}:
            return Domain(measure, ">=", least)
        return Domain.OR(
            Domain("model_id.company_id", "=", company)
            & Domain(measure, ">=", least * rate - HALF_A_CENT)
            for company, rate in rates.items()
        )
