from odoo import models
from odoo.exceptions import ValidationError

from ...tools.arguments import Answers, Id, Text
from ...tools.sentences import join_words


class ResPartner(models.Model):
    """Give customers up by hand, into the pool of their territory."""

    _inherit = "res.partner"

    def pool_release(self, reason: Text, pool_id: Id = None) -> Answers:
        """Release these customers into a pool, with all that hangs on their owner.

        The owner of a customer may, the leader of the owner's team, relations managers
        and administrators. A thousand customers take as many statements as one.

        :param reason: why; kept in the history
        :param pool_id: id of a pool that the caller uses, as a member or as who runs
            it; empty: for each the one into whose territory it belongs
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given, never raised
            for one of them; codes: ok; missing (no such record); no_right (not one's
            own, nor of one's own team); protected (by somebody else, until when);
            blocked (the message says by what: an open matter that its recycling rule
            respects, no salesperson, no pool takes it, the pool is archived, of another
            company or none that the caller uses, no reason given, somebody is changing
            it at this moment)
        """
        _batch, answers = self._release_by_hand(reason, pool_id)
        return answers

    def _release_by_hand(self, reason, pool_id=None):
        """Check and release; return the batch (empty when nothing moved) and the
        answers."""
        refusals = self._get_release_refusals(reason)
        free = self.browse(number for number in self.ids if number not in refusals)
        pools, no_pool = free._get_pools_to_release_into(pool_id)
        refusals |= no_pool
        batch = self.env["crm.pool.batch"]
        if pools:
            # Superuser: ledgers and batches are written by nobody; who may was decided.
            batch = batch.sudo()._create_transfer("hand_release", reason, None)
            released = batch._release_into(pools, reason.strip())
            busy = self.env._("Somebody is changing it at this moment: try again.")
            refusals |= {
                number: ("blocked", busy) for number in set(pools) - set(released)
            }
            batch = batch if released else batch._drop()
        names = self.env["crm.pool"].sudo().browse(set(pools.values()))
        names = {pool.id: pool.with_env(self.env).sudo().name for pool in names}
        messages = {
            number: self.env._("Released into the pool %(pool)s.", pool=names[pool])
            for number, pool in pools.items()
        }
        return batch.sudo(False), self._get_transfer_answers(refusals, messages)

    def _give_up(self):
        """Release them as by the button: into the pool of their territory.

        :raise ValidationError: what stands against it
        """
        result = super()._give_up()
        _batch, answers = self._release_by_hand(self.env._("Given up"))
        for answer in answers:
            if not answer["ok"]:
                raise ValidationError(
                    self.env._(
                        "%(customer)s cannot be left without salesperson: hand it over "
                        "to a colleague, or release it into a pool. %(message)s",
                        customer=self.browse(answer["id"]).display_name,
                        message=answer["message"],
                    )
                )
        return result

    def _get_release_refusals(self, reason):
        """Return ``{id: (code, message)}`` of what the caller cannot release by hand,
        whatever the pool."""
        refusals = {}
        known = self.exists()
        for number in set(self.ids) - set(known.ids):
            refusals[number] = ("missing", self.env._("It does not exist any more."))
        givable = known._filter_givable()
        for partner in known - givable:
            message = self.env._(
                "Only its salesperson, the leader of the team or a "
                "relations manager may do this."
            )
            refusals[partner.id] = ("no_right", message)
        # Superuser: state and open matters of customers that the caller may give away.
        general = self._get_general_refusal(None, reason)
        matters = givable.sudo()._get_blocking_matters()
        protected = givable.sudo()._get_protected_until()
        for partner in givable.sudo():
            message = general or partner._get_no_release(matters.get(partner.id))
            if message:
                refusals[partner.id] = ("blocked", message)
            elif partner.id in protected and partner.user_id != self.env.user:
                message = self.env._(
                    "It is protected until %(day)s.",
                    day=self.env.user._tell_day(protected[partner.id]),
                )
                refusals[partner.id] = ("protected", message)
        return refusals

    def _get_no_release(self, matters):
        """Return what stands against releasing this customer, or None."""
        if not self.is_managed_customer or not self.active:
            return self.env._("It is archived, or no managed customer.")
        if self.pool_id:
            return self.env._("It is in the pool %(pool)s.", pool=self.pool_id.name)
        if not self.user_id:
            return self.env._("It has no salesperson: move it into a pool.")
        if matters:
            return self.env._(
                "There is %(matters)s.", matters=join_words(self.env, matters)
            )
        return None

    def _get_pools_to_release_into(self, pool_id=None):
        """Return the same as ``_get_release_pools``, of pools that the caller uses."""
        pools, no_pool = self._get_release_pools(pool_id)
        if pools and pool_id and pool_id not in self.env["crm.pool"]._get_of_user().ids:
            message = self.env._("You are neither member nor manager of this pool.")
            return {}, no_pool | dict.fromkeys(pools, ("blocked", message))
        return pools, no_pool

    def _get_release_pools(self, pool_id=None):
        """Return where these customers would go: ``{id: id of the pool}``, and
        ``{id: (code, message)}`` of those whom no pool takes; three statements."""
        if pool_id:
            return self._get_chosen_pool(pool_id)
        best = self.env["crm.pool"]._get_best_pools(self.ids)
        message = self.env._("It belongs into the territory of no pool.")
        lost = {number for number in self.ids if number not in best}
        return best, dict.fromkeys(lost, ("blocked", message))

    def _get_chosen_pool(self, pool_id):
        # Superuser: which pools there are is a matter of territory, not of rights.
        pool = self.env["crm.pool"].sudo().browse(pool_id).exists()
        if not pool.active:
            message = self.env._("This pool is archived, or does not exist.")
            return {}, dict.fromkeys(self.ids, ("blocked", message))
        message = self.env._("The pool %(pool)s is of another company.", pool=pool.name)
        # Superuser: the company whose rules judge a customer.
        alien = {
            partner.id: ("blocked", message)
            for partner in self.sudo()
            if pool.company_id and pool.company_id != partner._get_own_company()
        }
        return {n: pool.id for n in self.ids if n not in alien}, alien
