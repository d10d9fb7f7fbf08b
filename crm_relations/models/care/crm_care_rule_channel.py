from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.tact import MESSAGES

TEMPLATE_MODELS = ("res.partner", "crm.care.task")
TEMPLATE_OF = {"sms": "sms_template_id", "email": "mail_template_id"}
MOST_DAYS = 366
CHANNELS = [
    ("activity", "Activity"),
    ("sms", "Text message"),
    ("email", "E-mail"),
    ("callback", "Callback"),
    ("gift", "Gift"),
]
SUPERVISORS = [
    ("none", "Nobody"),
    ("leader", "Leader of the executor's team"),
    ("user", "One person"),
]


class CrmCareRule(models.Model):
    """How the customer is reached, within what time, under whose eyes."""

    _inherit = "crm.care.rule"

    channel = fields.Selection(
        selection=CHANNELS,
        required=True,
        default="activity",
        help="Activity: a person does it. Text message and e-mail go into Odoo's "
        "queues at the due minute; who has no number or address gets an activity "
        "instead. "
        "Callback: a call for the callback agents. Gift: a person hands it over.",
    )
    sms_template_id = fields.Many2one(
        comodel_name="sms.template",
        domain=[("model", "in", TEMPLATE_MODELS)],
        ondelete="restrict",
    )
    mail_template_id = fields.Many2one(
        comodel_name="mail.template",
        string="E-mail Template",
        domain=[("model", "in", TEMPLATE_MODELS)],
        ondelete="restrict",
        help="It is sent to the person, else the customer, whomever the template names "
        "as recipient.",
    )
    executor = fields.Selection(
        selection_add=[("leader", "Leader of the salesperson's team")],
        ondelete={"leader": "set default"},
    )
    supervisor = fields.Selection(
        selection=SUPERVISORS,
        required=True,
        default="leader",
        help="Is told once, in the daily digest, when care is late.",
    )
    supervisor_id = fields.Many2one(
        comodel_name="res.users",
        string="Supervised By",
        domain="[('share', '=', False)]",
    )
    supervisor_activity = fields.Boolean(
        string="Activity for the Supervisor",
        help="Besides the line in the digest the supervisor gets an activity on each "
        "customer whose care is late.",
    )
    limit_number = fields.Integer(
        string="Time Limit",
        help="So long after it has come up, care that is not done is late. 0: at the "
        "end of the day of the occasion.",
    )
    limit_unit = fields.Selection(
        selection=[("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")],
        required=True,
        default="hours",
    )
    limit_working = fields.Boolean(
        string="Only Working Time",
        default=True,
        help="Only the working hours, or working days, of the company count.",
    )
    missed_after_days = fields.Integer(
        string="Missed after (days)",
        default=14,
        help="So many days after the time limit, care that is still open counts as "
        "missed, and its activity disappears. 0: never.",
    )
    importance = fields.Selection(
        selection=[("0", "Low"), ("1", "Normal"), ("2", "High"), ("3", "Very high")],
        required=True,
        default="1",
        help="Where two want to reach a customer on one day, the more important wins.",
    )
    is_touch = fields.Boolean(
        string="Counts as a Touch",
        compute="_compute_is_touch",
        store=True,
        readonly=False,
        help="A customer is touched at most once a day, by the clock of the customer. "
        "Messages and callbacks count unless you say otherwise.",
    )
    on_conflict = fields.Selection(
        selection=[("move", "Move it to the next free day"), ("drop", "Drop it")],
        string="If the Day Is Taken",
        required=True,
        default="move",
        help="What happens to the less important touch of a day. Drop what makes no "
        "sense a day later.",
    )
    keep_days = fields.Integer(
        string="Put Off at Most (days)",
        default=7,
        help="What cannot reach the customer for so many days, because other care or "
        "an open complaint comes first, is dropped.",
    )

    @api.depends("channel")
    def _compute_is_touch(self):
        for rule in self:
            rule.is_touch = rule.channel in (*MESSAGES, "callback")

    @api.constrains("channel", *TEMPLATE_OF.values())
    def _check_templates(self):
        for rule in self:
            name = TEMPLATE_OF.get(rule.channel)
            if name and not rule[name]:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” sends messages: choose the template.",
                        rule=rule.name,
                    )
                )
            # Superuser: who may choose a template need not read all of it.
            models_used = {rule.sudo()[name].model for name in TEMPLATE_OF.values()}
            if models_used - {False, *TEMPLATE_MODELS}:
                raise ValidationError(
                    self.env._(
                        "A template of care is made for contacts or for care tasks."
                    )
                )

    @api.constrains("supervisor", "supervisor_id")
    def _check_supervisor_id(self):
        if any(rule.supervisor == "user" and not rule.supervisor_id for rule in self):
            raise ValidationError(self.env._("Who supervises? Choose the person."))

    @api.constrains("limit_number", "missed_after_days", "keep_days")
    def _check_limits(self):
        for rule in self:
            days = rule.missed_after_days, rule.keep_days
            if not all(0 <= number <= MOST_DAYS for number in days):
                raise ValidationError(
                    self.env._(
                        "Days to put off, and days until care is missed, lie between "
                        "0 and %(most)s.",
                        most=MOST_DAYS,
                    )
                )
            if not 0 <= rule.limit_number <= MOST_DAYS * 24:
                raise ValidationError(
                    self.env._(
                        "A time limit lies between 0 and %(most)s.",
                        most=MOST_DAYS * 24,
                    )
                )

    def _get_executor_sql(self):
        self.ensure_one()
        if self.executor != "leader":
            return super()._get_executor_sql()
        return SQL(
            """
            COALESCE((SELECT leader.id
                        FROM res_users AS owner
                        JOIN crm_team AS team ON team.id = owner.sale_team_id
                        JOIN res_users AS leader
                          ON leader.id = team.user_id AND leader.active
                       WHERE owner.id = customer.user_id), %s)
            """,
            self.user_id.filtered("active").id or None,
        )

    def _get_supervisor(self, user):
        """Return who is told when this user is late; nobody is told of oneself."""
        self.ensure_one()
        found = {
            "leader": user._get_leader(),
            "user": self.supervisor_id,
        }.get(self.supervisor, user.browse())
        return (found - user).filtered("active")
