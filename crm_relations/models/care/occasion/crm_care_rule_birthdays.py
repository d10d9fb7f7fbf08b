from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ....tools.birthdays import FEBRUARY_28, MARCH_1, celebrated_on

# Trigger: the date of the customer that comes round every year.
ANNIVERSARIES = {
    "founded": "founded_on",
    "first_order": "first_order_on",
    "relation": "relation_since",
}
YEARLY = ("birthday", "family", *ANNIVERSARIES)
# What comes round sooner is the same day, corrected.
SOON = timedelta(days=90)


def get_days(first, last):
    """Return the dates from one moment to the other, both included."""
    first, last = first.date(), last.date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


class CrmCareRule(models.Model):
    """Days of a person or of a customer that come round every year: an index leads
    from month and day to them."""

    _inherit = "crm.care.rule"

    trigger = fields.Selection(
        selection_add=[
            ("birthday",),
            ("family", "Birthday in the family of a person"),
            ("founded", "Founding day of the customer"),
            ("first_order", "Anniversary of the first order"),
            ("relation", "Anniversary of the relationship"),
        ],
        ondelete=dict.fromkeys(("family", *ANNIVERSARIES), "cascade"),
    )
    leap_day = fields.Selection(
        selection=[(FEBRUARY_28, "On February 28"), (MARCH_1, "On March 1")],
        string="February 29",
        required=True,
        default=FEBRUARY_28,
        help="When that day is celebrated in a year without it.",
    )

    def _get_celebrations_sql(self, first, last):
        """Return the VALUES (calendar, month, number, leap, year, day) of what is
        celebrated on these days."""
        rows = [
            SQL("(%s, %s, %s, %s, %s, %s::date)", *birthday, day)
            for day in get_days(first, last)
            for birthday in celebrated_on(day, self.leap_day)
        ]
        return SQL(
            "(VALUES %s) AS day (calendar, month, number, leap, year, day)",
            SQL(", ").join(rows),
        )

    def _get_served_sql(self, alias):
        """Whose day is corrected after the greeting gets no second one in that year, be
        it by the other calendar or at another customer, nor soon after in the next.

        Within a calendar the occasion is unique by its year already; two of the lunar
        one may lie in the same solar year.
        """
        if self.trigger not in YEARLY:
            return super()._get_served_sql(alias)
        row = SQL.identifier(alias)
        same = SQL(
            "served.partner_id = %(row)s.partner_id"
            " AND served.person_id IS NOT DISTINCT FROM %(row)s.person_id"
            " AND served.occasion <> %(row)s.occasion",
            row=row,
        )
        # Who has become a contact of another customer, or one of its own.
        moved = SQL(
            "served.person_id = %(row)s.person_id"
            " AND served.partner_id <> %(row)s.partner_id",
            row=row,
        )
        return SQL(
            "EXISTS (%s) OR EXISTS (%s)",
            self._get_greeted_sql(row, same),
            self._get_greeted_sql(row, moved),
        )

    def _get_greeted_sql(self, row, whose):
        """Return a SELECT of the greetings of these that stand for that of ``row``."""
        return SQL(
            """
                SELECT FROM crm_care_task AS served
                 WHERE served.rule_id = %(rule)s AND %(whose)s
                   AND regexp_replace(served.occasion, %(kept_by)s || %(year)s, '')
                       = regexp_replace(%(row)s.occasion, %(kept_by)s || %(year)s, '')
                   AND (served.dispatched_at IS NOT NULL OR served.state = 'done')
                   AND (served.occasion = %(row)s.occasion
                        OR served.occasion_date BETWEEN %(row)s.day - %(soon)s
                                                    AND %(row)s.day + %(soon)s
                        OR date_part('year', served.occasion_date)
                           = date_part('year', %(row)s.day)
                        AND regexp_replace(served.occasion, %(year)s, '')
                            <> regexp_replace(%(row)s.occasion, %(year)s, ''))
            """,
            rule=self.id,
            whose=whose,
            row=row,
            kept_by="(solar-|lunar-)?",
            year="[0-9]+$",
            soon=SOON,
        )

    def _candidates_birthday(self, first, last):
        self.env["crm.person.profile"].flush_model()
        return SQL(
            """
            SELECT person.commercial_partner_id AS customer_id, person.id AS person_id,
                   NULL::int AS source_id, NULL::timestamp AS moment, day.day,
                   day.calendar || '-' || day.year AS occasion,
                   jsonb_build_object('code', 'care_birthday', 'person', person.id,
                       'calendar', day.calendar, 'month', day.month,
                       'date', profile.birth_day, 'leap', profile.birth_leap_month,
                       'born', profile.birth_year, 'year', day.year) AS facts
              FROM %s
              JOIN crm_person_profile AS profile
                ON profile.birth_calendar = day.calendar
               AND profile.birth_month = day.month
               AND profile.birth_day = day.number AND profile.birth_day > 0
               AND COALESCE(profile.birth_leap_month, FALSE) = day.leap
              JOIN res_partner AS person ON person.id = profile.partner_id
            """,
            self._get_celebrations_sql(first, last),
        )

    def _candidates_family(self, first, last):
        self.env["crm.person.family.member"].flush_model()
        return SQL(
            """
            SELECT person.commercial_partner_id AS customer_id, person.id AS person_id,
                   NULL::int AS source_id, NULL::timestamp AS moment, day.day,
                   'family-' || member.id || '-' || day.calendar || '-' || day.year
                       AS occasion,
                   jsonb_build_object('code', 'care_family', 'person', person.id,
                       'member', member.id, 'relation', member.relation,
                       'born', CASE WHEN day.calendar = 'solar'
                                    THEN member.birth_year END,
                       'year', day.year) AS facts
              FROM %s
              JOIN crm_person_family_member AS member
                ON member.birth_calendar = day.calendar
               AND member.birth_month = day.month
               AND member.birth_day = day.number AND member.birth_day > 0
               AND COALESCE(member.birth_leap_month, FALSE) = day.leap
              JOIN crm_person_profile AS profile ON profile.id = member.profile_id
              JOIN res_partner AS person ON person.id = profile.partner_id
            """,
            self._get_celebrations_sql(first, last),
        )

    def _candidates_founded(self, first, last):
        return self._get_anniversaries_sql(first, last)

    def _candidates_first_order(self, first, last):
        return self._get_anniversaries_sql(first, last)

    def _candidates_relation(self, first, last):
        return self._get_anniversaries_sql(first, last)

    def _get_anniversaries_sql(self, first, last):
        name = ANNIVERSARIES[self.trigger]
        self.env["res.partner"].flush_model([name])
        return SQL(
            """
            SELECT celebrating.id AS customer_id, NULL::int AS person_id,
                   NULL::int AS source_id, NULL::timestamp AS moment, day.day,
                   %(trigger)s || '-' || day.year AS occasion,
                   jsonb_build_object('code', 'care_anniversary',
                       'trigger', %(trigger)s, 'since', celebrating.%(name)s,
                       'years', day.year - date_part('year', celebrating.%(name)s))
                       AS facts
              FROM %(days)s
              JOIN res_partner AS celebrating
                ON date_part('month', celebrating.%(name)s) = day.month
               AND date_part('day', celebrating.%(name)s) = day.number
               AND celebrating.%(name)s IS NOT NULL
             WHERE day.calendar = 'solar'
               AND date_part('year', celebrating.%(name)s) < day.year
            """,
            trigger=self.trigger,
            name=SQL.identifier(name),
            days=self._get_celebrations_sql(first, last),
        )
