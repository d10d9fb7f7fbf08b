from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from .crm_work_report import TEXTS


class CrmWorkReport(models.Model):
    """Rows of the reports that are asked for, many in one statement."""

    _inherit = "crm.work.report"

    @api.model
    def _get_open(self, company, since):
        """Return what has been asked for, is not handed in, and began since then."""
        # Superuser: drafts are their authors'; this is asked by the duties.
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("due_at", "!=", False),
                ("handed_in_at", "=", False),
                ("period_start", ">=", since),
            ]
        )

    @api.model
    def _ask_for(self, wanted, company, today):
        """Make the rows that are missing, and say of those still open what is due when.

        :param wanted: ``{(user id, kind, first day): (last day, due at, due on)}``
        """
        if not wanted:
            return
        self.env["res.users"].flush_model(["sale_team_id", "active", "group_ids"])
        self.env["crm.team"].flush_model(["user_id"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_work_report AS report (user_id, company_id, kind,
                       period_start, period_end, due_at, due_on, team_id, leader_id,
                       state, create_uid, create_date, write_uid, write_date)
                %(asked)s
                    ON CONFLICT (user_id, company_id, kind, period_start) DO UPDATE
                   SET due_at = EXCLUDED.due_at, due_on = EXCLUDED.due_on,
                       team_id = CASE WHEN report.handed_in_at IS NULL
                                      THEN EXCLUDED.team_id ELSE report.team_id END,
                       leader_id = CASE WHEN report.handed_in_at IS NULL
                                        THEN EXCLUDED.leader_id
                                        ELSE report.leader_id END
                 WHERE report.due_at IS NULL
                    OR report.handed_in_at IS NULL AND report.period_end >= %(today)s
                   AND (report.due_at, report.team_id, report.leader_id)
                       IS DISTINCT FROM
                       (EXCLUDED.due_at, EXCLUDED.team_id, EXCLUDED.leader_id)
                """,
                asked=self._get_asked_sql(wanted, company),
                today=today,
            )
        )
        self.invalidate_model()

    @api.model
    def _get_asked_sql(self, wanted, company):
        """Return the SELECT of the rows that are asked for, see ``_ask_for``, with the
        team and the leader that each person has now."""
        lines = [(*key, *values) for key, values in sorted(wanted.items())]
        users, kinds, starts, ends, moments, days = map(list, zip(*lines, strict=True))
        return SQL(
            """
            SELECT asked.who, %(company)s, asked.kind, asked.first, asked.last,
                   asked.due_at, asked.due_on, team.id, leader.id, 'draft',
                   %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM unnest(%(users)s::int[], %(kinds)s::varchar[],
                          %(starts)s::date[], %(ends)s::date[],
                          %(moments)s::timestamp[], %(days)s::date[])
                   AS asked (who, kind, first, last, due_at, due_on)
              JOIN res_users AS person ON person.id = asked.who
         LEFT JOIN crm_team AS team ON team.id = person.sale_team_id
         LEFT JOIN res_users AS leader
                ON leader.id = team.user_id AND leader.active
               AND leader.id <> person.id AND leader.id IN %(readers)s
            """,
            company=company.id,
            uid=SUPERUSER_ID,
            now=fields.Datetime.now(),
            readers=self._get_readers_sql(),
            users=users,
            kinds=kinds,
            starts=starts,
            ends=ends,
            moments=moments,
            days=days,
        )

    @api.model
    def _get_readers_sql(self):
        """Return the SELECT of those whose role reads the reports of a team."""
        role = self.env.ref("crm_relations.group_sales_manager")
        # Superuser: who has which role.
        users = self.env["res.users"].sudo()
        return users._search([("all_group_ids", "in", role.ids)]).subselect()

    def _withdraw(self, wanted, workdays, today):
        """Ask no more for those of these reports that are not wanted while they last,
        and those of periods in which the person turns out to have been away."""
        gone = self.filtered(
            lambda report: (
                (report.user_id.id, report.kind, report.period_start) not in wanted
                if report.period_end >= today
                else not report._is_worked(workdays[report.user_id.id])
            )
        )
        begun = gone.filtered(
            lambda report: any(report[name] for name in (*TEXTS, "message_ids"))
        )
        begun.write({"due_at": False, "due_on": False})
        (gone - begun).unlink()

    def _is_worked(self, days):
        return any(self.period_start <= day <= self.period_end for day in days)
