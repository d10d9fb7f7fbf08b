from odoo import api, fields, models
from odoo.exceptions import ValidationError

LONGEST_HOURS = 24 * 366


class CrmCallbackRule(models.Model):
    """Who is called back, when, what for and by whom."""

    _name = "crm.callback.rule"
    _description = "Callback rule"
    _inherit = ["crm.rule.mixin", "crm.batch.queue"]
    _keeps_runs = True

    trigger = fields.Selection(
        selection=[
            ("visit", "Visit without purchase"),
            ("delivery", "Delivery"),
            ("complaint", "Complaint closed"),
            ("interval", "No contact for a while"),
            ("dormant", "Customer gone dormant"),
            ("lost", "Customer lost"),
        ],
        string="Occasion",
        required=True,
        default="visit",
        help="Visit: a visit or reception after which nothing was ordered; the call is "
        "dropped if an order comes first. Delivery: the day on which an order was "
        "delivered, else the promised one. No contact: the interval given here, again "
        "and again; without one, whom nobody has called back for the interval of the "
        "tier. Dormant: the lifecycle says so. Lost: "
        "registered as lost.",
    )
    purpose = fields.Char(
        required=True,
        translate=True,
        help="What the call is about; the agent sees it first.",
    )
    script = fields.Text(
        translate=True, help="What to say and ask, one step a line, in this order."
    )
    due_from_hours = fields.Float(
        string="Call After (hours)",
        default=0,
        help="So many hours after the occasion the call may be made.",
    )
    due_until_hours = fields.Float(
        string="Call Within (hours)",
        default=48,
        help="So many hours after the occasion the call is late.",
    )
    in_working_time = fields.Boolean(
        string="Count Working Hours",
        help="Hours count in the working time of the company: nothing falls due on a "
        "holiday.",
    )
    call_from = fields.Float(
        default=9,
        help="Nobody is called before this hour of the customer's own time zone.",
    )
    call_until = fields.Float(
        default=20,
        help="Nobody is called after this hour of the customer's own time zone.",
    )
    interval_days = fields.Integer(
        string="Interval (days)",
        help="Call after so many days without any contact. 0: after so many days "
        "without a callback as the tier of the customer says.",
    )
    sample_percent = fields.Float(
        string="Sample (%)",
        default=100,
        digits=(5, 2),
        help="Only so many of a hundred occasions are called, drawn at random once and "
        "for all: another run draws the same ones.",
    )
    rest_days = fields.Integer(
        string="Leave in Peace (days)",
        default=3,
        help="No callback for a customer who has another one from so many days before "
        "or after. 0: always.",
    )
    catch_up_days = fields.Integer(
        string="Catch Up (days)",
        default=7,
        help="Occasions of so many days back are still served, after a standstill "
        "too; older ones are left out.",
    )
    attempt_limit = fields.Integer(
        default=6,
        help="After so many attempts in all the callback is given up, unless another "
        "time was agreed with the customer.",
    )
    priority = fields.Selection(
        selection=[("0", "Normal"), ("1", "High"), ("2", "Very high")],
        required=True,
        default="0",
        help="Calls of a higher priority come first, whatever their deadline.",
    )
    assignment = fields.Selection(
        selection=[
            ("list", "Common list: whoever calls next"),
            ("load", "In turn, to who has the fewest open calls"),
        ],
        required=True,
        default="list",
    )
    agent_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_callback_rule_agent_rel",
        string="Agents",
        domain="[('share', '=', False)]",
        help="Who makes these calls. Empty: every callback agent.",
    )
    callback_count = fields.Integer(
        string="Callbacks", compute="_compute_callback_count"
    )

    def _compute_callback_count(self):
        counts = dict(
            self.env["crm.callback"]._read_group(
                [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
            )
        )
        for rule in self:
            rule.callback_count = counts.get(rule, 0)

    @api.constrains("due_from_hours", "due_until_hours")
    def _check_due(self):
        for rule in self:
            if not 0 <= rule.due_from_hours < rule.due_until_hours <= LONGEST_HOURS:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: call after 0 hours or more, within more hours "
                        "than that, and within a year.",
                        rule=rule.name,
                    )
                )

    @api.constrains("call_from", "call_until")
    def _check_hours(self):
        if any(not 0 <= rule.call_from < rule.call_until <= 24 for rule in self):
            raise ValidationError(
                self.env._("Calls are made from one hour of the day to a later one.")
            )

    @api.constrains("sample_percent")
    def _check_sample_percent(self):
        if any(not 0 < rule.sample_percent <= 100 for rule in self):
            raise ValidationError(
                self.env._("A sample is more than 0 and at most 100 percent.")
            )

    @api.constrains("interval_days", "rest_days", "catch_up_days", "attempt_limit")
    def _check_numbers(self):
        for rule in self:
            days = (rule.interval_days, rule.rest_days, rule.catch_up_days)
            if not all(0 <= number <= 3660 for number in days):
                raise ValidationError(
                    self.env._("A number of days lies between 0 and 3660.")
                )
            if not 1 <= rule.attempt_limit <= 100:
                raise ValidationError(
                    self.env._("The limit of attempts lies between 1 and 100.")
                )

    @api.constrains("agent_ids")
    def _check_agent_ids(self):
        for agent in self.agent_ids:
            if not agent.has_group("crm_relations.group_callback_agent"):
                raise ValidationError(
                    self.env._("%(user)s is no callback agent.", user=agent.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        # Superuser: also callbacks that the caller may not see count.
        calls = self.env["crm.callback"].sudo()
        used = calls.search([("rule_id", "in", self.ids)], limit=1).rule_id
        if used:
            raise ValidationError(
                self.env._(
                    "“%(rule)s” has made callbacks already: archive it instead.",
                    rule=used.name,
                )
            )

    def action_view_callbacks(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_callback_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

    def _get_agents(self):
        """Return who makes the calls of this rule, of its company where it has one."""
        self.ensure_one()
        group = self.env.ref("crm_relations.group_callback_agent")
        # Superuser: names of colleagues are not the caller's to see, their load is.
        agents = self.sudo().agent_ids or group.sudo().all_user_ids
        agents = agents.filtered(
            lambda user: user.active and user.id in group.sudo().all_user_ids.ids
        )
        agents = agents.filtered(
            lambda user: self.company_id <= user._get_open_companies()
        )
        return agents.sorted("id")
