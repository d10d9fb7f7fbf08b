from odoo import api, models

# Whoever has one of these roles decides for all customers.
DECIDERS = (
    "crm_relations.group_relations_manager",
    "sales_team.group_sale_manager",
    "base.group_system",
)
EVERYTHING = frozenset(("owner", "place", "hidden", "move", "archive", "app"))
OWNER = EVERYTHING - {"place"}
HELPER = frozenset(("move", "archive", "app"))
CUSTODIAN = frozenset(("hidden", "move", "archive", "app"))
OPEN = frozenset(("archive", "app"))
NONE = frozenset()


class ResPartner(models.Model):
    """What somebody may write of a customer, by the answers of its fields.

    ``move`` is the right to take a contact away from the customer, and to say who looks
    after it: never open to all, since the profile of a person goes along.
    """

    _inherit = "res.partner"

    @api.model
    def _decides_for_all(self):
        return any(self.env.user.has_group(group) for group in DECIDERS)

    @api.model
    def _is_outsider(self):
        """Return whether the caller has no role of ours (accounting, purchase)."""
        return not self.env.user.has_group("crm_relations.group_user")

    def _filter_guarded(self):
        """Return, as superuser, the customers among these whose company regulates who
        has them."""
        regulated = self.env["res.company"]._get_ids_with_owned_customers()
        if not regulated:
            return self.sudo().browse()
        default = self.env["res.company"]._get_relations_default_id()
        # Superuser: whose customer it is, and where, decides.
        managed = self.sudo()._filter_managed()
        return managed.filtered(
            lambda partner: partner._get_judging_company_id(default) in regulated
        )

    def _get_judging_company_id(self, default):
        return self._get_own_company().id or default

    def _get_rights(self):
        """Return the answers whose fields the caller may write on this customer.

        Odoo's own rights are asked by Odoo.
        """
        if self._decides_for_all():
            return EVERYTHING
        user = self.env.user
        rights = OPEN if self._is_outsider() else NONE
        if user.has_group("crm_relations.group_custodian"):
            rights |= CUSTODIAN
        if self.pool_id:
            return rights | self._get_rights_in_pool(user)
        return rights | self._get_rights_outside(user)

    def _get_rights_in_pool(self, user):
        if self.pool_id._has_manager(user):
            return EVERYTHING
        editable = self.pool_id.is_editable and self.pool_id._has_member(user)
        return OPEN if editable else NONE

    def _get_rights_outside(self, user):
        if not self.user_id or self._is_led_by(user):
            return EVERYTHING
        if self.user_id == user:
            return OWNER if self.is_managed_customer else EVERYTHING
        if self._is_helped_by(user):
            return HELPER
        companies = self.env["res.company"]
        default = companies._get_relations_default_id()
        is_open = (
            self._get_judging_company_id(default)
            in companies._get_ids_with_open_archive()
        )
        return OPEN if is_open else frozenset(("app",))

    def _is_led_by(self, user):
        """Return whether ``user`` leads the team of the owner."""
        return self.user_id._is_led_by(user)

    def _is_helped_by(self, user):
        """Hook: whether ``user`` works with this customer as its owner does."""
        return False
