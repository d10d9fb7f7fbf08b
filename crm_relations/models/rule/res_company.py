import pytz

from odoo import api, fields, models
from odoo.tools import ormcache

from ...tools.time_zones import get_day_start, to_datetime


class ResCompany(models.Model):
    """Its settings of ours are read by us alone; its day is where its people work."""

    _name = "res.company"
    _inherit = ["res.company", "crm.fetched.apart.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # Odoo clears before: what creating a company needs may have filled it again.
        self.env.registry.clear_cache()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if not self._get_cached_settings().isdisjoint(vals):
            self.env.registry.clear_cache()
        if "resource_calendar_id" in vals:
            self._clock_changed()
        return result

    def _clock_changed(self):
        """Hook: the days of these companies begin at another moment now, by another
        calendar or the time zone of theirs."""

    @api.model
    def _get_cached_settings(self):
        """Hook: return the fields of which something is kept in the registry."""
        return frozenset(("resource_calendar_id",))

    def _get_relations_tz(self):
        """Return the time zone name in which a day begins for this company."""
        self.ensure_one()
        return self._get_relations_tz_of(self.id)

    @api.model
    @ormcache("company_id")
    def _get_relations_tz_of(self, company_id):
        # Asked by every statement that knows days, also where no calendar is read.
        # Superuser: the clock of a company is no secret.
        company = self.sudo().browse(company_id)
        return company.resource_calendar_id.tz or "UTC"

    def _get_relations_today(self):
        """Return the local date of the company now."""
        return self._get_relations_day(fields.Datetime.now())

    @api.model
    def _get_earliest_today(self):
        """Return the present day of the company where it is the earliest: what is
        before it has passed everywhere."""
        companies = self._get_all_for_relations()
        return min(company._get_relations_today() for company in companies)

    def _get_relations_day(self, moment):
        """Return the local date of the company at a naive UTC ``moment``."""
        zone = pytz.timezone(self._get_relations_tz())
        return pytz.utc.localize(moment).astimezone(zone).date()

    def _get_relations_day_start(self, day):
        """Return the naive UTC datetime at which ``day`` begins for the company."""
        return to_datetime(get_day_start(self._get_relations_tz(), day.toordinal()))

    @api.model
    def _get_relations_default(self):
        """Return the company that stands for customers shared by all companies.

        The oldest one: a fixed choice, so that a nightly run and a user's preview
        agree whatever company either of them works in.
        """
        # Superuser: which company that is, whoever may enter it.
        return self.sudo().browse(self._get_relations_default_id())

    @api.model
    @ormcache()
    def _get_relations_default_id(self):
        # Superuser: as above.
        companies = self.sudo().with_context(active_test=False)
        return companies.search([], order="id", limit=1).id

    def _get_open(self):
        """Return the companies whose customers are open in these: they themselves, and
        those whose branches they are, as Odoo opens a company's contacts."""
        # Superuser: who works in a branch need not enter its company.
        return self.sudo().parent_ids.with_env(self.env)

    @api.model
    def _get_all_for_relations(self):
        """Return all companies, few of them, the default one even when archived."""
        # Superuser: as above.
        companies = self.sudo().browse(self._get_active_ids_for_relations())
        return companies | self._get_relations_default()

    @api.model
    @ormcache()
    def _get_active_ids_for_relations(self):
        # Asked by every statement on sales, several times a page.
        # Superuser: as above.
        companies = self.sudo().with_context(active_test=True)
        return tuple(companies.search([]).ids)  # pylint: disable=no-search-all

    @api.model
    @ormcache()
    def _get_closed_ids_for_relations(self):
        """Return the ids of companies that are archived: they judge nobody who could
        be judged by another."""
        # Superuser: as above.
        companies = self.sudo().search([("active", "=", False)])
        return (companies - self._get_relations_default()).ids

    @api.model
    def _get_currencies_without_rate(self):
        """Return the currencies of companies that Odoo converts one to one because
        nobody has entered a rate; the one that all rates refer to needs none."""
        currencies = self._get_all_for_relations().currency_id
        if len(currencies) < 2:
            return currencies.browse()
        default = self._get_relations_default()
        # Superuser: that there is a rate, of whatever company.
        rated = self.env["res.currency.rate"].sudo()
        rated = rated._read_group(
            [
                ("currency_id", "in", currencies.ids),
                ("company_id", "in", (False, default.root_id.id)),
            ],
            ["currency_id"],
        )
        missing = currencies.browse(
            set(currencies.ids) - {currency.id for (currency,) in rated}
        )
        return missing - default.currency_id if len(missing) > 1 else missing.browse()
