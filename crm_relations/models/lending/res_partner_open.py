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
        rights = {}
        # Superuser: whose customers they are, and with whom they are shared.
        for customer in self.sudo():
            if sells and customer.user_id == user:
                rights[customer.id] = "owner"
            elif sells and customer._is_helped_by(user):
                rights[customer.id] = "shared"
            elif customer._is_led_by(user):
                rights[customer.id] = "leader"
            elif keeper:
                rights[customer.id] = keeper
        return rights
