import logging

import pytz
from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.retries import retry

from ...tools.mailing_periods import get_next_day

_logger = logging.getLogger(__name__)

HOUR = 7  # of the company's day, from which on reports leave


class CrmSatisfactionMailing(models.Model):
    """A report leaves once: its row, its mails and the next date are written in one
    transaction. Killed before its end nothing has left, after it nothing leaves again;
    of two workers one gets the row."""

    _inherit = "crm.satisfaction.mailing"

    @api.model
    def _cron_send(self):
        """Send the reports whose day has come, where the day has come to their hour."""
        for company in self.env["res.company"]._get_all_for_relations():
            if self._is_hour(company):
                self._send_due(company)

    @api.model
    def _is_hour(self, company):
        now = pytz.utc.localize(fields.Datetime.now())
        return now.astimezone(pytz.timezone(company._get_relations_tz())).hour >= HOUR

    @api.model
    def _send_due(self, company):
        today = company._get_relations_today()
        due = Domain("company_id", "=", company.id) & Domain("next_date", "<=", today)
        # Superuser: a job, whoever runs a study.
        for mailing in self.sudo().search(due & Domain("study_id.active", "=", True)):
            retry(self.env, lambda mailing=mailing: mailing._try_to_send(today))
            self.env["ir.cron"]._commit_progress(1)

    def _try_to_send(self, day):
        """A report that cannot be made, as its responsible may read nothing any more,
        keeps its day and hinders no other."""
        try:
            with self.env.cr.savepoint():
                self._send(day)
        except OperationalError:  # a conflict: it is tried again
            raise
        except Exception:  # pylint: disable=broad-except
            _logger.warning("Report %s was not sent", self.id, exc_info=True)

    def _send(self, day):
        """Write the mails of the last whole period before ``day``, if they have not
        been written yet; return the edition, an empty set if there is none."""
        self.ensure_one()
        # Superuser: mails and their files are written for people of all roles.
        mailing = self.sudo()
        now, before = mailing._get_spans(day)
        mailing.next_date = get_next_day(mailing.period, day)
        users = mailing._get_recipients()
        edition = mailing._take(now)
        if edition:
            edition.user_ids = users
            edition._deliver(users, now, before)
        return edition

    def _take(self, span):
        """Return a new edition of these days, an empty set if there is one already."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_satisfaction_edition (
                       mailing_id, study_id, company_id, period, date_from, date_to,
                       create_uid, create_date, write_uid, write_date)
                VALUES (%(mailing)s, %(study)s, %(company)s, %(period)s, %(start)s,
                       %(end)s, %(user)s, %(now)s, %(user)s, %(now)s)
                    ON CONFLICT DO NOTHING RETURNING id
                """,
                mailing=self.id,
                study=self.study_id.id,
                company=self.company_id.id,
                period=self.period,
                start=span[0],
                end=span[1],
                user=SUPERUSER_ID,
                now=fields.Datetime.now(),
            )
        )
        return self.env["crm.satisfaction.edition"].browse(row for (row,) in rows)
