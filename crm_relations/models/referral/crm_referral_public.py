from odoo import api, models
from odoo.tools import email_normalize, plaintext2html


class CrmReferral(models.Model):
    """What comes in by the link of a member: a lead, and a referral to be confirmed;
    a customer is made by a colleague only."""

    _inherit = "crm.referral"

    @api.model
    def _register_by_link(self, membership, values):
        """Register what somebody typed into the form of a member.

        :param values: name, phone, email_from, note: as typed, within their lengths
        :return: the referral, as superuser; nothing where the referrer is none any
            more: the form tells neither
        """
        referrer = membership.partner_id
        customer = referrer.commercial_partner_id
        referral, _problem = self._bring_in(referrer, channel="link")
        if not referral:
            return referral
        # Superuser: who fills the form has no account.
        leads = self.env["crm.lead"].sudo()
        referral.lead_id = leads.create(
            {
                "name": self.env._("Recommended by a member: %s", values["name"]),
                "type": "lead",
                "contact_name": values["name"],
                "phone": values["phone"],
                "email_from": values["email_from"],
                "description": plaintext2html(values["note"]),
                "referred": referrer.name,
                "user_id": customer.user_id.id,
                "team_id": customer.user_id.sale_team_id.id,
                "company_id": referral.company_id.id,
            }
        )
        referral.same_contact = referral._has_same_contact()
        return referral

    def _has_same_contact(self):
        """Return whether the lead can be reached like the referrer."""
        lead = self.lead_id
        given = {lead.phone_sanitized, email_normalize(lead.email_from or "") or False}
        return bool(given & self._get_contacts_of(self.partner_id))
