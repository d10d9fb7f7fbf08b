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
        candidates = {
            partner: users.filtered(partner._is_receiver).ids for partner in self.sudo()
        }
        room = self._get_room_of_candidates(candidates)
        offers = [
            (partner.id, [user for user in some if room[user]])
            for partner, some in candidates.items()
        ]
        most = max(room.values(), default=0) + 1
        if method == "room":
            held = {user: most - left for user, left in room.items()}
            given = distribute(offers, held, dict.fromkeys(room, most))
        else:
            given = distribute(offers, dict.fromkeys(room, 0), room)
        return {number: user for number, user in given.items() if user}

    def _is_receiver(self, user):
        """Return whether ``user`` is a member of the pool who may have this one."""
        is_member = self.pool_id._has_member(user)
        # Superuser: for which companies a colleague works.
        return is_member and not self._get_receiver_refusal(user.sudo())

    def _get_room_of_candidates(self, candidates):
        """Return ``{user id: how many of what he could get the cap leaves}``."""
        return {
            user: len(some) - len(self.browse(some)._get_cap_refusals(some))
            for user, some in self._group_candidates(candidates).items()
        }

    def _group_candidates(self, candidates):
        """Return ``{user id: {customer id: user id}}`` of those whom each could get."""
        owners = {}
        for partner, users in candidates.items():
            for user in users:
                owners.setdefault(user, {})[partner.id] = user
        return owners
