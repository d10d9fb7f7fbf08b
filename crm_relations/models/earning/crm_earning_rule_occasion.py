from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...tools.birthdays import celebrated_on

# A birthday that comes round sooner is the same one, corrected: the shortest lunar year
# between two of them has more days.
SAME_BIRTHDAY_DAYS = 300


class CrmEarningRule(models.Model):
    """What comes up with the calendar: a SELECT of membership_id, day and key."""

    _inherit = "crm.earning.rule"

    def _get_occasions_sql(self, first, last):
        """Return a SELECT of membership_id, day and key of what this rule is for and
        lies on these days; None where only the thing itself can tell.

        Of a membership it holds whatever is new to this rule, whether another rule
        comes first or not.
        """
        self.ensure_one()
        self.env.flush_all()
        method = getattr(self, f"_occasions_{self.kind}", None)
        return method(first, last) if method else None

    def _occasions_join(self, first, last):
        return SQL(
            """
            SELECT member.id AS membership_id, member.joined_on AS day,
                   'join-joined' AS key
              FROM crm_club_membership AS member
             WHERE member.club_id = %s AND member.joined_on BETWEEN %s AND %s
            """,
            self.club_id.id,
            first,
            last,
        )

    def _occasions_birthday(self, first, last):
        """An index leads from month and day to the persons, by both calendars."""
        return SQL(
            """
            SELECT member.id AS membership_id, day.day,
                   'birthday-' || day.calendar || '-' || day.year AS key
              FROM %(days)s
              JOIN crm_person_profile AS profile
                ON profile.birth_calendar = day.calendar
               AND profile.birth_month = day.month
               AND profile.birth_day = day.number AND profile.birth_day > 0
               AND COALESCE(profile.birth_leap_month, FALSE) = day.leap
              JOIN crm_club_membership AS member
                ON member.partner_id = profile.partner_id
             WHERE member.club_id = %(club)s AND member.joined_on <= day.day
               AND NOT EXISTS (
                   SELECT FROM loyalty_history AS line
                    WHERE line.card_id = member.card_id
                      AND line.source_key LIKE 'birthday-%%'
                      AND line.earned_on > day.day - %(same)s)
            """,
            days=self._get_celebrations_sql(first, last),
            club=self.club_id.id,
            same=SAME_BIRTHDAY_DAYS,
        )

    def _get_celebrations_sql(self, first, last):
        """Return the VALUES of what is celebrated on these days."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        rows = [
            SQL("(%s, %s, %s, %s, %s, %s::date)", *birthday, day)
            for day in days
            for birthday in celebrated_on(day, self.leap_day)
        ]
        return SQL(
            "(VALUES %s) AS day (calendar, month, number, leap, year, day)",
            SQL(", ").join(rows),
        )

    def _occasions_profile(self, first, last):
        """Whose archive is complete by now, whenever it became so."""
        return SQL(
            """
            SELECT member.id AS membership_id, %(last)s::date AS day,
                   'profile-' || %(rate)s AS key
              FROM crm_club_membership AS member
              JOIN res_partner AS customer ON customer.id = member.partner_id
             WHERE member.club_id = %(club)s AND member.state = 'active'
               AND customer.archive_rate >= %(rate)s
               AND customer.is_managed_customer
               AND NOT EXISTS (
                   SELECT FROM loyalty_history AS line
                    WHERE line.card_id = member.card_id
                      AND line.source_key = 'profile-' || %(rate)s)
            """,
            last=last,
            rate=self.archive_rate,
            club=self.club_id.id,
        )
