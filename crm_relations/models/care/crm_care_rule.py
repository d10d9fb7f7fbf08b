from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.birthdays import FEBRUARY_28, MARCH_1


class CrmCareRule(models.Model):
    """On which occasion whose customers are cared for, by whom, how long before."""

    _name = "crm.care.rule"
    _description = "Care rule"
    _inherit = ["crm.rule.mixin"]

    trigger = fields.Selection(
        selection=[("birthday", "Birthday of a person")],
        string="Occasion",
        required=True,
        default="birthday",
        help="Birthday: of every person with a profile, by the solar or the lunar "
        "calendar as the profile says.",
    )
    leap_day = fields.Selection(
        selection=[(FEBRUARY_28, "On February 28"), (MARCH_1, "On March 1")],
        string="Born on February 29",
        required=True,
        default=FEBRUARY_28,
        help="When such a birthday is celebrated in a year without that day.",
    )
    lead_days = fields.Integer(
        string="Days Ahead",
        default=3,
        help="So many days before the occasion the task appears.",
    )
    time_of_day = fields.Float(
        default=9.0,
        help="At this time on the customer's clock the care is due. The time zone is "
        "the customer's, else the person's, else that of the salesperson, else that "
        "of the company.",
    )
    catch_up_days = fields.Integer(
        string="Catch Up (days)",
        default=2,
        help="After a standstill, occasions of so many days back are still served; "
        "older ones are left out.",
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

    def _default_activity_type_id(self):
        return self.env.ref(
            "crm_relations.mail_activity_type_care", raise_if_not_found=False
        )

    def _compute_task_count(self):
        counts = dict(
            self.env["crm.care.task"]._read_group(
                [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
            )
        )
        for rule in self:
            rule.task_count = counts.get(rule, 0)

    @api.constrains("lead_days", "catch_up_days")
    def _check_days(self):
        for rule in self:
            if not (0 <= rule.lead_days <= 366 and 0 <= rule.catch_up_days <= 366):
                raise ValidationError(
                    self.env._("Days ahead and days to catch up lie between 0 and 366.")
                )

    @api.constrains("time_of_day")
    def _check_time_of_day(self):
        if any(not 0 <= rule.time_of_day < 24 for rule in self):
            raise ValidationError(
                self.env._("The time of day lies between 00:00 and 23:59.")
            )

    @api.constrains("executor", "user_id")
    def _check_user_id(self):
        if any(rule.executor == "user" and not rule.user_id for rule in self):
            raise ValidationError(self.env._("Who is to do it? Choose the person."))

    def unlink(self):
        self.task_ids.unlink()  # with their activities
        return super().unlink()

    def action_view_tasks(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_care_task_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

    def _get_days_to_serve(self, as_started=False):
        """Return the days whose occasions are served today: from those to be caught
        up to the furthest one ahead, none before the rule's start."""
        self.ensure_one()
        company = self.company_id or self.env["res.company"]._get_relations_default()
        today = company._get_relations_today()
        first = today - timedelta(days=self.catch_up_days)
        if self.start_date and not as_started:
            first = max(first, self.start_date)
        last = today + timedelta(days=self.lead_days)
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]
