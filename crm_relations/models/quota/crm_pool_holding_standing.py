from odoo import models


class CrmPoolHolding(models.Model):
    _inherit = "crm.pool.holding"

    def _get_standing_sentence(self, main, allowances):
        """Return where the limits come from: the name of each quota and its numbers.

        :param main: the quota for all tiers, told also while nothing is held
        :param allowances: ``{"day"|"week": (quota, left)}``
        """
        quotas = main | self.quota_id
        for quota, _left in allowances.values():
            quotas |= quota
        # Superuser: the quotas that limit oneself, to be told.
        return " ".join(
            self.env._("%(quota)s: %(rule)s.", quota=quota.name, rule=quota.summary)
            for quota in quotas.with_env(self.env).sudo()
        )
