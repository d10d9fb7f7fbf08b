from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

INVITATION = "crm_relations.crm_care_rule_activity"


class CrmEventInviteWizard(models.TransientModel):
    """Ask which members are invited to an activity, and by which care."""

    _name = "crm.event.invite.wizard"
    _description = "Invite to an activity"

    event_id = fields.Many2one(
        comodel_name="event.event",
        string="Activity",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('activity_kind', '!=', False), ('club_id', '!=', False), "
        "('date_end', '>', 'now')]",
    )
    club_id = fields.Many2one(related="event_id.club_id")
    level_ids = fields.Many2many(
        comodel_name="crm.club.level",
        string="Club Levels",
        compute="_compute_level_ids",
        store=True,
        readonly=False,
        domain="[('club_id', '=', club_id)]",
        help="Empty: members of all levels.",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Of These",
        readonly=True,
        help="Of these customers and persons the members are invited.",
    )
    rule_id = fields.Many2one(
        comodel_name="crm.care.rule",
        string="Invited by",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_rule_id(),
        domain="[('trigger', '=', 'broadcast')]",
        help="The care rule says how the invitation goes out, and by whom. It keeps "
        "the quiet hours, the one touch a day, and leaves alone who refuses.",
    )
    member_count = fields.Integer(
        string="Members Invited", compute="_compute_member_count"
    )

    def _default_rule_id(self):
        rule = self.env.ref(INVITATION, raise_if_not_found=False)
        if rule and rule.active:
            return rule
        rules = self.env["crm.care.rule"]
        return rules.search([("trigger", "=", "broadcast")], limit=1)

    @api.depends("event_id")
    def _compute_level_ids(self):
        for wizard in self:
            # Superuser: the levels of an activity that the caller may read.
            wizard.level_ids = wizard.event_id.sudo().seat_ids.level_id

    @api.depends("event_id", "level_ids", "partner_ids")
    def _compute_member_count(self):
        for wizard in self:
            if not wizard.club_id:
                wizard.member_count = 0
                continue
            domain = Domain(wizard._get_member_domain())
            # Superuser: who is invited already, whoever asks.
            guests = self.env["crm.event.guest"].sudo()
            known = guests._search([("event_id", "=", wizard.event_id.id)])
            members = self.env["crm.club.membership"]
            wizard.member_count = members.search_count(
                domain & Domain("partner_id", "not in", known.subselect("attendee_id"))
            )

    def _get_member_domain(self):
        return self.event_id._get_member_domain(
            self.level_ids._origin,
            self.partner_ids._origin if self.partner_ids else None,
        )

    def action_invite(self):
        """Invite them; say how many."""
        self.ensure_one()
        self.env["crm.event.guest"]._check_may_invite(self.event_id, self.partner_ids)
        # Superuser: whoever may invite has guests written and tasks made.
        guests = self.sudo().event_id._invite(
            self.sudo().rule_id,
            self.sudo().level_ids,
            self.sudo().partner_ids if self.partner_ids else None,
        )
        if not guests:
            raise UserError(
                self.env._("Nobody is left to be invited: they all are, or are none.")
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("Invited: %(count)s", count=len(guests)),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
