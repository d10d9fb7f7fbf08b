from odoo import api, models


class ResPartner(models.Model):
    """Who can get a customer, in whatever way."""

    _inherit = "res.partner"

    def _get_receiver_refusal(self, user):
        """Return why ``user`` cannot get this customer, or None."""
        if not self.is_managed_customer:
            return self.env._("It is not a managed customer.")
        if message := self._get_unfit(user):
            return message
        if self.user_id == user:
            return self.env._("%(user)s is its salesperson already.", user=user.name)
        if not self.company_id <= user._get_open_companies():
            # Superuser: the name of a company that the caller may not enter either.
            return self.env._(
                "%(user)s may not enter the company %(company)s.",
                user=user.name,
                company=self.company_id.sudo().name,
            )
        return None

    @api.model
    def _get_unfit(self, user):
        """Return why ``user`` can look after no customer at all, or None."""
        if not user:
            return self.env._("This colleague does not exist.")
        if not user.active:
            return self.env._("%(user)s is archived.", user=user.name)
        if not user.has_group("crm_relations.group_sales_user"):
            return self.env._("%(user)s has no role in sales.", user=user.name)
        return None

    @api.model
    def _get_cap_refusals(self, owners, freed=()):
        """Hook: return which customers their new owners may not take for what they
        hold already, in the order given: as many as fit are let through.

        :param owners: ``{customer id: id of the new owner}``
        :param freed: ids of customers that the new owner gives up for them
        :return: ``{customer id: (code, message)}``, the code always cap_reached
        """
        return {}
