from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

UNDOABLE = (
    *("release", "hand_release", "claim", "swap", "transfer", "assign", "distribute"),
    *("move", "import", "beyond_cap"),
)
# Taking back what one has released oneself would start one's clock anew.
OWN = ("transfer", "leaver", "assign", "distribute", "move", "import")


class CrmPoolBatch(models.Model):
    """Undo of a batch: what nobody has touched since goes back."""

    _inherit = "crm.pool.batch"

    def undo(self):
        """Give customers back to whom they belonged, if nobody touched them since.

        With a salesperson their clock starts anew, so that the next night does not
        take them again; in a pool they are since they came there.

        With them goes back what moved along: opportunities, quotations and activities
        that are still open and with the same person. A sales manager may undo what was
        taken from the own team, everybody what they have handed over themselves.

        :return: ``[{"id": partner id, "ok", "code", "message"}]``, a line a customer;
            codes: ok, touched (owner or pool changed since), no_owner (the former
            salesperson is archived), cap_reached (the former salesperson holds as many
            as allowed by now; relations managers may go beyond)
        :raise AccessError: the caller neither manages sales nor did it
        """
        if not self._may_undo():
            raise AccessError(self.env._("Only sales managers may undo a batch."))
        self.check_access("read")
        answers = []
        for batch in self:
            lines = batch._get_undoable_changes()
            changes = lines._get_last_of_each()
            full = batch._get_full_receivers(changes)
            full = batch._get_half_refusals(changes, full) | full
            fitting = [c.id for c in changes if c.partner_id.id not in full]
            # Superuser: owners are given back by who may undo, decided above.
            restored = batch.sudo()._restore_untouched(fitting)
            left = batch.sudo()._restore_items(changes, restored)
            answers += batch._get_undo_answers(changes, restored, left, full)
            # What nothing came back of can be tried again.
            if restored and len(lines) == len(batch.sudo().change_ids):
                batch.sudo().undone_at = fields.Datetime.now()
        return answers

    def _may_undo(self):
        if self.env.user.has_group("crm_relations.group_sales_manager"):
            return True
        # Superuser: whose work it was decides whether the rest may be read at all.
        return all(batch._is_own_handover() for batch in self.sudo())

    def _is_own_handover(self):
        """Return whether the caller has given these customers away."""
        self.ensure_one()
        return self.kind in OWN and self.user_id.id == self.env.uid

    def _get_undoable_changes(self):
        """Return the lines that the caller may undo: of customers that he may see, and
        for a sales manager those of his own team's salespeople."""
        self.ensure_one()
        # Searched: read through ``change_ids`` they come one by one.
        changes = self.env["crm.ownership.change"].search(
            [("batch_id", "=", self.id), ("kind", "in", UNDOABLE)]
        )
        everything = self.env.user.has_group("crm_relations.group_relations_manager")
        if everything or self._is_own_handover():
            return changes
        # Superuser: who leads whom decides.
        return changes.filtered(
            lambda change: change.sudo()._get_undo_user()._is_led_by(self.env.user)
        )

    def _restore_untouched(self, change_ids):
        """Restore by one statement; return the ids of the customers restored."""
        self.env.flush_all()
        rows = self._turn(
            "undo",
            self._get_untouched_sql(change_ids),
            written=self._get_written_sql(
                pool_since=SQL("COALESCE(turn.pooled_at, %s)", fields.Datetime.now())
            ),
            contacts=self._get_contacts_back_sql(),
            unfollowed=self._get_taker_unfollowed_sql(),
            followed=self._get_followed_again_sql(),
            told=self._get_told_sql("followed"),
            undone=self._get_undone_sql(),
        )
        partners = self.env["res.partner"].browse(number for number, *_rest in rows)
        self.env.invalidate_all()
        self._drop_first_contacts(partners.ids)
        partners._owners_written()
        partners._owner_changed("undo")
        return partners.ids

    def _get_untouched_sql(self, change_ids):
        """Return a SELECT of ``turn``: the other way round than these lines tell, of
        the customers that stand as the lines left them, and have not been elsewhere and
        back since."""
        return SQL(
            """
            SELECT partner.id, change.company_id, change.to_user_id AS from_user_id,
                   change.from_user_id AS to_user_id,
                   change.to_pool_id AS from_pool_id,
                   change.from_pool_id AS to_pool_id, %(facts)s AS facts,
                   change.id AS change_id, change.was_follower,
                   change.contact_ids_moved, (%(pooled_at)s) AS pooled_at
              FROM crm_ownership_change AS change
              JOIN res_partner AS partner ON partner.id = change.partner_id
         LEFT JOIN res_users AS owner ON owner.id = change.from_user_id
             WHERE change.batch_id = %(batch)s AND change.kind IN %(kinds)s
               AND change.id IN %(changes)s
               AND (owner.active OR change.from_user_id IS NULL)
               AND partner.active AND partner.is_managed_customer
               AND partner.user_id IS NOT DISTINCT FROM change.to_user_id
               AND partner.pool_id IS NOT DISTINCT FROM change.to_pool_id
               AND NOT EXISTS (
                   SELECT FROM crm_ownership_change AS later
                    WHERE later.partner_id = change.partner_id
                      AND later.id > change.id)
               FOR NO KEY UPDATE OF partner
            """,
            facts=SQL(
                """
                jsonb_build_object('code', CASE change.kind
                    WHEN 'release' THEN 'owner_undo'
                    WHEN 'transfer' THEN 'owner_transfer_undo'
                    ELSE 'owner_kind_undo' END,
                    'kind', change.kind, 'user', change.from_user_id)
                """
            ),
            pooled_at=self._get_pooled_at_sql(),
            batch=self.id,
            kinds=UNDOABLE,
            changes=tuple(change_ids) or (0,),
        )

    def _get_pooled_at_sql(self):
        """Return a SELECT of when the customer of ``change`` had come into the pool
        from which it was taken."""
        return SQL(
            """
            SELECT max(earlier.decided_at)
              FROM crm_ownership_change AS earlier
             WHERE earlier.partner_id = change.partner_id
               AND earlier.id < change.id
               AND earlier.to_pool_id = change.from_pool_id
               AND %s
            """,
            self.env["crm.ownership.change"]._get_counted_sql("earlier"),
        )

    def _get_contacts_back_sql(self):
        """Only those that moved along go back, where nobody has given them away."""
        return SQL(
            """
            UPDATE res_partner AS contact
               SET user_id = turn.to_user_id
              FROM turn
             WHERE turn.contact_ids_moved @> to_jsonb(contact.id)
               AND contact.commercial_partner_id = turn.id
               AND contact.user_id IS NOT DISTINCT FROM turn.from_user_id
         RETURNING contact.id, turn.id AS customer_id
            """
        )

    def _get_followed_again_sql(self):
        """Who had lost the customer to a pool follows it again."""
        return SQL(
            """
            INSERT INTO mail_followers (res_model, res_id, partner_id)
            SELECT 'res.partner', turn.id, owner.partner_id
              FROM turn
              JOIN res_users AS owner ON owner.id = turn.to_user_id
             WHERE turn.was_follower AND turn.from_user_id IS NULL
       ON CONFLICT DO NOTHING
         RETURNING id
            """
        )

    def _get_taker_unfollowed_sql(self):
        """Who had taken the customer from a pool follows it no more."""
        return SQL(
            """
            DELETE FROM mail_followers AS follower
             USING turn, res_users AS taker
             WHERE turn.to_user_id IS NULL AND taker.id = turn.from_user_id
               AND follower.res_model = 'res.partner' AND follower.res_id = turn.id
               AND follower.partner_id = taker.partner_id
         RETURNING follower.res_id AS id, turn.id AS customer_id
            """
        )

    def _get_undone_sql(self):
        """All lines of the customer: there are several where others were merged into
        it."""
        return SQL(
            """
            UPDATE crm_ownership_change AS change SET is_undone = TRUE
              FROM turn
             WHERE change.partner_id = turn.id AND change.batch_id = %s
               AND change.kind IN %s
            """,
            self.id,
            UNDOABLE,
        )
