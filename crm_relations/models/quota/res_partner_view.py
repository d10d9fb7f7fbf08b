from odoo import models
from odoo.exceptions import UserError

from ...tools.counted import tell_customers

# What names a customer is no card: a link, a search, a list of names.
NAMES = frozenset(("id", "name", "display_name"))


class ResPartner(models.Model):
    """Cards of pool customers are counted when they are opened, and limited.

    A form reads its one record by ``web_read``; lists and boards read by other methods,
    and what is private of a pool customer is masked there. Who runs the pool and who
    keeps the archive opens as many as there are.
    """

    _inherit = "res.partner"

    def web_read(self, specification):
        values = super().web_read(specification)
        if len(self) == 1 and self._is_card(specification):
            self._count_card_opened()
        return values

    # Opening a card writes: Odoo would read it in a transaction that cannot.
    web_read._readonly = False

    def _is_card(self, specification):
        """Return whether somebody opens it: not a name only, not a form that asks what
        a value not yet saved would bring, nor a list of one (it is read-only)."""
        saved = isinstance(self.id, int) and not self.env.cr.readonly
        return saved and not self.env.su and not NAMES.issuperset(specification)

    def _count_card_opened(self):
        """Count that the user opens this card.

        :raise UserError: of a pool customer beyond the cards of this day
        """
        # Superuser: read just now with the rights of the user; whose pool it is in is
        # no secret.
        customer = self.sudo()
        user = self.env.user
        if not (customer.is_managed_customer and customer.pool_id):
            return
        if customer.pool_id._has_manager(user):
            return
        if user.has_group("crm_relations.group_custodian"):
            return
        views = self.env["crm.pool.view"].sudo()
        day = customer._get_relation_today()
        quota = customer._get_views_quota(user)
        count, opened = views._get_opened(user, customer, day, quota.company_id)
        if opened:
            return
        if quota and count >= quota.views_per_day:
            raise UserError(
                self.env._(
                    "You have opened %(customers)s of the pool today, as many as "
                    "you may. %(quota)s: %(rule)s.",
                    customers=tell_customers(self.env, count),
                    quota=quota.name,
                    rule=quota.summary,
                )
            )
        views._note(user, customer, day)

    def _get_views_quota(self, user):
        company = self._get_relation_company()
        return self.env["crm.pool.quota"]._get_governing("views", user, company)
