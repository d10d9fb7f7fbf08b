from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._drop_twin_callbacks(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self._merge_callback_numbers(dst_partner)
        return result

    def _drop_twin_callbacks(self, src_partners, dst_partner):
        """Of two calls about one occasion the one that came further stays, with what
        was said in both."""
        # Superuser: who merges need not be one who calls.
        calls = self.env["crm.callback"].sudo()
        calls = calls.search(
            [
                ("partner_id", "in", (src_partners | dst_partner).ids),
                ("rule_id", "!=", False),
            ]
        ).sorted(lambda call: (call.state == "open", -call.attempt_count, call.id))
        for twins in calls.grouped(lambda c: (c.rule_id, c.occasion)).values():
            self._drop_twins("crm.callback", dict.fromkeys(twins[1:].ids, twins[0].id))
        self.env.flush_all()

    def _merge_callback_numbers(self, dst_partner):
        # Superuser: as above.
        calls = self.env["crm.callback"].sudo()
        calls.invalidate_model()
        opened = calls.search(
            [("partner_id", "=", dst_partner.id), ("state", "=", "open")]
        )
        opened._compute_number()
