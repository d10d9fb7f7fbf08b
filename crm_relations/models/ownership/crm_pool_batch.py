from odoo import api, fields, models
from odoo.tools import SQL

# What took customers from salespeople, and what took them from pools.
TAKEN = ("release", "hand_release", "transfer", "leaver")
GIVEN = ("claim", "assign", "distribute", "move")


class CrmPoolBatch(models.Model):
    """What one run, or one person at once, did to owners; it can be undone."""

    _name = "crm.pool.batch"
    _description = "Batch of changes of owner"
    _order = "date desc, id desc"

    kind = fields.Selection(
        selection=[
            ("release", "Nightly release"),
            ("transfer", "Hand-over"),
            ("leaver", "Hand-over of a leaver"),
            ("hand_release", "Release by hand"),
            ("claim", "Claim"),
            ("swap", "Swap"),
            ("assign", "Assignment"),
            ("distribute", "Distribution"),
            ("move", "Move to another pool"),
            ("import", "Import into a pool"),
            ("beyond_cap", "No room with the salesperson"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Operator",
        readonly=True,
        index="btree_not_null",
    )
    change_ids = fields.One2many(
        comodel_name="crm.ownership.change",
        inverse_name="batch_id",
        string="Changes",
        domain=[("kind", "!=", "undo")],
    )
    change_count = fields.Integer(string="Customers", compute="_compute_change_count")
    note = fields.Text(readonly=True)
    share_until = fields.Date(
        string="Shared Until",
        readonly=True,
        help="The former salesperson kept access until this day.",
    )
    item_ids = fields.One2many(
        comodel_name="crm.handover.item",
        inverse_name="batch_id",
        string="Moved Along",
    )
    item_count = fields.Integer(string="Items", compute="_compute_item_count")
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

    @api.depends("item_ids")
    def _compute_item_count(self):
        counts = dict(
            self.env["crm.handover.item"]._read_group(
                [("batch_id", "in", self.ids)], ["batch_id"], ["__count"]
            )
        )
        for batch in self:
            batch.item_count = counts.get(batch, 0)

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

    def action_view_items(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_handover_item_action"
        )
        return {**action, "domain": [("batch_id", "=", self.id)]}

    def action_undo(self):
        """Undo and say in one sentence what happened."""
        if self.undone_at:
            return self._notify(self.env._("This has been undone already."))
        answers = self.undo()
        done = sum(answer["ok"] for answer in answers)
        message = self._get_undone_message(done, len(answers) - done)
        # Superuser: how many, not which.
        stayed = self.sudo().item_ids.filtered(lambda item: item.state == "left")
        if stayed:
            message += " " + self.env._(
                "Touched since, thus left as is: %(count)s, see “Moved along”.",
                count=len(stayed),
            )
        return self._notify(message, done)

    def _get_undone_message(self, done, left):
        """Say where the customers went, by what has been undone."""
        if self.kind in TAKEN:
            return self.env._(
                "Customers back with their salesperson: %(done)s. Left as they are: "
                "%(left)s.",
                done=done,
                left=left,
            )
        if self.kind in GIVEN:
            return self.env._(
                "Customers back in their pool: %(done)s. Left as they are: %(left)s.",
                done=done,
                left=left,
            )
        return self.env._(
            "Customers where they were before: %(done)s. Left as they are: %(left)s.",
            done=done,
            left=left,
        )

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
