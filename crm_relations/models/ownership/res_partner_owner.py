from odoo import api, fields, models
from odoo.tools import SQL

# What is written when a customer gets, loses or changes its owner.
DECISIVE = frozenset(("user_id", "is_managed_customer", "parent_id", "is_company"))


class ResPartner(models.Model):
    """Every change of owner leaves a line, and takes the contacts along."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        # Superuser: the ledger is written by nobody.
        partners.sudo().filtered("user_id")._record_owner_changes({}, kind="create")
        return partners

    def _before_write(self, vals):
        memory = super()._before_write(vals)
        if DECISIVE.isdisjoint(vals):
            return memory
        if not self.env.su and not vals.get("user_id", True):
            self._give_up_own()
        # Superuser: whose customer it is, is recorded whoever writes.
        memory["owners"] = {
            partner.id: partner._get_owner_state() for partner in self.sudo()
        }
        if vals.get("user_id"):
            self._leave_pools()
        return memory

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if "owners" in memory:
            # Superuser: as above.
            self.sudo()._record_owner_changes(memory["owners"], kind="edit")
        return result

    def _get_owner_state(self):
        managed = self.is_managed_customer
        pool = self.pool_id if managed else self.env["crm.pool"]
        return self.user_id, pool, managed

    def _give_to(self, user, kind, before):
        """Give these customers to ``user``, with lines of this kind."""
        self._leave_pools()
        result = self._write_unseen({"user_id": user.id})
        self._record_owner_changes(before, kind)
        return result

    def _owner_changed(self, kind):
        """Hook: the owner of these customers has just changed, in whatever way."""

    def _record_owner_changes(self, before, kind):
        """Start the clock, move contacts and write the ledger where the owner changed.

        As many statements for many customers as for one.

        :param before: ``{partner id: (user, pool, managed)}``; a partner that is not in
            it is new
        :param kind: how, as in the ledger of ownership
        """
        self.filtered(
            lambda partner: (
                not partner.is_managed_customer
                and before.get(partner.id, (None, None, True))[2]
                and partner.pool_id
            )
        ).write({"pool_id": False, "pool_since": False})
        changes = self._get_owner_changes(before, kind)
        if changes:
            self._start_clocks(changes)
            self._log_owner_changes(changes, self._move_contacts(changes))
            self.browse(partner.id for partner, *_rest in changes)._owner_changed(kind)

    def _get_owner_changes(self, before, kind):
        """Return ``[(partner, former owner, former pool, kind)]`` of those among these
        whose owner has changed. What was no customer had none."""
        nobody, nowhere = self.env["res.users"], self.env["crm.pool"]
        changes = []
        for partner in self.filtered("is_managed_customer"):
            user, pool, managed = before.get(partner.id, (nobody, nowhere, False))
            former = user if managed else nobody
            if partner.user_id != former:
                how = kind if managed or partner.id not in before else "managed"
                changes.append((partner, former, pool, how))
        return changes

    def _start_clocks(self, changes):
        partners = self.browse(partner.id for partner, *_rest in changes)
        owned = partners.filtered("user_id")
        # Taken into care again by the same owner, it keeps the time that has passed.
        known = self.browse(
            partner.id
            for partner, _user, _pool, how in changes
            if how == "managed" and partner.owner_since
        )
        (owned - known).write({"owner_since": fields.Datetime.now()})
        owned.filtered("pool_id").write({"pool_id": False, "pool_since": False})
        (partners - owned).write({"owner_since": False})

    def _move_contacts(self, changes):
        """Give the contacts that the former owner looked after to the new one.

        By SQL: Odoo's own write would mail each of them and takes milliseconds a
        contact.

        :return: ``{customer id: [contact ids]}``
        """
        self.env["res.partner"].flush_model(["user_id", "commercial_partner_id"])
        moves = SQL(", ").join(
            SQL(
                "(%s, %s::int, %s::int)",
                partner.id,
                user.id or None,
                partner.user_id.id or None,
            )
            for partner, user, _pool, _how in changes
        )
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE res_partner AS contact SET user_id = move.owner
                  FROM (VALUES %s) AS move (customer, former, owner)
                 WHERE contact.commercial_partner_id = move.customer
                   AND contact.id <> move.customer
                   AND contact.user_id IS NOT DISTINCT FROM move.former
             RETURNING contact.id, move.customer
                """,
                moves,
            )
        )
        self.browse(contact for contact, _customer in rows).invalidate_recordset(
            ["user_id"]
        )
        moved = {}
        for contact, customer in rows:
            moved.setdefault(customer, []).append(contact)
        return moved

    def _log_owner_changes(self, changes, moved):
        # Superuser: as above.
        self.env["crm.ownership.change"].sudo().create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": partner._get_own_company().id,
                    "kind": how,
                    "from_user_id": user.id,
                    "to_user_id": partner.user_id.id,
                    "from_pool_id": pool.id,
                    "to_pool_id": partner.pool_id.id,
                    "operator_id": self.env.uid,
                    "contact_ids_moved": moved.get(partner.id),
                    "facts": {"code": f"owner_{how}", "user": partner.user_id.id},
                }
                for partner, user, pool, how in changes
            ]
        )
