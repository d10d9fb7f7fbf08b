from odoo import api, models

CARD = "crm_relations.crm_daily_digest_card"


class CrmDailyDigest(models.Model):
    _inherit = "crm.daily.digest"

    @api.model
    def _get_told(self, digests, day):
        """Supervisors are told of care that is late, once."""
        told = super()._get_told(digests, day)
        late = self.env["crm.care.task"]._take_untold(digests.user_id)
        for user, tasks in late.items():
            card = tasks._prepare_digest_card(user.lang or "en_US")
            told[user] = [*told.get(user, []), {"template": CARD, **card}]
        return told
