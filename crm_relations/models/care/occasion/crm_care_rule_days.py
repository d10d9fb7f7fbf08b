import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ....tools.birthdays import celebrated_on
from ....tools.feasts import get_feasts
from ....tools.public_holidays import find_holidays, get_holiday_names, is_supported
from ....tools.sentences import join_words
from .crm_care_rule_birthdays import get_days

FEASTS = [
    ("new_year_eve", "Chinese New Year's Eve"),
    ("spring_festival", "Spring Festival"),
    ("lantern", "Lantern Festival"),
    ("dragon_head", "Dragon Head Raising Day"),
    ("pure_brightness", "Pure Brightness (Qingming)"),
    ("dragon_boat", "Dragon Boat Festival"),
    ("qixi", "Qixi Festival"),
    ("ghost", "Ghost Festival"),
    ("mid_autumn", "Mid-Autumn Festival"),
    ("double_ninth", "Double Ninth Festival"),
    ("winter_solstice", "Winter Solstice"),
    ("laba", "Laba Festival"),
    ("little_new_year", "Little New Year"),
]


class CrmCareRule(models.Model):
    """Days that are the same for all customers: public holidays, traditional feasts,
    and a list of one's own."""

    _inherit = "crm.care.rule"

    trigger = fields.Selection(
        selection_add=[
            ("holiday", "Public holiday of a country"),
            ("feast", "Traditional Chinese feast"),
            ("own_date", "Own dates"),
        ],
        ondelete=dict.fromkeys(("holiday", "feast", "own_date"), "cascade"),
    )
    country_id = fields.Many2one(
        comodel_name="res.country",
        default=lambda self: self._default_country_id(),
        help="Its public holidays are meant. On a holiday of several days the care is "
        "for the first of them.",
    )
    holiday_name = fields.Char(
        string="Only the Holiday",
        help="Its name as public holidays are named in English or in your language. "
        "Empty: every public holiday of the country.",
    )
    feast = fields.Selection(selection=FEASTS, default="spring_festival")
    date_ids = fields.One2many(
        comodel_name="crm.care.rule.date",
        inverse_name="rule_id",
        string="Own Dates",
        copy=True,
    )

    def _default_country_id(self):
        return self.env.company.country_id

    @api.constrains("trigger", "country_id", "holiday_name")
    def _check_holiday(self):
        for rule in self.filtered(lambda rule: rule.trigger == "holiday"):
            country = rule.country_id
            if not country or not is_supported(country.code):
                raise ValidationError(
                    self.env._(
                        "The public holidays of %(country)s are not known. Choose "
                        "another country, or “Own dates”.",
                        country=country.name or self.env._("no country"),
                    )
                )
            year = fields.Date.today().year
            names = get_holiday_names(country.code, year, self.env.lang or "en_US")
            if rule.holiday_name and rule.holiday_name not in names:
                raise ValidationError(
                    self.env._(
                        "%(country)s has no public holiday “%(name)s”. It has: "
                        "%(names)s.",
                        country=country.name,
                        name=rule.holiday_name,
                        names=join_words(self.env, names),
                    )
                )

    @api.constrains("trigger", "feast")
    def _check_feast(self):
        if any(rule.trigger == "feast" and not rule.feast for rule in self):
            raise ValidationError(self.env._("Which feast? Choose one."))

    @api.constrains("trigger", "date_ids")
    def _check_date_ids(self):
        if any(rule.trigger == "own_date" and not rule.date_ids for rule in self):
            raise ValidationError(self.env._("Enter at least one date of your own."))

    def _candidates_holiday(self, first, last):
        found = find_holidays(
            self.country_id.code, first.date(), last.date(), self.holiday_name
        )
        return self._get_common_days_sql(
            (
                f"holiday-{self.country_id.code}-{name}-{year}",
                day,
                {"code": "care_day", "name": name, "local": local},
            )
            for year, name, local, day in found
        )

    def _candidates_feast(self, first, last):
        return self._get_common_days_sql(
            (f"feast-{self.feast}-{year}", day, {"code": "care_feast", "feast": feast})
            for feast in [self.feast]
            for year, day in get_feasts(feast, first.date(), last.date())
        )

    def _candidates_own_date(self, first, last):
        return self._get_common_days_sql(
            (
                f"date-{line.id}-{year}",
                day,
                {"code": "care_own_date", "line": line.id, "name": line.name},
            )
            for day in get_days(first, last)
            for calendar, month, number, leap, year in celebrated_on(day, self.leap_day)
            for line in self.date_ids
            if line._is_on(calendar, month, number, leap, year)
        )

    def _get_common_days_sql(self, days):
        """Return an occasion for everyone on each (occasion, day, facts)."""
        rows = [
            SQL("(%s, %s::date, %s::jsonb)", occasion, day, json.dumps(facts))
            for occasion, day, facts in days
        ] or [SQL("(NULL::text, NULL::date, NULL::jsonb)")]
        return SQL(
            """
            SELECT everyone.id AS customer_id, NULL::int AS person_id,
                   NULL::int AS source_id, NULL::timestamp AS moment, day.day,
                   day.occasion, day.facts
              FROM (VALUES %(days)s) AS day (occasion, day, facts)
              JOIN res_partner AS everyone
                ON everyone.is_managed_customer AND day.day IS NOT NULL
            """,
            days=SQL(", ").join(rows),
        )
