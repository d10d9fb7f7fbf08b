from odoo import models


class MergePartnerWizard(models.TransientModel):
    """Of two customers that are merged, and were asked about the same, one open survey
    stays: the one that was begun. The other is taken back, not lost."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Superuser: also responses that who merges may not read.
        responses = self.env["crm.satisfaction.response"].sudo()
        opened = responses.search(
            [
                ("partner_id", "in", (src_partners | dst_partner).ids),
                ("state", "=", "open"),
            ]
        )
        for alike in opened.grouped(lambda one: (one.study_id, one.occasion)).values():
            ordered = alike.sorted(
                lambda one: (
                    not one.user_input_id._has_said_anything()
                    if one.user_input_id
                    else True,
                    one.id,
                )
            )
            ordered[1:]._end_asking("cancelled")
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
