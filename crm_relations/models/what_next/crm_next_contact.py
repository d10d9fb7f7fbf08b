from odoo import api, fields, models

from ..segment.lifecycle.crm_lifecycle_layers import LAYERS

URGENT = 0.5


class CrmNextContact(models.Model):
    """Whom to contact next, and why: a line for each customer of a salesperson, and for
    each one shared with him.

    The order is one formula, see ``tools/what_next.py``; computed when it is read, so
    that a contact, a message or another weight shows at once. Whoever refuses contact,
    gets none for now, or was put off, is not in the list; nobody's customers never are.
    """

    _name = "crm.next.contact"
    _description = "What next"
    _auto = False
    _order = "score desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Whose List",
        readonly=True,
        help="The salesperson, or the colleague with whom the customer is shared.",
    )
    is_shared = fields.Boolean(
        string="Shared", readonly=True, help="Somebody else is the salesperson."
    )
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    tier_id = fields.Many2one(comodel_name="crm.tier", readonly=True)
    lifecycle = fields.Selection(selection=LAYERS, readonly=True)
    phone = fields.Char(related="partner_id.phone")
    last_followup_at = fields.Datetime(string="Last Follow-up", readonly=True)
    contact_due_date = fields.Date(string="Contact Due", readonly=True)
    pool_release_date = fields.Date(string="Release Date", readonly=True)
    value = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="Sales of 12 months; of who bought nothing in that time, what its tier "
        "or its company usually brings. A larger open quotation counts instead.",
    )
    chance = fields.Float(
        string="May Be Lost",
        readonly=True,
        aggregator="avg",
        help="How likely the customer is lost if nobody acts, by the signs there are.",
    )
    influence = fields.Float(
        string="Can Be Changed",
        readonly=True,
        aggregator="avg",
        help="How much of it a contact today can still change: little after a contact, "
        "or while one is planned.",
    )
    urgency = fields.Float(
        readonly=True, aggregator="avg", export_string_translation=False
    )
    at_stake = fields.Monetary(
        readonly=True,
        help="Value, times the chance of losing it, times what a contact can still "
        "change: what the list is ordered by.",
    )
    score = fields.Float(
        readonly=True,
        aggregator=None,
        export_string_translation=False,
        help="At stake, in the currency of the first company.",
    )
    facts = fields.Json(readonly=True, export_string_translation=False)
    why = fields.Char(compute="_compute_why")
    reason = fields.Json(string="Why in Full", compute="_compute_why")

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_why(self):
        renderer = self.env["crm.reason"]
        following = self.env._(
            "A follow-up, a planned activity or “Not now” moves it down or out."
        )
        for line in self:
            line.why = renderer._get_brief(line.facts)
            line.reason = renderer._explain(line.facts, following=following)

    @api.model
    def _open_mine_first(self):
        """Return the action of the list. It begins with the caller's own; with the
        team's for who leads one, with all for who answers for all and has none."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_next_contact_action"
        )
        if self._looks_at_others():
            context = {"show_whose": True}
            return action | {"context": context}
        return action

    @api.model
    def _looks_at_others(self):
        user = self.env.user
        if user.has_group("crm_relations.group_relations_manager"):
            own = [("is_managed_customer", "=", True), ("user_id", "=", user.id)]
            return not self.env["res.partner"].search_count(own, limit=1)
        if not user.has_group("crm_relations.group_sales_manager"):
            return False
        # Superuser: a leader need not be a member to whom Odoo shows the team.
        teams = self.env["crm.team"].sudo()
        return bool(teams.search_count([("user_id", "=", user.id)], limit=1))

    def action_open_customer(self):
        return self.partner_id.action_open_customer()

    def action_log_followup(self):
        return self.partner_id.action_log_followup()

    def action_call(self):
        return self.partner_id.action_call()

    def action_not_now(self):
        return self.partner_id.action_not_now()

    def action_plan(self):
        """Open Odoo's dialog that plans an activity on the customer."""
        customer = self.partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": customer._name,
                "active_id": customer.id,
                "active_ids": customer.ids,
            },
        }
