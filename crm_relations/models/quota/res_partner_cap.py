from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, float_compare


class ResPartner(models.Model):
    """Who is to get a customer needs room for it, whoever gives it."""

    _inherit = "res.partner"

    def _get_transfer_refusals(self, owners, until=None, reason="-", sharing=False):
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
                  JOIN res_partner AS partner ON partner.id = seat.partner_id
                 WHERE seat.partner_id = ANY(%s) AND seat.weight > 0
                   AND holding.held > holding.cap AND %s
              ORDER BY holding.id
                 LIMIT 1
                """,
                self.ids,
                self._get_owned_sql("partner"),
            )
        )
        for (number,) in rows:
            # Superuser: the counter that stands against it, to be told.
            holding = self.env["crm.pool.holding"].sudo().browse(number)
            message = self._get_cap_message(holding.user_id, holding.quota_id)
            raise ValidationError(message)

    @api.model
    def _get_cap_refusals(self, owners, freed=()):
        """One statement."""
        refusals = super()._get_cap_refusals(owners, freed)
        if not owners or not self.env["crm.pool.quota"]._get_limits():
            return refusals
        room = {}
        for partner_id, user_id, quota_id, weight, left in self._get_room(
            owners, freed
        ):
            left = room.get((user_id, quota_id), left)
            if float_compare(weight, left, precision_digits=2) > 0:
                # Superuser: names, to be told.
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
        # Superuser: counters are read by nobody.
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
                       (quota.cap - COALESCE(holding.held, 0)
                        + COALESCE((%(freed)s), 0))::float8
                  FROM (%(seats)s) AS seat
                  JOIN affected ON affected.id = seat.partner_id
                  JOIN quota ON quota.id = seat.quota_id
                  JOIN res_partner AS partner ON partner.id = seat.partner_id
             LEFT JOIN crm_pool_holding AS holding
                    ON holding.user_id = seat.user_id
                   AND holding.quota_id = seat.quota_id
                 WHERE NOT EXISTS (
                       SELECT FROM crm_pool_seat AS own
                        WHERE own.partner_id = seat.partner_id
                          AND own.user_id = seat.user_id)
                   AND seat.weight > 0 AND %(owned)s
              ORDER BY affected.number
                """,
                ids=list(owners),
                owners=list(owners.values()),
                quotas=holdings._get_quotas_sql(),
                freed=self._get_freed_sql(freed),
                owned=self._get_owned_sql("partner"),
                seats=holdings._get_seats_sql(owner=SQL("affected.owner")),
            )
        )

    @api.model
    def _get_freed_sql(self, partner_ids):
        """Return a SELECT of the room that these customers leave in the quota of
        ``seat``, since they go in the same act."""
        return SQL(
            """
            SELECT sum(own.weight)
              FROM crm_pool_seat AS own
             WHERE own.partner_id = ANY(%s)
               AND own.user_id = seat.user_id AND own.quota_id = seat.quota_id
            """,
            list(partner_ids),
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
