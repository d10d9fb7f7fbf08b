from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

MOST_DAYS = 366


class CrmCareRule(models.Model):
    """On which occasion whose customers are cared for, by whom, and when.

    ``trigger`` names the occasion; another addon adds one to the selection and to
    ``_get_event_sources``, or writes ``_candidates_<trigger>``.
    """

    _name = "crm.care.rule"
    _description = "Care rule"
    _inherit = ["crm.rule.mixin"]
    _keeps_runs = True

    trigger = fields.Selection(
        selection=[("birthday", "Birthday of a person")],
        string="Occasion",
        required=True,
        default="birthday",
        help="What the care is for. Each customer, or person, is cared for once on "
        "each occasion, whatever is restarted.",
    )
    plan_ahead_days = fields.Integer(
        string="Planned Ahead (days)",
        default=14,
        help="So many days before they are due the tasks appear in the care calendar. "
        "Until then they follow the occasion: they move with it, and are dropped when "
        "it is cancelled.",
    )
    catch_up_days = fields.Integer(
        string="Catch Up (days)",
        default=2,
        help="After a standstill, what was due so many days back is still done, and "
        "what is due ahead of its occasion until the occasion is so many days back. "
        "Older tasks are listed as missed instead. 0: only what is due today.",
    )
    executor = fields.Selection(
        selection=[("owner", "Salesperson of the customer"), ("user", "One person")],
        required=True,
        default="owner",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Assigned To",
        domain="[('share', '=', False)]",
        help="Does the task, or stands in where a customer has no salesperson.",
    )
    activity_type_id = fields.Many2one(
        comodel_name="mail.activity.type",
        default=lambda self: self._default_activity_type_id(),
        domain="[('res_model', 'in', (False, 'res.partner'))]",
    )
    instructions = fields.Text(
        translate=True, help="What to do; stands in the note of the activity."
    )
    task_ids = fields.One2many(
        comodel_name="crm.care.task", inverse_name="rule_id", string="Tasks"
    )
    task_count = fields.Integer(string="Number of Tasks", compute="_compute_task_count")
    missed_count = fields.Integer(string="Not Done", compute="_compute_task_count")
    due_count = fields.Integer(
        string="To Come",
        compute="_compute_due_count",
        help="Tasks that this rule would make now, as its preview lists them.",
    )
    generated_at = fields.Datetime(
        string="Last Run",
        readonly=True,
        copy=False,
        help="Until then no occasion was passed over.",
    )
    problem = fields.Char(
        readonly=True, copy=False, help="Why the last run could not make the tasks."
    )

    def _default_activity_type_id(self):
        return self.env.ref(
            "crm_relations.mail_activity_type_care", raise_if_not_found=False
        )

    def _compute_task_count(self):
        counts = {}
        for rule, state, count in self.env["crm.care.task"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id", "state"], ["__count"]
        ):
            counts.setdefault(rule, {})[state] = count
        for rule in self:
            own = counts.get(rule, {})
            rule.missed_count = own.get("missed", 0)
            rule.task_count = sum(own.values()) - rule.missed_count

    @api.depends("trigger")
    @api.depends_context("uid")
    def _compute_due_count(self):
        may = self.env.su or self.env.user.has_group(
            "crm_relations.group_relations_manager"
        )
        for rule in self:
            if not may or not rule._origin.id:
                rule.due_count = 0
                continue
            [(rule.due_count,)] = self.env.execute_query(
                SQL(
                    "SELECT count(*) FROM (%s) AS decision",
                    rule._origin._get_visible_preview_sql(),
                )
            )

    @api.constrains("plan_ahead_days", "catch_up_days")
    def _check_days(self):
        for rule in self:
            days = (rule.plan_ahead_days, rule.catch_up_days)
            if not all(0 <= number <= MOST_DAYS for number in days):
                raise ValidationError(
                    self.env._(
                        "Days planned ahead and days to catch up lie between 0 and "
                        "%(most)s.",
                        most=MOST_DAYS,
                    )
                )

    @api.constrains("executor", "user_id")
    def _check_user_id(self):
        if any(rule.executor == "user" and not rule.user_id for rule in self):
            raise ValidationError(self.env._("Who is to do it? Choose the person."))

    def write(self, vals):
        if {"active", "start_date", "trigger"} & vals.keys():
            # What lay before was not passed over by a standstill.
            vals = {"generated_at": False} | vals
        result = super().write(vals)
        if vals.get("active") is False:
            # Superuser: tasks of a rule that is gone are nobody's any more.
            self.env["crm.care.task"].sudo()._withdraw(self)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        # Superuser: what was done for customers of others is history as well.
        tasks = self.sudo().task_ids
        if tasks - tasks._filter_open():
            raise UserError(
                self.env._(
                    "Customers have been cared for by this rule, which is part of "
                    "their history. Archive it instead."
                )
            )

    def unlink(self):
        self.task_ids._filter_open().unlink()  # with their activities
        return super().unlink()

    def action_view_tasks(self):
        return self._open_tasks([("state", "!=", "missed")])

    def action_view_missed(self):
        return self._open_tasks([("state", "=", "missed")])

    def _open_tasks(self, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_care_task_action"
        )
        return {
            **action,
            "domain": [("rule_id", "=", self.id), *domain],
            "context": {},
        }
