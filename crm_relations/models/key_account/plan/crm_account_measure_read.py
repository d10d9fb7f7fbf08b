from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ....tools.typed_domains import parse_domain


class CrmAccountMeasure(models.Model):
    """Measure customers: one grouped statement for all that have the same period."""

    _inherit = "crm.account.measure"

    def _measure(self, partners, first, last, owner, currency, company):
        """Return ``({partner id: figure}, why it cannot be measured)``.

        :param owner: the user with whose rights it is measured
        :param currency: of amounts, at the rate of the last day
        :param company: by whose clock the days are
        """
        self.ensure_one()
        if problem := self._get_problem():
            return {}, problem
        if first > last:
            return {}, ""
        records = self._get_records(owner)
        try:
            records.check_access("read")
            domain = self._get_period_domain(records, partners, first, last, company)
            figures = self._read_figures(records, domain, last)
        except AccessError:
            return {}, self.env._("%(owner)s may not read this.", owner=owner.name)
        own = records.env.company
        if self.is_money:
            figures = {
                number: own.currency_id._convert(figure, currency, own, last)
                for number, figure in figures.items()
            }
        return figures, ""

    def _get_records(self, owner):
        # Superuser: companies of the owner; all records of the customer where an
        # administrator has said so.
        companies = owner.sudo().company_ids
        companies = owner.sudo().company_id | companies
        records = self.env[self.model_name].with_user(owner)
        records = records.with_context(allowed_company_ids=companies.ids)
        return records.sudo() if self.reads_all else records

    def _read_figures(self, records, domain, day):
        """Return ``{partner id: figure}``; amounts in the currency of the company.

        :param day: of the rates, where amounts in several currencies are compared
        """
        currency = self._get_currency_to_group_by(records)
        if not currency:
            aggregate = self._get_aggregate()
            rows = records._read_group(domain, [self.partner_path], [aggregate])
            return {partner.id: figure or 0 for partner, figure in rows}
        rows = records._read_group(
            domain, [self.partner_path, currency], [self._get_aggregate(), "__count"]
        )
        found = self._get_amounts(rows, records.env.company, day)
        together = _highest if self.aggregation == "max" else _average
        return {number: together(amounts) for number, amounts in found.items()}

    def _get_amounts(self, rows, company, day):
        """Return ``{partner id: [(amount, number)]}``, an entry a currency, in that of
        the company at the rates of a day."""
        own, found = company.currency_id, defaultdict(list)
        for partner, currency, figure, count in rows:
            currency = currency or own
            amount = currency._convert(figure or 0, own, company, day, round=False)
            found[partner.id].append((amount, count))
        return found

    def _get_currency_to_group_by(self, records):
        """Return the field with the currency of amounts, where several have to be
        compared; a sum Odoo converts itself."""
        if not self.is_money or self.aggregation == "sum":
            return None
        name = records._fields[self.value_field].get_currency_field(records)
        return name if records._fields[name].store else None

    def _get_aggregate(self):
        if self.aggregation == "count":
            return "__count"
        if self.is_money and self.aggregation == "sum":
            return f"{self.value_field}:sum_currency"
        return f"{self.value_field}:{self.aggregation}"

    def _get_period_domain(self, records, partners, first, last, company):
        domain = parse_domain(self.domain, records)
        domain &= Domain(self.partner_path, "in", partners.ids)
        if not self.date_field:
            return domain
        until = last + timedelta(days=1)
        if records._fields[self.date_field].type == "datetime":
            first = company._get_relations_day_start(first)
            until = company._get_relations_day_start(until)
        return domain & Domain(
            [(self.date_field, ">=", first), (self.date_field, "<", until)]
        )


def _highest(amounts):
    return max(amount for amount, _count in amounts)


def _average(amounts):
    """Return the average of groups of ``(average, number)``."""
    whole = sum(amount * count for amount, count in amounts)
    return whole / sum(count for _amount, count in amounts)
