from odoo import api, fields, models

STATES = [
    ("invited", "Invited"),
    ("active", "Active"),
    ("suspended", "Suspended"),
    ("ended", "Ended"),
]
MEMBER = ("active", "suspended")


class CrmClubMembership(models.Model):
    """A customer, or a person of it, in a club: number, card, level and validity.

    All of it is decided: by methods, which say who may, and by the nightly run of the
    levels. Nobody writes it by hand.
    """

    _name = "crm.club.membership"
    _description = "Club membership"
    _order = "club_id, number, id"
    _rec_name = "number"

    club_id = fields.Many2one(
        comodel_name="crm.club",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="club_id.company_id", store=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    customer_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Customer",
        store=True,
        index=True,
    )
    owner_id = fields.Many2one(related="customer_id.user_id", string="Salesperson")
    number = fields.Char(string="Membership Number", readonly=True)
    state = fields.Selection(
        selection=STATES, string="Status", required=True, readonly=True, index=True
    )
    card_id = fields.Many2one(
        comodel_name="loyalty.card",
        string="Loyalty Card",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    points = fields.Float(
        string="Club Points", related="card_id.points", help="What can be spent now."
    )
    level_id = fields.Many2one(
        comodel_name="crm.club.level",
        string="Club Level",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    level_color = fields.Integer(related="level_id.color")
    level_since = fields.Date(readonly=True)
    level_until = fields.Date(
        string="Level Kept until",
        readonly=True,
        help="The member no longer reaches its level: on this day it goes down, unless "
        "the level is reached again before.",
    )
    qualifying = fields.Float(
        string="Counts for Levels",
        readonly=True,
        aggregator=None,
        digits=(16, 2),
        help="Points earned or net sales in the period that the club counts, by the "
        "last night.",
    )
    manual_level_id = fields.Many2one(
        comodel_name="crm.club.level",
        string="Level by Hand",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Until its end the member is never below this level.",
    )
    manual_until = fields.Date(string="By Hand until", readonly=True)
    manual_reason = fields.Char(string="Why by Hand", readonly=True)
    manual_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Set by",
        readonly=True,
        index="btree_not_null",
    )
    invited_at = fields.Datetime(string="Invited On", readonly=True)
    joined_on = fields.Date(readonly=True)
    valid_until = fields.Date(
        readonly=True, help="The membership ends after this day, unless it is renewed."
    )
    ended_on = fields.Date(readonly=True)
    use_number = fields.Integer(
        readonly=True,
        export_string_translation=False,
        help="Of the last benefit used: who uses one at the same time has to wait.",
    )
    use_ids = fields.One2many(
        comodel_name="crm.club.benefit.use",
        inverse_name="membership_id",
        string="Benefits Used",
    )
    change_ids = fields.One2many(
        comodel_name="crm.club.level.change",
        inverse_name="membership_id",
        string="History",
    )
    can_manage = fields.Boolean(compute="_compute_can_manage")
    can_use = fields.Boolean(compute="_compute_can_manage")
    can_set_level = fields.Boolean(compute="_compute_can_manage")

    _number_uniq = models.UniqueIndex(
        "(club_id, number) WHERE number IS NOT NULL",
        "Another member of the club has this number.",
    )
    _member_uniq = models.UniqueIndex(
        "(club_id, partner_id) WHERE state <> 'ended'",
        "This member is in the club, or invited, already.",
    )
    _card_uniq = models.UniqueIndex(
        "(card_id) WHERE card_id IS NOT NULL AND state <> 'ended'",
        "This card belongs to another membership.",
    )
    _valid_idx = models.Index(
        "(valid_until, id) WHERE state IN ('active', 'suspended')"
    )

    @api.depends("number", "partner_id", "club_id")
    def _compute_display_name(self):
        for membership in self:
            # Superuser: who may read a membership may know whose it is.
            name = membership.partner_id.sudo().name or ""
            number = membership.number or membership.club_id.sudo().name or ""
            membership.display_name = f"{number} {name}".strip()

    @api.depends("customer_id")
    @api.depends_context("uid")
    def _compute_can_manage(self):
        allowed = self._filter_may_manage()
        serves = self.env.user.has_group("crm_relations.group_callback_agent")
        leads = self.env.su or self.env.user.has_group(
            "crm_relations.group_sales_manager"
        )
        for membership in self:
            membership.can_manage = membership in allowed
            membership.can_use = serves or membership in allowed
            membership.can_set_level = leads and membership in allowed

    def _filter_may_manage(self):
        """Return those whose customers the caller works with: as its salesperson, as
        who helps or leads him, or as who answers for all."""
        if self.env.su:
            return self
        return self.filtered(lambda one: one.customer_id._may_be_managed_in_club())

    def action_open_customer(self):
        self.ensure_one()
        return self.customer_id.action_open_customer()
