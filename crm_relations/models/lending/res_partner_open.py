from odoo import api, models

# Whoever has one of these roles reads what is confidential of every customer.
KEEPERS = {
    "custodian": "crm_relations.group_custodian",
    "manager": "crm_relations.group_relations_manager",
}


class ResPartner(models.Model):
    """By which right somebody reads what is confidential of a customer.

    The record rules say the same in their language: a test compares them.
    """

    _inherit = "res.partner"

    @api.model
    def _get_keeper_right(self, user):
        """Return the right of who reads what is confidential of all customers."""
        for right, group in KEEPERS.items():
            if user.has_group(group):
                return right
        return None

    def _get_open_rights(self, user):
        """Return ``{customer id: right}`` of those whose confidential parts are open to
        ``user`` without a loan: owner, shared, leader, custodian or manager."""
        keeper = self._get_keeper_right(user)
        sells = user.has_group("crm_relations.group_sales_user")
        # Superuser: whose customers they are, and with whom they are shared.
        rights = {
            customer.id: customer._get_own_right(user, sells) or keeper
            for customer in self.sudo()
        }
        return {number: right for number, right in rights.items() if right}

    def _get_own_right(self, user, sells):
        """Return the right that comes of whose customer this is, or None."""
        if sells and self.user_id == user:
            return "owner"
        if sells and self._is_helped_by(user):
            return "shared"
        return "leader" if self._is_led_by(user) else None
