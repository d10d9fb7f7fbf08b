from odoo import api, models

from ...tools.retries import retry
from .crm_document_kind import DATE_FIELDS

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
        last, terms = 0, kind.read(DATE_FIELDS)
        while page := documents.search(
            [("kind_id", "=", kind.id), ("id", ">", last)], order="id", limit=BATCH
        ):
            for name in names:
                self.env.add_to_compute(self._fields[name], page)
            page.flush_recordset(names)
            last = page[-1].id
            if not progress(len(page), remaining=1):
                return False
        kind.invalidate_recordset()
        # Whoever has changed them meanwhile has called the job again.
        kind.is_stale = kind.read(DATE_FIELDS) != terms
        return True

    def _get_person_to_remind(self):
        return self.owner_id

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
