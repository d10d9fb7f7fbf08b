from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.arguments import Answers, Text
from odoo.addons.crm_relations.tools.retries import retry

from ..register.crm_complaint_act import OFFICER

CRON = "crm_relations_complaint.ir_cron_complaint_crisis"
BATCH = 100


class CrmComplaintCrisis(models.Model):
    """Reports by the hour: a line for each that is due, once, at its minute; whoever
    does not report is reminded, and it is seen."""

    _inherit = "crm.complaint.crisis"

    def report(self, text: Text) -> Answers:
        """Report on these crises: what is known, what is done. It answers all reports
        that are due; the next is due a full interval later.

        Leader, spokesman and complaint officers may.

        :return: answers as ``end``; blocked: ended, or nothing is said
        """
        if not text.strip():
            return self._refuse_all(self.env._("Say what is known and what is done."))
        refusals, taken = self._take(("open",), lambda known: known._get_no_reporters())
        now = fields.Datetime.now()
        for crisis in taken:
            due = crisis.report_ids.filtered(lambda report: not report.reported_at)
            values = {
                "reported_at": now,
                "user_id": self.env.uid,
                "body": text.strip(),
            }
            # The last one that is due is answered; those missed before stay missing.
            latest = due.sorted("due_at")[-1:]
            if latest:
                latest.write(values)
            else:
                due_at = crisis.next_report_at or now
                crisis.report_ids.create(
                    {"crisis_id": crisis.id, "due_at": due_at, **values}
                )
            crisis.next_report_at = now + timedelta(minutes=crisis.report_minutes)
        taken._plan_reminders()
        return self._answer_each(refusals, self.env._("Reported."))

    def _get_no_reporters(self):
        """Return ``{id: why}`` of those on which the caller does not report."""
        user = self.env.user
        if user.has_group(OFFICER):
            return {}
        message = self.env._("Leader, spokesman and complaint officers report.")
        others = self.filtered(
            lambda crisis: user not in (crisis.leader_id | crisis.spokesman_id)
        )
        return dict.fromkeys(others.ids, message)

    def _plan_reminders(self):
        """Have the job run at the minute when the next report is due."""
        cron = self.env.ref(CRON, raise_if_not_found=False)
        moments = {crisis.next_report_at for crisis in self.sudo()} - {False}
        if cron and moments:
            # Superuser: nobody needs a right on jobs to lead a crisis.
            cron.sudo()._trigger(list(moments))

    @api.model
    def _cron_remind(self):
        """Remind of all reports that are due now; the job comes back at the minute of
        the next one, also after it has been killed."""
        done = retry(self.env, self._remind_batch)
        left = self.search_count(self._get_due_domain())
        self.env["ir.cron"]._commit_progress(done, remaining=left)
        following = self.search(
            [("state", "=", "open"), ("next_report_at", "!=", False)],
            order="next_report_at",
            limit=1,
        )
        following._plan_reminders()

    @api.model
    def _remind_batch(self):
        """Remind of some that are due; return how many."""
        due = self._lock_due(BATCH)
        due._remind()
        return len(due)

    @api.model
    def _get_due_domain(self):
        now = fields.Datetime.now()
        return [("state", "=", "open"), ("next_report_at", "<=", now)]

    @api.model
    def _lock_due(self, limit):
        """Return some that are due, which no other worker has taken."""
        self.flush_model(["state", "next_report_at"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_complaint_crisis
                 WHERE state = 'open' AND next_report_at <= %s
              ORDER BY next_report_at LIMIT %s
                   FOR NO KEY UPDATE SKIP LOCKED
                """,
                fields.Datetime.now(),
                limit,
            )
        )
        return self.browse(number for (number,) in rows)

    def _remind(self):
        """Write down what is due of these, once, and tell the leader."""
        now = fields.Datetime.now()
        for crisis in self:
            due = crisis.next_report_at
            known = crisis.report_ids.filtered(
                lambda report, at=due: report.due_at == at
            )
            if not known:
                crisis.report_ids.create({"crisis_id": crisis.id, "due_at": due})
            wait = timedelta(minutes=crisis.report_minutes)
            # What was missed while the server stood still is one report, not many.
            while due <= now:
                due += wait
            crisis.next_report_at = due
            crisis._tell_due()

    def _tell_due(self):
        for person in self.leader_id | self.spokesman_id:
            room = self.with_context(lang=person.lang)
            room.message_notify(
                partner_ids=person.partner_id.ids,
                subject=self.name,
                body=room.env._(
                    "A report on this crisis is due now: say what is known and what is "
                    "done."
                ),
            )
