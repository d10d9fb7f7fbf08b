from odoo import models

from ...tools.distribution import distribute


class ResPartner(models.Model):
    """Who of several would get which customers of a pool."""

    _inherit = "res.partner"

    def _propose_owners(self, users, method):
        """Return ``{customer id: id of the new owner}``; missing where nobody has room
        or is a member of its pool. Two statements, and one a salesperson.

        :param method: "one" or "evenly" (as many for everybody), or "room" (most to
            whom the cap leaves most)
        """
        # Superuser: pool and company of customers whose pool the caller runs.
        partners = self.sudo()
        candidates = {
            partner: [
                user.id
                for user in users
                if partner.pool_id._has_member(user)
                and not partner._get_receiver_refusal(user.sudo())
            ]
            for partner in partners
        }
        room = {
            user: len(some) - len(self.browse(some)._get_cap_refusals(some))
            for user, some in self._group_candidates(candidates).items()
        }
        most = max(room.values(), default=0) + 1
        full = {user for user, left in room.items() if not left}
        given = distribute(
            [
                (partner.id, [user for user in some if user not in full])
                for partner, some in candidates.items()
            ],
            {
                user: most - left if method == "room" else 0
                for user, left in room.items()
            },
            {user: most if method == "room" else left for user, left in room.items()},
        )
        return {number: user for number, user in given.items() if user}

    def _group_candidates(self, candidates):
        """Return ``{user id: {customer id: user id}}`` of those whom each could get."""
        owners = {}
        for partner, users in candidates.items():
            for user in users:
                owners.setdefault(user, {})[partner.id] = user
        return owners
