from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, float_compare

# Who takes a customer by these is refused beforehand, customer by customer; should
# that fail, the database refuses.
TAKING = frozenset(("claim", "swap", "transfer", "assign", "distribute", "import"))
# Written together with the rest of the record, which then counts it.
WRITTEN = frozenset(("create", "edit"))
COUNTED = frozenset(
    (
        *["user_id", "is_managed_customer", "parent_id", "active"],
        *["tier_id", "company_id", "relation_company_id"],
    )
)


class ResPartner(models.Model):
    """Every change of owner, tier or state moves the counters along."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        owned = partners.sudo().filtered(lambda p: p.user_id and p.is_managed_customer)
        owned._settle_holdings()
        if not self.env.su:
            owned.sudo(False)._check_caps()
        return partners

    def write(self, vals):
        if COUNTED.isdisjoint(vals):
            return super().write(vals)
        if "user_id" in vals:
            self._lock_in_order()
        before = {} if self.env.su else self._get_holders()
        result = super().write(vals)
        self._settle_holdings()
        if not self.env.su:
            after = self._get_holders()
            taken = [number for number in after if after[number] != before.get(number)]
            self.browse(taken)._check_caps()
        return result

    def unlink(self):
        self.env["crm.pool.holding"].sudo()._unseat(self.ids)
        return super().unlink()

    def _lock_in_order(self):
        """Lock these rows, the lower id before the higher one: whoever changes the same
        owners waits, and neither blocks the other for ever.

        Before anything is written: what Odoo writes along (followers) would meet what
        another one has just written, as an error and not as a conflict to be repeated.
        """
        if self.ids:
            self.env.execute_query(
                SQL(
                    "SELECT id FROM res_partner WHERE id = ANY(%s) ORDER BY id"
                    " FOR NO KEY UPDATE",
                    self.ids,
                )
            )

    def _get_holders(self):
        """Return ``{id: owner}`` of those that count."""
        # Superuser: whose customer it is decides whether one may change it.
        return {
            partner.id: partner.user_id
            for partner in self.sudo()
            if partner.is_managed_customer and partner.active and partner.user_id
        }

    def _owner_changed(self, kind):
        result = super()._owner_changed(kind)
        if kind not in WRITTEN:
            self._settle_holdings(lift=kind not in TAKING)
        return result

    def _segment_changed(self):
        result = super()._segment_changed()
        self._settle_holdings()
        return result

    @api.model
    def _refresh_sales_figures(self, partner_ids=None):
        changed = super()._refresh_sales_figures(partner_ids)
        limits = map(dict, self.env["crm.pool.quota"]._get_limits())
        if partner_ids and any(limit["exempt"] for limit in limits):
            self.browse(partner_ids)._settle_holdings()
        return changed

    def _settle_holdings(self, lift=True):
        """Let these customers count where they now belong.

        :param lift: whether a counter may rise above its cap
        """
        # Superuser: counters are written by nobody.
        self.env["crm.pool.holding"].sudo()._settle(self.ids, lift)

    @api.model
    def _recount_holdings(self, user_ids):
        """Count all customers of these users anew, where the customers that changed
        are not known.

        :return: how many customers and counters were wrong
        """
        return self.env["crm.pool.holding"].sudo()._recount(user_ids)

    def _get_transfer_refusals(self, owners, until=None, reason="-", sharing=False):
        """Who gets a customer needs room for it, whoever gives it."""
        refusals = super()._get_transfer_refusals(owners, until, reason, sharing)
        if sharing:
            return refusals
        free = {
            number: owner for number, owner in owners.items() if number not in refusals
        }
        return refusals | self._get_cap_refusals(free)

    def _check_caps(self):
        """Refuse if somebody who has just taken one of these customers now holds more
        than allowed.

        :raise ValidationError: names the salesperson, the quota and the numbers
        """
        if not self.ids or not self.env["crm.pool.quota"]._get_limits():
            return
        rows = self.env.execute_query(
            SQL(
                """
                SELECT holding.id
                  FROM crm_pool_seat AS seat
                  JOIN crm_pool_holding AS holding
                    ON holding.user_id = seat.user_id
                   AND holding.quota_id = seat.quota_id
                 WHERE seat.partner_id = ANY(%s) AND seat.weight > 0
                   AND holding.held > holding.cap
              ORDER BY holding.id
                 LIMIT 1
                """,
                self.ids,
            )
        )
        for (number,) in rows:
            holding = self.env["crm.pool.holding"].sudo().browse(number)
            message = self._get_cap_message(holding.user_id, holding.quota_id)
            raise ValidationError(message)

    @api.model
    def _get_cap_refusals(self, owners, freed=()):
        """Return which customers their new owners may not take for the cap, in the
        order given: as many as fit are let through. One statement.

        :param owners: ``{customer id: id of the new owner}``
        :param freed: ids of customers that the new owner gives up for them
        :return: ``{customer id: (code, message)}``, the code always cap_reached
        """
        if not owners or not self.env["crm.pool.quota"]._get_limits():
            return {}
        room, refusals = {}, {}
        for partner_id, user_id, quota_id, weight, left in self._get_room(
            owners, freed
        ):
            left = room.get((user_id, quota_id), left)
            if float_compare(weight, left, precision_digits=2) > 0:
                user = self.env["res.users"].sudo().browse(user_id)
                quota = self.env["crm.pool.quota"].sudo().browse(quota_id)
                message = self._get_cap_message(user, quota)
                refusals[partner_id] = ("cap_reached", message)
                continue
            room[user_id, quota_id] = left - weight
        return refusals

    @api.model
    def _get_room(self, owners, freed):
        """Return, for each customer that would count, ``(customer, new owner, quota,
        weight, room left for the owner in the quota)``."""
        holdings = self.env["crm.pool.holding"].sudo()
        self.env["res.partner"].flush_model()
        self.env["res.users"].flush_model(["sale_team_id"])
        return self.env.execute_query(
            SQL(
                """
                WITH affected AS MATERIALIZED (
                     SELECT * FROM unnest(%(ids)s::int[], %(owners)s::int[])
                                   WITH ORDINALITY AS given (id, owner, number)),
                     quota AS MATERIALIZED (%(quotas)s)
                SELECT seat.partner_id, seat.user_id, seat.quota_id,
                       seat.weight::float8,
                       (quota.cap - COALESCE(holding.held, 0) + COALESCE((
                        SELECT sum(own.weight)
                          FROM crm_pool_seat AS own
                         WHERE own.partner_id = ANY(%(freed)s)
                           AND own.user_id = seat.user_id
                           AND own.quota_id = seat.quota_id), 0))::float8
                  FROM (%(seats)s) AS seat
                  JOIN affected ON affected.id = seat.partner_id
                  JOIN quota ON quota.id = seat.quota_id
             LEFT JOIN crm_pool_holding AS holding
                    ON holding.user_id = seat.user_id
                   AND holding.quota_id = seat.quota_id
                 WHERE NOT EXISTS (
                       SELECT FROM crm_pool_seat AS own
                        WHERE own.partner_id = seat.partner_id
                          AND own.user_id = seat.user_id)
                   AND seat.weight > 0
              ORDER BY affected.number
                """,
                ids=list(owners),
                owners=list(owners.values()),
                quotas=holdings._get_quotas_sql(),
                freed=list(freed),
                seats=holdings._get_seats_sql(owner=SQL("affected.owner")),
            )
        )

    @api.model
    def _get_cap_message(self, user, quota):
        """Return why ``user`` gets no further customer, as a sentence."""
        values = {"user": user.name, "quota": quota.name, "rule": quota.summary}
        if user == self.env.user:
            return self.env._(
                "You hold as many customers as you may. %(quota)s: %(rule)s.", **values
            )
        return self.env._(
            "%(user)s holds as many customers as allowed. %(quota)s: %(rule)s.",
            **values,
        )
