from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.tact import Case, to_local


class CrmCareTask(models.Model):
    """What dispatching a task says of it: how, to whom, when, and why not."""

    _inherit = "crm.care.task"

    channel = fields.Selection(
        selection=lambda self: self._selection_channel(),
        readonly=True,
        help="How it went out, or will where that differs from the rule.",
    )
    planned_channel = fields.Selection(
        selection=lambda self: self._selection_channel(),
        string="By",
        compute="_compute_planned_channel",
    )
    recipient_id = fields.Many2one(
        comodel_name="res.partner",
        string="Sent To",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    first_due_at = fields.Datetime(
        string="First Due", readonly=True, help="When it was due before it was put off."
    )
    touch_date = fields.Date(
        string="Touched On",
        readonly=True,
        help="The day, by the clock of the customer, whose only touch this is.",
    )
    dispatched_at = fields.Datetime(readonly=True)
    deadline_at = fields.Datetime(
        string="Deadline", readonly=True, help="Not done by then, it is late."
    )
    missed_at = fields.Datetime(
        string="Given Up On",
        readonly=True,
        help="Not done by then either, it is missed.",
    )
    is_late = fields.Boolean(string="Late", compute="_compute_is_late")
    supervisor_id = fields.Many2one(
        comodel_name="res.users",
        string="Supervised By",
        readonly=True,
        index="btree_not_null",
    )
    escalated_at = fields.Datetime(string="Late Since", readonly=True)
    is_told = fields.Boolean(string="Supervisor Told", readonly=True)
    warning_id = fields.Many2one(
        comodel_name="mail.activity",
        string="Activity of the Supervisor",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    message_id = fields.Many2one(
        comodel_name="mail.message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    message_text = fields.Html(related="message_id.body", string="Message Sent")
    dispatch_facts = fields.Json(readonly=True)
    dispatch_reason = fields.Char(
        string="What Happened", compute="_compute_dispatch_reason"
    )

    # What keeps a customer from two touches on one day, even of two workers.
    _touch_uniq = models.UniqueIndex(
        "(partner_id, touch_date) WHERE touch_date IS NOT NULL",
        "This customer has been reached on this day already.",
    )
    _late_idx = models.Index(
        "(deadline_at) WHERE state = 'open' AND escalated_at IS NULL"
    )
    _missed_idx = models.Index("(missed_at) WHERE state = 'open'")
    _untold_idx = models.Index(
        "(supervisor_id) WHERE escalated_at IS NOT NULL AND is_told IS NOT TRUE"
    )

    def _selection_channel(self):
        return (
            self.env["crm.care.rule"]
            ._fields["channel"]
            ._description_selection(self.env)
        )

    @api.depends("channel", "rule_id.channel")
    def _compute_planned_channel(self):
        for task in self:
            task.planned_channel = task.channel or task.rule_id.channel

    @api.depends("state", "deadline_at")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for task in self:
            task.is_late = bool(
                task.state == "open" and task.deadline_at and task.deadline_at <= now
            )

    @api.depends("dispatch_facts")
    @api.depends_context("lang")
    def _compute_dispatch_reason(self):
        renderer = self.env["crm.reason"]
        for task in self:
            task.dispatch_reason = renderer._get_sentence(task.dispatch_facts)

    def action_retry(self):
        """Dispatch anew what has failed, or was missed or dropped by the machine."""
        self.check_access("write")
        again = self.filtered(lambda task: task.state in ("failed", "missed"))
        if not again:
            raise UserError(self.env._("Only failed or missed care is tried again."))
        # Superuser: the right to the tasks has been checked.
        again.sudo()._plan_anew(fields.Datetime.now())

    def action_open_message(self):
        """Open whom it was sent to: the chatter there shows the message."""
        self.ensure_one()
        return (self.recipient_id or self.partner_id).get_formview_action()

    def _postpone(self, until):
        """Let it come up, or be done, at another time.

        :param until: naive UTC datetime in the future
        """
        self.check_access("write")
        if until <= fields.Datetime.now():
            raise UserError(self.env._("Put care off to a time in the future."))
        # Superuser: the right to the tasks has been checked.
        tasks = self.sudo()._filter_open()
        facts = {"code": "care_postponed", "user": self.env.uid, "to": str(until)}
        opened = tasks.filtered(lambda task: task.state == "open")
        for user, some in opened.grouped("user_id").items():
            zone = (user or self.env.company)._get_relations_tz()
            some.activity_id.date_deadline = to_local(until, zone).date()
        for rule, some in opened.grouped("rule_id").items():
            missed = rule._get_missed_at(until)
            some.write({"deadline_at": until, "missed_at": missed})
        opened.dispatch_facts = facts
        planned = tasks - opened
        planned._plan_anew(until)
        planned.dispatch_facts = facts

    def _plan_anew(self, moment):
        """Let the dispatcher take these at ``moment``."""
        nothing = ("first_due_at", "channel", "done_at", "escalated_at", "is_told")
        nothing = (*nothing, "touch_date")
        self.write(
            {
                "state": "planned",
                "due_at": moment,
                "dispatch_facts": False,
                **dict.fromkeys(nothing, False),
            }
        )
        self.env["crm.care.dispatch"]._trigger_next()

    def _wake_up(self):
        """Somebody is in charge now: what waited for that is due now, not overdue."""
        now = fields.Datetime.now()
        waiting = self.filtered(
            lambda task: task.state == "planned" and task.due_at < now
        )
        if waiting:
            waiting.due_at = now
            self.env["crm.care.dispatch"]._trigger_next()

    def _get_company(self):
        # Superuser: the company need not be one that the caller may enter.
        company = self.company_id.sudo()
        return company or self.env["res.company"]._get_relations_default()

    def _get_recipient(self, channel):
        """Return whom a message reaches: the person, else the customer."""
        name = "has_email" if channel == "email" else "has_phone"
        if self.person_id and self.person_id[name]:
            return self.person_id
        return self.partner_id

    def _get_zone(self, known):
        """Return the time zone of the customer, else of the person, the salesperson,
        the company; ``known`` are the zones that there are."""
        zones = (
            self.partner_id.tz,
            self.person_id.tz,
            self.partner_id.user_id.partner_id.tz,
            self._get_company()._get_relations_tz(),
        )
        return next((zone for zone in zones if zone in known), "UTC")

    def _prepare_case(self, refusals, pauses, zones):
        """Return the ``Case`` of this task."""
        rule, company = self.rule_id, self._get_company()
        channel = self.channel or rule.channel
        recipient = self._get_recipient(channel)
        return Case(
            id=self.id,
            customer=self.partner_id.id,
            channel=channel,
            due=self.due_at,
            first_due=self.first_due_at or None,
            occasion=self.occasion_date,
            zone=self._get_zone(zones),
            importance=int(rule.importance),
            is_wanted=rule.active and self.partner_id.active,
            is_refused=not refusals[channel].isdisjoint(
                (recipient.id, self._get_who())
            ),
            is_paused=self.partner_id.id in pauses,
            lacks=self._get_lack(channel, recipient),
            # Who stands in for a message with an activity chooses the day.
            is_touch=rule.is_touch and channel == rule.channel,
            moves=rule.on_conflict == "move",
            skip_before=rule._get_catch_up_limit(company),
            keep_days=rule.keep_days,
            quiet=(company.care_quiet_from, company.care_quiet_until),
        )

    @api.model
    def _prepare_rival(self, row, zone):
        """Return the ``Case`` of a task that is not to be dispatched now, but may want
        the same day.

        :param row: its id, partner_id, due_at, first_due_at, importance
        """
        return Case(
            id=row["id"],
            customer=row["partner_id"],
            channel="",
            due=row["due_at"],
            first_due=row["first_due_at"],
            zone=zone,
            importance=int(row["importance"]),
        )

    def _get_who(self):
        return (self.person_id or self.partner_id).id

    def _get_lack(self, channel, recipient):
        """Return what a message cannot be sent without: number, mail or provider."""
        if channel == "email" and not recipient.has_email:
            return "mail"
        if channel == "sms":
            if self._get_company().relations_sms_provider == "none":
                return "provider"
            if not recipient.has_phone:
                return "number"
        return ""
