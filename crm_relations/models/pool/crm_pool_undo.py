from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class CrmPoolBatch(models.Model):
    """Undo of a batch: what nobody has touched since goes back."""

    _inherit = "crm.pool.batch"

    def undo(self):
        """Give customers back to whom they belonged, if nobody touched them since.

        Their clock starts anew, so that the next night does not take them again.

        :return: ``[{"id": partner id, "ok", "code", "message"}]``, a line a customer;
            codes: ok, touched (owner or pool changed since), no_owner (the former
            salesperson is archived)
        :raise AccessError: the caller is no sales manager
        """
        if not self.env.user.has_group("crm_relations.group_sales_manager"):
            raise AccessError(self.env._("Only sales managers may undo a batch."))
        self.check_access("read")
        answers = []
        for batch in self:
            changes = batch._get_undoable_changes()
            restored = batch.sudo()._restore_untouched(changes.ids)
            answers += batch._get_undo_answers(changes, restored)
            if len(changes) == len(batch.sudo().change_ids):
                batch.sudo().undone_at = fields.Datetime.now()
        return answers

    def _get_undoable_changes(self):
        """Return the lines that the caller may undo: of customers that he may see, and
        for a sales manager those of his own team's salespeople."""
        self.ensure_one()
        changes = self.change_ids.filtered(lambda change: change.kind == "release")
        changes &= self.env["crm.ownership.change"].search([("batch_id", "=", self.id)])
        if self.env.user.has_group("crm_relations.group_relations_manager"):
            return changes
        return changes.filtered(
            lambda change: (
                change.sudo().from_user_id.sale_team_id.user_id == self.env.user
            )
        )

    def _restore_untouched(self, change_ids):
        """Restore by one statement; return the ids of the customers restored."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH untouched AS MATERIALIZED (
                     SELECT change.*
                       FROM crm_ownership_change AS change
                       JOIN res_partner AS partner ON partner.id = change.partner_id
                       JOIN res_users AS owner ON owner.id = change.from_user_id
                      WHERE change.batch_id = %(batch)s AND change.kind = 'release'
                        AND change.id IN %(changes)s
                        AND owner.active AND partner.active
                        AND partner.user_id IS NULL
                        AND partner.pool_id = change.to_pool_id
                        AND NOT EXISTS (
                            SELECT FROM crm_ownership_change AS later
                             WHERE later.partner_id = change.partner_id
                               AND later.id > change.id)
                        FOR NO KEY UPDATE OF partner),
                     restored AS (
                     UPDATE res_partner AS partner
                        SET user_id = untouched.from_user_id, owner_since = %(now)s,
                            pool_id = untouched.from_pool_id, pool_since = NULL
                       FROM untouched
                      WHERE partner.id = untouched.partner_id),
                     contacts AS (
                     UPDATE res_partner AS contact
                        SET user_id = untouched.from_user_id
                       FROM untouched
                      WHERE untouched.contact_ids_moved @> to_jsonb(contact.id)
                        AND contact.commercial_partner_id = untouched.partner_id
                        AND contact.user_id IS NULL),
                     followed AS (
                     INSERT INTO mail_followers (res_model, res_id, partner_id)
                     SELECT 'res.partner', untouched.partner_id, owner.partner_id
                       FROM untouched
                       JOIN res_users AS owner ON owner.id = untouched.from_user_id
                      WHERE untouched.was_follower
                ON CONFLICT DO NOTHING)
                INSERT INTO crm_ownership_change (partner_id, company_id, kind,
                       to_user_id, from_pool_id, batch_id, operator_id, facts,
                       decided_at, create_uid, create_date)
                SELECT partner_id, company_id, 'undo', from_user_id, to_pool_id,
                       batch_id, %(uid)s,
                       jsonb_build_object('code', 'owner_undo', 'user', from_user_id),
                       %(now)s, %(uid)s, %(now)s
                  FROM untouched
             RETURNING partner_id
                """,
                batch=self.id,
                changes=tuple(change_ids) or (0,),
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        ids = [number for (number,) in rows]
        self.env.invalidate_all()
        partners = self.env["res.partner"].browse(ids)
        partners._refresh_release_dates(ids)
        partners._owner_changed("undo")
        return ids

    def _get_undo_answers(self, changes, restored):
        restored = set(restored)
        return [
            self._get_undo_answer(change, change.partner_id.id in restored)
            for change in changes.sorted("id")
        ]

    def _get_undo_answer(self, change, done):
        owner = change.from_user_id
        if done:
            code, message = "ok", self.env._("Back with %(user)s.", user=owner.name)
        elif not owner.active:
            code = "no_owner"
            message = self.env._(
                "%(user)s does not work here any more.", user=owner.name
            )
        else:
            code, message = "touched", self.env._("Somebody has touched it since.")
        return {
            "id": change.partner_id.id,
            "ok": done,
            "code": code,
            "message": message,
        }
