from odoo import api, models


class CrmDailyDigest(models.Model):
    _inherit = "crm.daily.digest"

    @api.model
    def _take_notices(self, digests):
        """Supervisors are told of care that is late, once."""
        notices = super()._take_notices(digests)
        late = self.env["crm.care.task"]._take_untold(digests.user_id)
        for user, tasks in late.items():
            card = tasks._prepare_digest_card(user.lang or "en_US")
            notices.setdefault(user.id, []).append(card)
        return notices
