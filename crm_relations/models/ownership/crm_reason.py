from odoo import models


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _get_fact_links(self):
        return super()._get_fact_links() | {
            "pool": "crm.pool",
            "user": "res.users",
            "customer": "res.partner",
        }

    def _sentence_owner_create(self, facts):
        return self.env._("Assigned when the customer was created.")

    def _sentence_owner_edit(self, facts):
        if not facts.get("user"):
            return self.env._("The salesperson was removed by hand.")
        return self.env._("The salesperson was changed by hand.")

    def _sentence_owner_managed(self, facts):
        return self.env._("Taken into care with its salesperson.")

    def _sentence_owner_merge(self, facts):
        return self.env._("Came with a customer that was merged into this one.")

    def _sentence_owner_join(self, facts):
        customer = self._get_linked(facts, "customer")
        return self.env._(
            "Became a contact of %(customer)s.", customer=customer.name or ""
        )

    def _sentence_owner_undo(self, facts):
        return self.env._("A release was undone.")

    def _sentence_owner_transfer(self, facts):
        return self.env._("Handed over: %(note)s", note=facts.get("note") or "")

    def _sentence_owner_transfer_undo(self, facts):
        return self.env._("A hand-over was undone.")

    def _sentence_owner_kind_undo(self, facts):
        kinds = self.env["crm.ownership.change"]._fields["kind"]
        kinds = dict(kinds._description_selection(self.env))
        return self.env._("Undone: %(kind)s.", kind=kinds.get(facts.get("kind"), ""))

    def _sentence_pool_territory(self, facts):
        pool = self._get_linked(facts, "pool")
        return self.env._(
            "It belongs to the territory of the pool %(pool)s.", pool=pool.name or ""
        )

    def _sentence_owner_claim(self, facts):
        pool = self._get_linked(facts, "pool")
        return self.env._("Taken from the pool %(pool)s.", pool=pool.name or "")

    def _sentence_owner_swap(self, facts):
        pool = self._get_linked(facts, "pool")
        if facts.get("user"):
            return self.env._(
                "Taken from the pool %(pool)s, another customer given up for it.",
                pool=pool.name or "",
            )
        return self.env._(
            "Given up for another customer, into the pool %(pool)s.",
            pool=pool.name or "",
        )

    def _sentence_owner_hand_release(self, facts):
        return self.env._("Released by hand: %(note)s", note=facts.get("note") or "")

    def _sentence_owner_assign(self, facts):
        return self._get_noted_sentence(self.env._("Assigned from the pool."), facts)

    def _sentence_owner_distribute(self, facts):
        return self._get_noted_sentence(self.env._("Distributed from the pool."), facts)

    def _sentence_owner_move(self, facts):
        return self._get_noted_sentence(self.env._("Moved to another pool."), facts)

    def _sentence_owner_beyond_cap(self, facts):
        user = self._get_linked(facts, "user")
        return self.env._(
            "It became a customer by trading with us, and %(user)s holds as many "
            "customers as allowed.",
            user=user.name or "",
        )

    def _sentence_owner_import(self, facts):
        return self.env._("Imported into the pool.")

    def _get_noted_sentence(self, sentence, facts):
        return f"{sentence} {facts.get('note') or ''}".strip()
