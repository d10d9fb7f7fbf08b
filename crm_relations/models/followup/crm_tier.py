from odoo import models


class CrmTier(models.Model):
    _inherit = "crm.tier"

    def write(self, vals):
        result = super().write(vals)
        if {"contact_interval_days", "visit_interval_days"} & set(vals):
            # Soon and outside this transaction: a tier may have a million customers.
            cron = self.env.ref(
                "crm_relations.ir_cron_contact_dates", raise_if_not_found=False
            )
            if cron:  # not there yet while the module is being installed
                # Superuser: whoever may set the interval has it applied.
                cron.sudo()._trigger()
        return result

    def _asks_for_contact(self):
        """Tell whether such a customer is to be contacted or visited by some day."""
        return bool(self.contact_interval_days or self.visit_interval_days)
