from odoo import SUPERUSER_ID, api, models
from odoo.tools import email_normalize


class CrmComplaint(models.Model):
    """Who writes from an address: a customer only if the address is exactly his."""

    _inherit = "crm.complaint"

    @api.model
    def _find_person(self, address, company):
        """Return who has this address, hidden or not.

        Where contacts of two customers share it, nobody: a guess would show one
        customer's matter to another. Where they are of one customer, the customer.
        """
        people = self.env["res.partner"].browse()
        address = email_normalize(address or "")
        if not address:
            return people
        # Superuser, and no person who guesses: what is known stays in the house, those
        # outside are told the same in any case.
        root = people.with_user(SUPERUSER_ID)
        companies = company._get_open()
        people = root.search(
            [
                ("email_normalized", "=", address),
                ("company_id", "in", [False, *companies.ids]),
            ]
        )
        hidden = root.env["crm.hidden.value"]._find_partners("email", [address])
        known = root.browse(hidden.get(address, []))
        people |= known.filtered(lambda one: one.company_id <= companies)
        people = people.filtered("partner_share")
        customers = people.commercial_partner_id
        if len(customers) > 1:
            return self.env["res.partner"]
        found = people if len(people) == 1 else customers
        return found.with_env(self.env)
