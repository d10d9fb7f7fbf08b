from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._drop_twin_callbacks(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self._merge_callback_numbers(dst_partner)
        return result

    def _drop_twin_callbacks(self, src_partners, dst_partner):
        """Of two calls about one occasion the one that came further stays, with the
        attempts of both: the unique index would refuse the whole merge."""
        calls = self.env["crm.callback"].sudo()
        calls = calls.search(
            [
                ("partner_id", "in", (src_partners | dst_partner).ids),
                ("rule_id", "!=", False),
            ]
        ).sorted(lambda call: (call.state == "open", -call.attempt_count, call.id))
        for twins in calls.grouped(lambda c: (c.rule_id, c.occasion)).values():
            twins[1:].attempt_ids.callback_id = twins[0]
            twins[1:].unlink()
        self.env.flush_all()

    def _merge_callback_numbers(self, dst_partner):
        calls = self.env["crm.callback"].sudo()
        calls.invalidate_model()
        opened = calls.search(
            [("partner_id", "=", dst_partner.id), ("state", "=", "open")]
        )
        opened._compute_number()
