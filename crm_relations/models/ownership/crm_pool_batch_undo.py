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
            changes = batch._get_undoable_changes()
            full = batch._get_full_receivers(changes)
            full = batch._get_half_refusals(changes, full) | full
            fitting = [c.id for c in changes if c.partner_id.id not in full]
            restored = batch.sudo()._restore_untouched(fitting)
            left = batch.sudo()._restore_items(changes, restored)
            answers += batch._get_undo_answers(changes, restored, left, full)
            if len(changes) == len(batch.sudo().change_ids):
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
        return changes.filtered(
            lambda change: (
                change.sudo()._get_undo_user().sale_team_id.user_id == self.env.user
            )
        )

    def _restore_untouched(self, change_ids):
        """Restore by one statement; return the ids of the customers restored."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH untouched AS MATERIALIZED (
                     SELECT change.*, partner.user_id AS holder_id,
                            (SELECT max(earlier.decided_at)
                               FROM crm_ownership_change AS earlier
                              WHERE earlier.partner_id = change.partner_id
                                AND earlier.id < change.id
                                AND earlier.to_pool_id = change.from_pool_id
                                AND %(counted)s) AS pooled_at
                       FROM crm_ownership_change AS change
                       JOIN res_partner AS partner ON partner.id = change.partner_id
                  LEFT JOIN res_users AS owner ON owner.id = change.from_user_id
                      WHERE change.batch_id = %(batch)s AND change.kind IN %(kinds)s
                        AND change.id IN %(changes)s
                        AND (owner.active OR change.from_user_id IS NULL)
                        AND partner.active
                        AND partner.user_id IS NOT DISTINCT FROM change.to_user_id
                        AND partner.pool_id IS NOT DISTINCT FROM change.to_pool_id
                        AND NOT EXISTS (
                            SELECT FROM crm_ownership_change AS later
                             WHERE later.partner_id = change.partner_id
                               AND later.id > change.id)
                        FOR NO KEY UPDATE OF partner),
                     restored AS (
                     UPDATE res_partner AS partner
                        SET user_id = untouched.from_user_id,
                            owner_since = CASE WHEN untouched.from_user_id IS NOT NULL
                                          THEN %(now)s END,
                            pool_id = untouched.from_pool_id,
                            pool_since = CASE WHEN untouched.from_pool_id IS NOT NULL
                                         THEN COALESCE(untouched.pooled_at, %(now)s) END
                       FROM untouched
                      WHERE partner.id = untouched.partner_id),
                     contacts AS (
                     UPDATE res_partner AS contact
                        SET user_id = untouched.from_user_id
                       FROM untouched
                      WHERE untouched.contact_ids_moved @> to_jsonb(contact.id)
                        AND contact.commercial_partner_id = untouched.partner_id
                        AND contact.user_id IS NOT DISTINCT FROM untouched.holder_id),
                     followed AS (
                     INSERT INTO mail_followers (res_model, res_id, partner_id)
                     SELECT 'res.partner', untouched.partner_id, owner.partner_id
                       FROM untouched
                       JOIN res_users AS owner ON owner.id = untouched.from_user_id
                      WHERE untouched.was_follower AND untouched.to_user_id IS NULL
                ON CONFLICT DO NOTHING),
                     unfollowed AS (
                     DELETE FROM mail_followers AS follower
                      USING untouched, res_users AS taker
                      WHERE untouched.from_user_id IS NULL
                        AND taker.id = untouched.to_user_id
                        AND follower.res_model = 'res.partner'
                        AND follower.res_id = untouched.partner_id
                        AND follower.partner_id = taker.partner_id),
                     undone AS (
                     UPDATE crm_ownership_change AS change
                        SET is_undone = TRUE
                       FROM untouched
                      WHERE change.id = untouched.id)
                INSERT INTO crm_ownership_change (partner_id, company_id, kind,
                       from_user_id, to_user_id, from_pool_id, to_pool_id, batch_id,
                       operator_id, facts, decided_at, create_uid, create_date)
                SELECT partner_id, company_id, 'undo', to_user_id, from_user_id,
                       to_pool_id, from_pool_id, batch_id, %(uid)s,
                       jsonb_build_object('code', CASE kind WHEN 'release'
                       THEN 'owner_undo' WHEN 'transfer' THEN 'owner_transfer_undo'
                       ELSE 'owner_kind_undo' END, 'kind', kind,
                       'user', from_user_id), %(now)s, %(uid)s, %(now)s
                  FROM untouched
             RETURNING partner_id
                """,
                batch=self.id,
                counted=self.env["crm.ownership.change"]._get_counted_sql("earlier"),
                kinds=UNDOABLE,
                changes=tuple(change_ids) or (0,),
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        ids = [number for (number,) in rows]
        self.env.invalidate_all()
        self._drop_first_contacts(ids)
        partners = self.env["res.partner"].browse(ids)
        partners._refresh_release_dates(ids)
        partners._owner_changed("undo")
        return ids
