from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .crm_work_report import OPEN

CARD = "crm_relations.crm_daily_digest_card"
AHEAD = timedelta(hours=24)


class CrmDailyDigest(models.Model):
    """Who has a report to hand in is reminded once before it is due; leaders are told
    once of each that is missing."""

    _inherit = "crm.daily.digest"

    @api.model
    def _get_told(self, digests, day):
        told = super()._get_told(digests, day)
        now = fields.Datetime.now()
        due = Domain("user_id", "in", digests.user_id.ids) & Domain("state", "in", OPEN)
        due &= Domain("is_reminded", "!=", True) & Domain("due_at", ">=", now)
        due &= Domain("due_at", "<", now + AHEAD)
        missing = Domain("leader_id", "in", digests.user_id.ids)
        missing &= Domain("is_missing_told", "!=", True) & Domain("due_at", "<", now)
        missing &= Domain("handed_in_at", "=", False)
        for domain, person, mark in (
            (due, "user_id", "is_reminded"),
            (missing, "leader_id", "is_missing_told"),
        ):
            # Superuser: each person is told of the own ones, each leader of the team's.
            reports = self.env["crm.work.report"].sudo().search(domain, order="due_at")
            for user, some in reports.grouped(person).items():
                card = some._prepare_digest_card(mark, user)
                told[user] = [*told.get(user, []), {"template": CARD, **card}]
            reports.write({mark: True})
        return told
