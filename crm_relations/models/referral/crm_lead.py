from odoo import models


class CrmLead(models.Model):
    """A lead that came by the link of a member becomes a customer."""

    _inherit = "crm.lead"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("partner_id"):
            self._link_referrals()
        return result

    def _link_referrals(self):
        # Superuser: nobody writes referrals; they follow their leads.
        referrals = self.env["crm.referral"].sudo()
        for referral in referrals.search(
            [
                ("lead_id", "in", self.ids),
                ("state", "=", "asked"),
                ("referred_id", "=", False),
            ]
        ):
            # It may be managed only once it orders.
            customer = referral.lead_id.partner_id.commercial_partner_id
            referral._link_customer(customer)
