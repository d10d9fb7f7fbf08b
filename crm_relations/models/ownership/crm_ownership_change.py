from odoo import api, fields, models
from odoo.tools import SQL

KINDS = [
    ("create", "Created"),
    ("edit", "Edited"),
    ("managed", "Taken into care"),
    ("merge", "Merged"),
    ("release", "Released"),
    ("hand_release", "Released by hand"),
    ("claim", "Claimed"),
    ("swap", "Swapped"),
    ("transfer", "Handed over"),
    ("assign", "Assigned"),
    ("distribute", "Distributed"),
    ("move", "Moved to another pool"),
    ("import", "Imported into a pool"),
    ("beyond_cap", "No room with the salesperson"),
    ("join", "Became a contact"),
    ("undo", "Undone"),
]


class CrmOwnershipChange(models.Model):
    """Ledger of owners: from whom, to whom, how, by whom."""

    _name = "crm.ownership.change"
    _description = "Change of owner"
    _inherit = ["crm.decision.mixin"]

    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    from_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Former Salesperson",
        readonly=True,
        index="btree_not_null",
    )
    to_user_id = fields.Many2one(
        comodel_name="res.users",
        string="New Salesperson",
        readonly=True,
        index="btree_not_null",
    )
    from_pool_id = fields.Many2one(comodel_name="crm.pool", readonly=True)
    to_pool_id = fields.Many2one(comodel_name="crm.pool", readonly=True)
    batch_id = fields.Many2one(
        comodel_name="crm.pool.batch", readonly=True, index="btree_not_null"
    )
    operator_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        help="Who did it. A nightly job acts as the system user.",
        index="btree_not_null",
    )
    is_undone = fields.Boolean(
        string="Undone", readonly=True, help="It has been undone: it never counted."
    )
    was_follower = fields.Boolean(readonly=True, export_string_translation=False)
    contact_ids_moved = fields.Json(readonly=True, export_string_translation=False)

    # Which contacts came from a customer, where that one is merged into another.
    _joined_idx = models.Index("(((facts ->> 'customer')::int)) WHERE kind = 'join'")

    @api.model
    def _get_latest_sql(self, partner_ids):
        """Return a SELECT of the latest change of each of these customers."""
        return SQL(
            """
            SELECT DISTINCT ON (partner_id) *
              FROM crm_ownership_change
             WHERE partner_id = ANY(%s)
          ORDER BY partner_id, id DESC
            """,
            list(partner_ids),
        )

    @api.model
    def _get_undone_sql(self, partner_ids):
        """Return a SELECT of the changes that were undone by the latest ones of these
        customers: id, partner_id, and to_user_id, who has the customer again."""
        return SQL(
            """
            SELECT undone.id, latest.partner_id, latest.to_user_id
              FROM (%s) AS latest
              JOIN crm_ownership_change AS undone
                ON undone.partner_id = latest.partner_id
               AND undone.batch_id = latest.batch_id AND undone.kind <> 'undo'
            """,
            self._get_latest_sql(partner_ids),
        )

    @api.model
    def _get_counted_sql(self, alias):
        """Return the SQL condition that a line counts: what has been undone never did,
        and the undoing is no coming and no leaving."""
        return SQL(
            "(%s IS NOT TRUE AND %s <> 'undo')",
            SQL.identifier(alias, "is_undone"),
            SQL.identifier(alias, "kind"),
        )

    def _get_last_of_each(self):
        """Return the last of these lines of each customer: a batch has several of one
        into whom others were merged since."""
        last = {change.partner_id: change for change in self.sorted("id")}
        return self.browse(change.id for change in last.values())

    def _get_undo_user(self):
        """Return the salesperson whose leader may undo this: from whom it was taken;
        of a swap, who swapped."""
        self.ensure_one()
        if self.kind == "swap" and not self.from_user_id:
            return self.to_user_id
        return self.from_user_id

    def _get_history_values(self):
        # Superuser: who had the customer is no secret to who may read the line.
        line = self.sudo()
        return (
            (line.from_user_id or line.from_pool_id).display_name,
            (line.to_user_id or line.to_pool_id).display_name,
        )

    def _get_history_line(self):
        # Superuser: the name of a colleague, to who may read the line.
        return {**super()._get_history_line(), "by": self.sudo().operator_id.name or ""}
