from odoo import api, models
from odoo.tools import SQL

from ...tools.retries import retry

BATCH = 500


class CrmCustomerDocument(models.Model):
    """Salespeople get an activity for what expires, where the kind says so: once for
    each document and end."""

    _inherit = "crm.customer.document"

    @api.model
    def _cron_remind(self):
        """Judge documents by new terms of their kinds, then plan activities for those
        whose day has come, which an index finds; a killed job goes on where it was."""
        progress = self.env["ir.cron"]._commit_progress
        # Superuser: a job.
        kinds = self.env["crm.document.kind"].sudo()
        kinds = kinds.with_context(active_test=False)
        for kind in kinds.search([("is_stale", "=", True)]):
            if not self._judge_anew(kind, progress):
                return
        while count := retry(self.env, self._plan_batch):
            if not progress(count, remaining=1):
                return
        progress(0, remaining=0)

    @api.model
    def _judge_anew(self, kind, progress):
        """Decide the dates of all documents of a kind; return whether it is done."""
        documents = self.sudo().with_context(active_test=False)  # Superuser: a job.
        names = ("is_complete", "remind_on", "activity_on")
        last = 0
        while page := documents.search(
            [("kind_id", "=", kind.id), ("id", ">", last)], order="id", limit=BATCH
        ):
            for name in names:
                self.env.add_to_compute(self._fields[name], page)
            page.flush_recordset(names)
            last = page[-1].id
            if not progress(len(page), remaining=1):
                return False
        kind.is_stale = False
        return True

    @api.model
    def _plan_batch(self):
        """Plan the activities of the next documents that are due; return how many."""
        self.env.flush_all()
        rows = self.env.execute_query(self._get_taken_sql())
        ids = [number for (number,) in rows]
        # Superuser: a job, for all salespeople.
        taken = self.sudo().browse(ids)
        taken.invalidate_recordset(["reminded_for", "activity_on"])
        self._plan_activities(taken.filtered(lambda one: one.owner_id.active))
        return len(ids)

    def _get_taken_sql(self):
        """Return the statement that takes a batch of those that are due: who has a
        row is the only one who plans for it."""
        companies = self.env["res.company"]._get_all_for_relations()
        days = [company._get_relations_today() for company in companies]
        return SQL(
            """
            UPDATE crm_customer_document AS document
               SET reminded_for = expires_on, activity_on = NULL
             WHERE id IN (
                   SELECT due.id
                     FROM crm_customer_document AS due
                     JOIN res_partner AS partner ON partner.id = due.customer_id
                    WHERE due.activity_on <= %(latest)s
                      AND due.activity_on <= %(today)s
                 ORDER BY due.activity_on, due.id
                    LIMIT %(limit)s
               FOR UPDATE OF due SKIP LOCKED)
         RETURNING id
            """,
            latest=max(days),
            today=self.env["res.partner"]._get_relations_today_sql("partner"),
            limit=BATCH,
        )

    @api.model
    def _plan_activities(self, documents):
        # Odoo would mail every single assignment.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        kind = self.env.ref("mail.mail_activity_data_todo")
        common = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "activity_type_id": kind.id,
        }
        made = activities.create(
            [common | document._prepare_activity_vals() for document in documents]
        )
        for document, activity in zip(documents, made, strict=True):
            document.activity_id = activity

    def _prepare_activity_vals(self):
        self.ensure_one()
        user = self.owner_id
        told = self.with_context(lang=user.lang)
        today = user._get_relations_today()
        return {
            "res_id": self.customer_id.id,
            "user_id": user.id,
            "date_deadline": max(self.expires_on, today),
            "summary": told.env._(
                "Renew: %(document)s, valid until %(day)s",
                document=told.kind_id.name,
                day=user.with_context(lang=user.lang)._tell_day(self.expires_on),
            ),
        }
