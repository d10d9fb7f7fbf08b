from odoo import models
from odoo.tools import SQL, float_compare, float_round


class ResPartner(models.Model):
    """Whoever starts to trade with us becomes a customer, and counts.

    No order is refused for a cap: if the salesperson of the contact is full, the
    customer goes to the public pool of its territory, or stays without salesperson
    where no pool takes it.
    """

    _inherit = "res.partner"

    def _become_managed_customers(self):
        customers = super()._become_managed_customers()
        customers._leave_beyond_cap()
        return customers

    def _leave_beyond_cap(self):
        """Take those of these customers from their salespeople that do not fit into
        the caps; the first ones stay."""
        owned = self.filtered("user_id")
        if not owned:
            return
        limits = map(dict, self.env["crm.pool.quota"]._get_limits())
        if any(limit["exempt"] for limit in limits):
            # The order that makes it a customer is one by which it may be exempt.
            self.env["res.partner"]._refresh_sales_figures(owned.ids)
        leaving = owned._find_beyond_cap()
        if not leaving:
            return
        pools, _no_pool = leaving._get_release_pools()
        if pools:
            batch = self.env["crm.pool.batch"]._create_transfer("beyond_cap", "", None)
            batch._release_into(pools, "", "beyond_cap")
        for customer in leaving.filtered("user_id"):
            before = {customer.id: customer._get_owner_state()}
            customer._give_to(self.env["res.users"], "edit", before)
            customer._settle_holdings()

    def _find_beyond_cap(self):
        room, beyond = {}, self.browse()
        for partner_id, user_id, quota_id, weight, left in self._get_seats_taken():
            key = user_id, quota_id
            left = room.get(key, left)
            if float_compare(weight, left, precision_digits=2) > 0:
                beyond |= self.browse(partner_id)
                continue
            room[key] = float_round(left - weight, precision_digits=2)
        return beyond

    def _get_seats_taken(self):
        """Return, for each of these customers that counts, ``(customer, owner, quota,
        weight, room that the owner had without all of these)``; one statement."""
        if not self.env["crm.pool.quota"]._get_limits():
            return []
        self.env["res.partner"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT seat.partner_id, seat.user_id, seat.quota_id,
                       seat.weight::float8,
                       (holding.cap - holding.held + sum(seat.weight) OVER (
                        PARTITION BY seat.user_id, seat.quota_id))::float8
                  FROM crm_pool_seat AS seat
                  JOIN crm_pool_holding AS holding
                    ON holding.user_id = seat.user_id
                   AND holding.quota_id = seat.quota_id
                 WHERE seat.partner_id = ANY(%s) AND seat.weight > 0
              ORDER BY array_position(%s::int[], seat.partner_id)
                """,
                self.ids,
                self.ids,
            )
        )
