from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class CrmPoolBatch(models.Model):
    """What one run, or one person at once, did to owners; it can be undone."""

    _name = "crm.pool.batch"
    _description = "Batch of changes of owner"
    _order = "date desc, id desc"

    kind = fields.Selection(
        selection=[("release", "Nightly release")], required=True, readonly=True
    )
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Operator", readonly=True
    )
    change_ids = fields.One2many(
        comodel_name="crm.ownership.change",
        inverse_name="batch_id",
        string="Changes",
        domain=[("kind", "!=", "undo")],
    )
    change_count = fields.Integer(string="Customers", compute="_compute_change_count")
    undone_at = fields.Datetime(string="Undone On", readonly=True)

    _one_a_day = models.UniqueIndex(
        "(kind, date) WHERE kind = 'release' AND undone_at IS NULL",
        "This night's release has a batch already.",
    )

    @api.depends("kind", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for batch in self:
            batch.display_name = f"{labels.get(batch.kind, '')} {batch.date or ''}"

    @api.depends("change_ids")
    def _compute_change_count(self):
        counts = dict(
            self.env["crm.ownership.change"]._read_group(
                [("batch_id", "in", self.ids), ("kind", "!=", "undo")],
                ["batch_id"],
                ["__count"],
            )
        )
        for batch in self:
            batch.change_count = counts.get(batch, 0)

    @api.model
    def _get_of_today(self, kind):
        """Return today's open batch of a nightly job; a resumed run, and another worker
        at the same time, continues it."""
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        domain = [("kind", "=", kind), ("date", "=", today), ("undone_at", "=", False)]
        if not (batch := self.search(domain, limit=1)):
            # Whoever comes second gets a serialization failure, and tries again.
            self.env.execute_query(
                SQL(
                    """
                    INSERT INTO crm_pool_batch (kind, date, user_id, create_uid,
                           create_date, write_uid, write_date)
                    VALUES (%(kind)s, %(today)s, %(uid)s, %(uid)s, %(now)s, %(uid)s,
                           %(now)s)
               ON CONFLICT DO NOTHING
                 RETURNING id
                    """,
                    kind=kind,
                    today=today,
                    uid=self.env.uid,
                    now=fields.Datetime.now(),
                )
            )
            batch = self.search(domain, limit=1)
        return batch

    def action_view_changes(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_ownership_change_action"
        )
        return {**action, "domain": [("batch_id", "=", self.id)], "context": {}}

    def action_undo(self):
        """Undo and say in one sentence what happened."""
        if self.undone_at:
            return self._notify(self.env._("This release has been undone already."))
        answers = self.undo()
        done = sum(answer["ok"] for answer in answers)
        message = self.env._(
            "%(done)s customers went back to their salesperson, %(left)s were touched "
            "since and stay as they are.",
            done=done,
            left=len(answers) - done,
        )
        return self._notify(message, done)

    def _notify(self, message, done=0):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success" if done else "warning",
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

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
