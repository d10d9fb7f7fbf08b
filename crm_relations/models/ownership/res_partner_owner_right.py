from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools.arguments import Id

GUARDED = frozenset(("user_id", "is_managed_customer", "parent_id", "active"))


class ResPartner(models.Model):
    """Who may change the owner of a customer by writing it, in whatever way: form,
    list, import or API.

    Relations managers may. A sales manager may for the customers of the own teams, and
    assigns pool customers to them. Everybody else gives away what is his own, to
    whom he could hand it over, and takes what belongs to nobody and is in no pool. The
    rest goes through claim, swap, hand-over and release, which know the rules.
    """

    _inherit = "res.partner"

    def write(self, vals):
        if not self.env.su and not GUARDED.isdisjoint(vals):
            self._check_may_change_owner(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_may_leave(self):
        """Nobody deletes a customer to enter it again as one of his own."""
        if self.env.su:
            return
        # Superuser: whose customer it is, and in which pool, decides.
        for customer in self.sudo().filtered("is_managed_customer"):
            if message := customer._get_leaving_refusal(self.env.user):
                raise ValidationError(message)

    def _check_may_change_owner(self, vals):
        """Refuse before anything is written.

        :raise ValidationError: names the customer, and the way to go instead
        """
        # Superuser: whose customer it is, and in which pool, decides.
        customers = self.sudo().filtered("is_managed_customer")
        if not customers or self.env.user.has_group(
            "crm_relations.group_relations_manager"
        ):
            return
        leaving = vals.get("parent_id") or not (
            vals.get("is_managed_customer", True) and vals.get("active", True)
        )
        heir = self.env["res.users"].sudo().browse(
            Id.read(vals.get("user_id")) or []
        )
        for customer in customers:
            message = None
            if leaving:
                message = customer._get_leaving_refusal(self.env.user)
            if not message and "user_id" in vals and customer.user_id != heir:
                message = customer._get_owner_refusal(self.env.user, heir)
            if message:
                raise ValidationError(message)

    def _get_leaving_refusal(self, user):
        """Return why ``user`` cannot let it be no customer any more, or None: else
        whoever did so could take it afterwards."""
        roles = ("group_custodian", "group_relations_manager")
        if any(user.has_group(f"crm_relations.{role}") for role in roles):
            return None
        if self.pool_id and not self.pool_id._has_manager(user):
            return self.env._(
                "%(customer)s is in the public pool “%(pool)s”: it stays a customer of "
                "its own.",
                customer=self.display_name,
                pool=self.pool_id.name,
            )
        if self.user_id and self.user_id != user and not self._is_led_by(user):
            return self._get_foreign_message()
        return None

    def _get_owner_refusal(self, user, heir):
        """Return why ``user`` cannot make ``heir`` the owner, or None."""
        if self.pool_id:
            return self._get_pooled_refusal(user, heir)
        if not self.user_id or self._is_led_by(user):
            return None
        if self.user_id != user:
            return self._get_foreign_message()
        if not heir:
            return self.env._(
                "%(customer)s cannot be left without salesperson: hand it over to a "
                "colleague, or release it into a pool.",
                customer=self.display_name,
            )
        return self._get_receiver_refusal(heir)

    def _get_pooled_refusal(self, user, heir):
        if self.pool_id._has_manager(user):
            return None
        if heir and heir != user and heir.sale_team_id.user_id == user:
            return None
        return self.env._(
            "%(customer)s is in the public pool “%(pool)s”: claim it there. Only "
            "managers assign it by hand.",
            customer=self.display_name,
            pool=self.pool_id.name,
        )

    def _get_foreign_message(self):
        return self.env._(
            "%(customer)s belongs to %(user)s. Only %(user)s, the leader of the team "
            "or a relations manager may change the salesperson.",
            customer=self.display_name,
            user=self.user_id.name,
        )

    def _is_led_by(self, user):
        """Return whether ``user`` leads the team of the owner."""
        leads = user.has_group("crm_relations.group_sales_manager")
        return leads and self.user_id.sale_team_id.user_id == user
