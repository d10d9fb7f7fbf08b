from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.crm_relations.tools.batches import BATCH
from odoo.addons.crm_relations.tools.retries import retry


class CrmSatisfactionResponse(models.Model):
    """Nobody answers for ever: what was begun counts, what was not lapses."""

    _inherit = "crm.satisfaction.response"

    @api.model
    def _get_lapsed_domain(self):
        return Domain("state", "=", "open") & Domain(
            "open_until", "<", fields.Datetime.now()
        )

    @api.model
    def _cron_expire(self):
        """End what has been open too long, a batch a transaction."""
        while done := retry(self.env, self._expire_batch):
            left = self.search_count(self._get_lapsed_domain(), limit=10 * BATCH)
            if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                return

    @api.model
    def _expire_batch(self, limit=BATCH):
        lapsed = self.search(self._get_lapsed_domain(), limit=limit, order="id")
        taken = lapsed.try_lock_for_update()
        idle = taken.filtered(lambda one: one._is_idle_visit())
        (taken - idle)._finish_or("expired")
        idle.user_input_id.unlink()
        idle.unlink()
        return len(taken)

    def _is_idle_visit(self):
        """Return whether somebody unknown has read a code and said nothing: nobody was
        asked, nothing is kept."""
        self.ensure_one()
        answer = self.user_input_id
        return self.channel == "qr" and not (answer and answer._has_said_anything())
