from odoo import models
from odoo.exceptions import UserError


class MergePartnerWizard(models.TransientModel):
    """What is hidden is merged like what is not, and hidden again."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        if not self.env["crm.pool"]._hides_anything():
            return super()._merge(partner_ids, dst_partner, extra_checks)
        partners = self.env["res.partner"].browse(partner_ids).exists()
        self._check_merge_of_hidden(partners)
        # Superuser: the closed table, and whose contacts they are.
        customers = partners.sudo().commercial_partner_id
        customers._surface_hidden()
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        kept = (customers | partners).exists()
        kept.commercial_partner_id._settle_hidden()
        return result

    def _check_merge_of_hidden(self, partners):
        """A merge would carry a hidden number to whom one can see.

        :raise UserError: the user may not be shown what is hidden of one of them
        """
        hidden = partners._filter_hidden_from(self.env.user)
        if hidden and not self.env.user._is_superuser():
            raise UserError(
                self.env._(
                    "%(customer)s is in the public pool, its number and address are "
                    "hidden until claimed: it cannot be merged.",
                    customer=hidden[0].display_name,
                )
            )
