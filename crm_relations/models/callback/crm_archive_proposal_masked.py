from odoo import api, models

from ...tools.masking import MASKS


class CrmArchiveProposal(models.Model):
    """A proposal tells the number, or the address, that stands there and that should.
    Which of the two a record tells is said by its field."""

    _name = "crm.archive.proposal"
    _inherit = ["crm.archive.proposal", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {"old_value": "phone", "new_value": "phone"}

    @api.model
    def _get_hidden_fields(self):
        masking = {} if self.env.su else self.env["crm.pool"]._get_masking()
        return self._get_masked_fields() if masking else {}

    def _mask(self, name, value, masked):
        # Superuser: which field it is about, whatever is read.
        kind = self.sudo().field_name
        if not value or kind not in masked.get(self.id, ()):
            return value
        return MASKS[kind](value)

    @api.model_create_multi
    def create(self, vals_list):
        proposals = super().create(vals_list)
        # What stands there is told to nobody who may not read it.
        proposals.partner_id.check_access("read")
        return proposals
