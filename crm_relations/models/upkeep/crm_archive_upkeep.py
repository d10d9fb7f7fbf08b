from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmArchiveUpkeep(models.Model):
    """Who keeps the archive of a customer, when it was last verified, and by when it
    is reviewed: one row a customer, in a table of its own, so that a write of a
    customer costs nothing more.

    Rows are written by the rules and by who verifies, never by hand.
    """

    _name = "crm.archive.upkeep"
    _description = "Upkeep of an archive"
    _inherit = ["crm.customer.line.mixin", "crm.due.activity.mixin"]
    _order = "review_due, id"
    _rec_name = "partner_id"
    _subject_field = "partner_id"
    _end_field = "review_due"

    owner_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    tier_id = fields.Many2one(related="partner_id.tier_id")
    archive_rate = fields.Integer(related="partner_id.archive_rate")
    custodian_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Who keeps this archive, as the custodian rules decide.",
    )
    rule_id = fields.Many2one(
        comodel_name="crm.custodian.rule",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    since = fields.Date(
        string="Kept Since",
        readonly=True,
        help="An archive that was never verified is reviewed from this day on.",
    )
    verified_on = fields.Date(readonly=True)
    # The moment, for what was changed since.
    verified_at = fields.Datetime(readonly=True, export_string_translation=False)
    verified_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    review_due = fields.Date(
        string="Review By",
        readonly=True,
        help="The standard of the tier, counted from the day on which the archive was "
        "last verified. Empty: the tier asks for no review.",
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    change_count = fields.Integer(
        string="Changes",
        compute="_compute_change_count",
        help="What was changed in the archive since it was last verified.",
    )

    _partner_uniq = models.UniqueIndex(
        "(partner_id)", "The upkeep of this archive is kept already."
    )
    _due_idx = models.Index("(custodian_id, review_due) WHERE review_due IS NOT NULL")
    _activity_idx = models.Index("(activity_on, id) WHERE activity_on IS NOT NULL")

    @api.depends("review_due")
    @api.depends_context("uid")
    def _compute_is_overdue(self):
        today = self.env.user._get_relations_today()
        for upkeep in self:
            upkeep.is_overdue = bool(upkeep.review_due and upkeep.review_due < today)

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.user._get_relations_today()
        late = Domain("review_due", "<", today)
        return Domain.OR(late if one else ~late for one in value)

    def _compute_change_count(self):
        """As far as the caller may read them; one query."""
        counts = {}
        changes = self.env["crm.archive.change"]
        if self.ids and changes.has_access("read"):
            readable = changes._search(
                [("customer_id", "in", self.partner_id.ids)]
            ).subselect()
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT upkeep.id, count(*)
                      FROM crm_archive_upkeep AS upkeep
                      JOIN crm_archive_change AS change
                        ON change.customer_id = upkeep.partner_id
                       AND change.changed_at >=
                           COALESCE(upkeep.verified_at, '-infinity')
                     WHERE upkeep.id = ANY(%s) AND change.id IN %s
                  GROUP BY upkeep.id
                    """,
                    self.ids,
                    readable,
                )
            )
            counts = dict(rows)
        for upkeep in self:
            upkeep.change_count = counts.get(upkeep.id, 0)

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def action_view_changes(self):
        """Open what was changed in the archive since it was last verified."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_archive_change_action"
        )
        domain = Domain("customer_id", "=", self.partner_id.id)
        if self.verified_at:
            domain &= Domain("changed_at", ">=", self.verified_at)
        return {**action, "domain": list(domain), "context": {}}

    def _get_person_to_remind(self):
        return self.custodian_id

    def _prepare_activity_vals(self):
        self.ensure_one()
        user = self.custodian_id
        told = self.with_context(lang=user.lang)
        return {
            "res_id": self.partner_id.id,
            "user_id": user.id,
            "date_deadline": max(self.review_due, user._get_relations_today()),
            "summary": told.env._("Review the archive"),
        }
