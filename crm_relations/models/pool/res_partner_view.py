from odoo import api, models
from odoo.exceptions import UserError

# What names a customer is no card: a link, a search, a list of names.
NAMES = frozenset(("id", "name", "display_name"))


class ResPartner(models.Model):
    """Cards of pool customers are counted when they are opened, and limited.

    A form reads its one record by ``web_read``; lists and boards read by other methods,
    and what is private of a pool customer is masked there. Who runs the pool and who
    keeps the archive opens as many as there are.
    """

    _inherit = "res.partner"

    @api.readonly
    def web_read(self, specification):
        values = super().web_read(specification)
        if len(self) == 1 and not self.env.su and not NAMES.issuperset(specification):
            self._count_card_opened()
        return values

    def _count_card_opened(self):
        """Count that the user opens this card.

        :raise UserError: of a pool customer beyond the cards of this day
        """
        # Superuser: read just now with the rights of the user; whose pool it is in is
        # no secret.
        customer = self.sudo()
        user = self.env.user
        if not customer.pool_id or customer.pool_id._has_manager(user):
            return
        if user.has_group("crm_relations.group_custodian"):
            return
        company = customer.company_id or customer.relation_company_id
        company = company or self.env["res.company"]._get_relations_default()
        quotas = self.env["crm.pool.quota"].sudo()
        quota = quotas._get_governing("views", user, company)
        day = customer._get_relation_today()
        count = self.env["crm.pool.view"].sudo()._note(user, customer, day)
        if quota and count > quota.views_per_day:
            raise UserError(
                self.env._(
                    "You have opened %(count)s customers of the pool today, as many as "
                    "you may. %(quota)s: %(rule)s.",
                    count=quota.views_per_day,
                    quota=quota.name,
                    rule=quota.with_env(self.env).sudo().summary,
                )
            )
