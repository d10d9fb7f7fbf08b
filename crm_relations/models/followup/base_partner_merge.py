from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._drop_twin_escalations(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _drop_twin_escalations(self, src_partners, dst_partner):
        """Of two that tell of the same silence one stays: the unique index would refuse
        the whole merge."""
        # Superuser: who merges need not be one who reads escalations.
        escalations = self.env["crm.contact.escalation"].sudo()
        kept = escalations.search([("partner_id", "=", dst_partner.id)])
        silences = set(kept.mapped("silent_since"))
        for escalation in escalations.search(
            [("partner_id", "in", src_partners.ids)], order="id"
        ):
            if escalation.silent_since in silences:
                escalation.unlink()
            else:
                silences.add(escalation.silent_since)

    def _get_fields_of_moved_rows(self):
        names = super()._get_fields_of_moved_rows()
        return [*names, "last_followup_at", "contact_due_date"]
