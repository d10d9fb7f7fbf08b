from odoo import models
from odoo.exceptions import UserError


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        self._check_may_merge(partner_ids)
        return super()._merge(partner_ids, dst_partner, extra_checks)

    def _check_may_merge(self, partner_ids):
        """Nobody takes a customer by merging it into one of his own.

        :raise UserError: names the customer that is not the caller's
        """
        user = self.env.user
        roles = ("group_relations_manager", "group_custodian")
        if self.env.su or any(user.has_group(f"crm_relations.{r}") for r in roles):
            return
        # Superuser: whose customer it is, and in which pool, decides.
        customers = self.env["res.partner"].sudo().browse(partner_ids).exists()
        for customer in customers.filtered("is_managed_customer"):
            message = customer._get_leaving_refusal(user)
            if message:
                raise UserError(message)
