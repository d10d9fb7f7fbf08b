from odoo import api, models


class CrmArchiveProposal(models.Model):
    """Nobody proposes another number for one that nobody sees."""

    _name = "crm.archive.proposal"
    _inherit = ["crm.archive.proposal", "crm.hidden.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        proposals = super().create(vals_list)
        proposals._check_not_hidden()
        return proposals

    def action_approve(self):
        self._check_not_hidden()
        return super().action_approve()

    def _check_not_hidden(self):
        """Refuse what is about a hidden value.

        :raise UserError: it is hidden until the customer is claimed
        """
        about = self.filtered(lambda one: one.field_name in ("phone", "email"))
        # Superuser: whether something is hidden there.
        about.sudo().partner_id._check_typed_over(
            dict.fromkeys(about.mapped("field_name"), True)
        )
