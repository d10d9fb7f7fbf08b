from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL, format_amount

MONTHS = 12
MOST_PEOPLE = 8


class ResPartner(models.Model):
    """The first page of a customer: what one wants to know before the next contact.

    One statement reads all of it. A room adds a section by extending
    ``_get_overview_parts`` with a SELECT, and ``_tell_overview`` with what is shown of
    its lines.
    """

    _inherit = "res.partner"

    @api.readonly
    def get_overview(self):
        """Return what the first page of this customer shows, as far as the caller may
        read it, in the caller's language and time zone.

        :return: ``{section: lines}``: sales (by month, this year and the one before),
            people, contacts, steps, conclusions
        :raise AccessError: the caller may not read the customer
        """
        self.ensure_one()
        self.check_access("read")
        return self._tell_overview(self._find_overview())

    def _find_overview(self):
        """Return ``{section: [line]}`` of all parts; one statement."""
        return self._find_parts({self.id: self._get_overview_parts()})[self.id]

    @api.model
    def _find_parts(self, parts):
        """Return the lines of these parts, by customer and section; one statement.

        :param parts: ``{customer id: what _get_overview_parts has returned}``
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL("SELECT %s AS id, %s AS section, part.line FROM (%s) AS part", *one)
                for number, sections in parts.items()
                for code, selects in sections.items()
                for one in ((number, code, select) for select in selects)
            )
        )
        found = {number: {code: [] for code in some} for number, some in parts.items()}
        for number, code, line in rows:
            found[number][code].append(line)
        return found

    def _get_overview_parts(self):
        """Hook: return ``{section: [SELECT with a column line, of JSON]}``."""
        return {
            "sales": [self._get_monthly_sales_sql()],
            "people": [self._get_people_sql()],
        }

    def _tell_overview(self, found):
        """Hook: return ``{section: what is shown of its lines}``."""
        return {
            "sales": self._tell_sales(found["sales"]),
            "people": self._tell_people(found["people"]),
        }

    def _get_first_month(self):
        today = self._get_relation_company()._get_relations_today()
        return today.replace(day=1) - relativedelta(months=MONTHS - 1)

    def _get_monthly_sales_sql(self):
        return SQL(
            """
            SELECT jsonb_build_object(
                       'month', to_char(sales.day, 'YYYY-MM-01'),
                       'amount', round((max(own.rate) * sum(sales.amount))::numeric, 2),
                       'orders', sum(sales.orders)) AS line
              FROM (%(sales)s) AS sales
              JOIN res_partner AS partner ON partner.id = sales.partner_id
              JOIN %(own)s
             WHERE sales.day >= %(since)s
          GROUP BY to_char(sales.day, 'YYYY-MM-01')
            """,
            sales=self._get_sales_sql(self.ids),
            own=self._get_company_of_sql("own", "partner"),
            since=self._get_first_month() - relativedelta(years=1),
        )

    def _tell_sales(self, lines):
        """Return the last twelve months, each beside the same month a year before."""
        found = {line["month"]: line for line in lines}
        currency, first = self.relation_currency_id, self._get_first_month()
        highest = max([line["amount"] for line in lines] + [0])
        months = [first + relativedelta(months=number) for number in range(MONTHS)]
        before = [month - relativedelta(years=1) for month in months]
        return {
            "months": [
                self._tell_month(found, month, currency, highest) for month in months
            ],
            "may_open": self.env["sale.order"].has_access("read"),
            "is_empty": not any(line["amount"] or line["orders"] for line in lines),
            "total": format_amount(self.env, _add_up(found, months), currency),
            "before": format_amount(self.env, _add_up(found, before), currency),
        }

    def _tell_month(self, found, month, currency, highest):
        before = str(month - relativedelta(years=1))
        amounts = [found.get(key, {}).get("amount", 0) for key in (str(month), before)]
        return {
            "month": str(month),
            "label": self.env.user._tell_day(month, "MMM"),
            "title": self.env.user._tell_day(month, "MMMM y"),
            "amount": format_amount(self.env, amounts[0], currency),
            "before": format_amount(self.env, amounts[1], currency),
            "height": round(100 * max(amounts[0], 0) / highest) if highest else 0,
            "height_before": round(100 * max(amounts[1], 0) / highest)
            if highest
            else 0,
        }

    def _get_people_sql(self):
        return self._select_people(
            SQL("'profiles', jsonb_build_array(profile.id)"), MOST_PEOPLE
        )

    def _select_people(self, more, most):
        """Return a SELECT of the persons there, those whose word counts most first;
        profiles are told to those who may read them.

        :param more: what else of them, as pairs of JSON
        """
        persons = self.env["res.partner"]._search(
            [("commercial_partner_id", "=", self.id), ("is_company", "=", False)]
        )
        profiles = self.env["crm.person.profile"]
        readable = SQL("FALSE")
        if profiles.has_access("read"):
            found = profiles._search([("customer_id", "=", self.id)])
            readable = SQL("profile.id IN %s", found.subselect())
        return SQL(
            """
            SELECT jsonb_build_object(
                       'id', person.id, 'name', person.name,
                       'function', person.function, 'role', profile.decision_role,
                       'attitude', profile.attitude, %(more)s,
                       'count', count(*) OVER ()) AS line
              FROM res_partner AS person
         LEFT JOIN crm_person_profile AS profile
                ON profile.partner_id = person.id AND %(readable)s
             WHERE person.id IN %(persons)s
          ORDER BY profile.influence DESC NULLS LAST, person.name, person.id
             LIMIT %(most)s
            """,
            readable=readable,
            persons=persons.subselect(),
            more=more,
            most=most,
        )

    def _tell_people(self, lines):
        profile = self.env["crm.person.profile"]._fields
        roles = dict(profile["decision_role"]._description_selection(self.env))
        attitudes = dict(profile["attitude"]._description_selection(self.env))
        return [
            {
                **{key: line[key] or "" for key in ("id", "name", "function")},
                "role": roles.get(line["role"], ""),
                "attitude": attitudes.get(line["attitude"], ""),
                "is_for_us": line["attitude"] in ("supporter", "promoter"),
                "is_against": line["attitude"] in ("opponent", "sceptic"),
                "count": line["count"],
            }
            for line in lines
        ]


def _add_up(found, months):
    """Return the sales of these months together."""
    return sum(found.get(str(month), {}).get("amount", 0) for month in months)
