from odoo import models

from ...tools.arguments import Answers, Id, Text


class ResPartner(models.Model):
    """Move customers from pool to pool."""

    _inherit = "res.partner"

    def pool_move(self, pool_id: Id = None, reason: Text = "") -> Answers:
        """Move these customers into another pool.

        The managers of the pool that a customer is in may; relations managers and
        administrators also put those into a pool that are in none and have no owner.

        :param pool_id: id of the pool; empty: for each the one into whose territory it
            belongs
        :param reason: why; kept in the history
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given, never raised
            for one of them; codes: ok; missing; no_right (one does not run its pool);
            taken (it has an owner: who, since when); not_in_pool; blocked (it is in
            that pool already, no pool takes it, the pool is archived or of another
            company, somebody is changing it at this moment)
        """
        _batch, answers = self._move_by_hand(pool_id, reason)
        return answers

    def _move_by_hand(self, pool_id=None, reason=""):
        """Check and move; return the batch (empty when nothing moved) and the
        answers."""
        refusals, pools = self._get_move_plan(pool_id)
        batch = self.env["crm.pool.batch"]
        if pools:
            # Superuser: ledgers and batches are written by nobody; who may was decided.
            batch = batch.sudo()._create_transfer("move", reason or "", None)
            placed = batch._place(pools, (reason or "").strip())
            busy = self.env._("Somebody is changing it at this moment: try again.")
            refusals |= {
                number: ("blocked", busy) for number in set(pools) - set(placed)
            }
            batch = batch if placed else batch._drop()
        # Superuser: the name of the pool into which one may move a customer.
        names = self.env["crm.pool"].sudo().browse(set(pools.values()))
        names = {pool.id: pool.name for pool in names}
        messages = {
            number: self.env._("Moved to the pool %(pool)s.", pool=names[pool])
            for number, pool in pools.items()
        }
        return batch.sudo(False), self._get_transfer_answers(refusals, messages)

    def _get_move_plan(self, pool_id=None):
        """Return ``{id: (code, message)}`` of those that stay, and ``{id: id of the
        pool}`` of the others."""
        refusals = self._get_pool_refusals(outside=True)
        free = self.browse(number for number in self.ids if number not in refusals)
        pools, no_pool = free._get_release_pools(pool_id)
        refusals |= no_pool
        # Superuser: where customers are whose pool the caller runs.
        for partner in self.sudo().browse(pools):
            if partner.pool_id.id == pools[partner.id]:
                message = self.env._(
                    "It is in the pool %(pool)s already.", pool=partner.pool_id.name
                )
                refusals[partner.id] = ("blocked", message)
        return refusals, {n: pool for n, pool in pools.items() if n not in refusals}
