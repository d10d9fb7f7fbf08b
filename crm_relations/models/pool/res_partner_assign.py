from odoo import models

from ...tools.arguments import Answers, Id, Text


class ResPartner(models.Model):
    """Those who run a pool give its customers to salespeople."""

    _inherit = "res.partner"

    def pool_assign(self, user_id: Id, reason: Text = "") -> Answers:
        """Give these pool customers to a salesperson.

        The managers of their pool may, relations managers and administrators. The
        salesperson gets one message, and a full clock. Caps hold; claims per day and
        cool-down do not: the manager answers for it.

        :param user_id: id of the new owner
        :param reason: why; kept in the history
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given, never raised
            for one of them; codes: ok; missing (no such record); no_right (one does not
            run its pool); taken (it has an owner: who, since when); not_in_pool;
            not_member (the salesperson is no member of the pool); cap_reached;
            put_aside (nobody gets it for now); blocked (archived, or what is wrong
            with the salesperson)
        """
        owners = dict.fromkeys(self.ids, user_id or 0)
        _batch, answers = self._assign(owners, "assign", reason)
        return answers

    def _assign(self, owners, kind, reason=""):
        """Check, give and tell.

        :param owners: ``{customer id: id of the new owner}``
        :param kind: assign or distribute
        :return: the batch (empty when nothing moved) and the answers
        """
        refusals = self._get_assign_refusals(owners)
        allowed = {
            number: owner for number, owner in owners.items() if number not in refusals
        }
        return self._give(allowed, refusals, reason or "", None, kind)

    def _get_assign_refusals(self, owners):
        """Return ``{id: (code, message)}`` of what cannot be given."""
        refusals = self._get_aside_refusals() | self._get_pool_refusals()
        users = self._get_receivers(set(owners.values()))
        # Superuser: state, company and pool of customers whose pool the caller runs.
        partners = self.sudo().browse(n for n in owners if n not in refusals)
        for partner in partners:
            user = users[owners[partner.id]]
            if message := partner._get_receiver_refusal(user):
                refusals[partner.id] = ("blocked", message)
            elif not partner.pool_id._has_member(user):
                message = self.env._(
                    "%(user)s is no member of the pool %(pool)s.",
                    user=user.name,
                    pool=partner.pool_id.name,
                )
                refusals[partner.id] = ("not_member", message)
        free = {n: owner for n, owner in owners.items() if n not in refusals}
        return refusals | self._get_cap_refusals(free)

    def _get_pool_refusals(self, outside=False):
        """Return ``{id: (code, message)}`` of those that the caller may not give away
        as one who runs their pool; one statement, and one for rights.

        :param outside: customers in no pool may be meant too, by relations managers
        """
        refusals = {}
        facts = self._get_claim_facts()
        visible = set(self.browse(facts)._filtered_access("read").ids)
        user = self.env.user
        everything = user.has_group("crm_relations.group_relations_manager")
        # Superuser: who runs a pool of another company is looked at as well.
        pools = (
            self.env["crm.pool"]
            .sudo()
            .browse({fact["pool_id"] for fact in facts.values() if fact["pool_id"]})
        )
        mine = {pool.id for pool in pools if pool._has_manager(user)}
        for number in self.ids:
            if number not in facts:
                refusal = ("missing", self.env._("It does not exist any more."))
            elif number not in visible:
                refusal = ("no_right", self.env._("You may not see this customer."))
            else:
                refusal = self._get_pool_refusal(
                    facts[number], mine, outside and everything
                )
            if refusal:
                refusals[number] = refusal
        return refusals

    def _get_pool_refusal(self, facts, mine, outside):
        """Return ``(code, message)`` of what stands against one customer, or None.

        :param mine: ids of the pools that the caller runs
        :param outside: whether it needs not be in a pool
        """
        if not facts["manageable"]:
            message = self.env._("It is archived, or no managed customer.")
            return "blocked", message
        if facts["user_id"]:
            return "taken", self._get_taken_message(facts)
        if not facts["pool_id"]:
            message = self.env._("It is in no pool.")
            return None if outside else ("not_in_pool", message)
        if facts["pool_id"] not in mine:
            message = self.env._("Only the managers of its pool may do this.")
            return "no_right", message
        return None
