from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOMENTS = [
    ("before", "before the deadline"),
    ("after", "after the deadline"),
    ("unheeded", "after the level before was to act"),
]
RECIPIENTS = [
    ("answerable", "Who is answerable"),
    ("first_asked", "Who was asked first"),
    ("leader", "Leader of who is answerable"),
    ("complaint_manager", "Complaint managers"),
    ("relations_manager", "Relations managers"),
    ("person", "A person"),
]
LONGEST = 60 * 24 * 366


class CrmComplaintEscalationStep(models.Model):
    """A level of a ladder: when before or after the deadline who is told, and how
    quickly that person is to act."""

    _name = "crm.complaint.escalation.step"
    _description = "Step of escalation"
    _inherit = ["crm.colleague.mixin"]
    _order = "policy_id, level, id"

    policy_id = fields.Many2one(
        comodel_name="crm.complaint.policy",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    level = fields.Integer(required=True, default=1)
    minutes = fields.Integer(
        required=True,
        default=15,
        help="Working minutes by the calendar of the clock. 0: at the deadline, or as "
        "soon as the level before was to have acted. A warning longer before than the "
        "clock runs is left out.",
    )
    moment = fields.Selection(
        selection=MOMENTS,
        string="When",
        required=True,
        default="before",
        help="After the level before was to act: this level is told when the clock "
        "still runs although the time of “To Act Within” of that level is over.",
    )
    kind_ids = fields.Many2many(
        comodel_name="crm.complaint.clock.kind",
        ondelete="restrict",
        context={"active_test": False},
        string="Clocks",
        help="Only these clocks. Empty: all, promises as well.",
    )
    recipient = fields.Selection(
        selection=RECIPIENTS,
        string="Tell",
        required=True,
        default="answerable",
        help="If there is nobody, the complaint managers are told.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        index="btree_not_null",
        domain="[('share', '=', False)]",
    )
    answer_minutes = fields.Integer(
        string="To Act Within",
        help="Working minutes in which this person is to see to it; told, kept in the "
        "log, and what a next level may wait for. 0: no target of its own.",
    )

    _minutes_range = models.Constraint(
        f"CHECK(minutes BETWEEN 0 AND {LONGEST}"
        f" AND answer_minutes BETWEEN 0 AND {LONGEST} AND level > 0)",
        "Levels begin with 1, minutes lie between 0 and a year.",
    )

    @api.constrains("recipient", "user_id")
    def _check_user_id(self):
        if any(step.recipient == "person" and not step.user_id for step in self):
            raise ValidationError(self.env._("Say which person is told."))

    @api.constrains("level", "moment", "answer_minutes", "policy_id")
    def _check_level_before(self):
        for policy in self.policy_id:
            for step in policy.step_ids.filtered(lambda one: one.moment == "unheeded"):
                before = step._get_level_before(policy.step_ids)
                if not before or not all(before.mapped("answer_minutes")):
                    raise ValidationError(
                        self.env._(
                            "Level %(level)s waits for the level before: say within "
                            "how many minutes that one is to act.",
                            level=step.level,
                        )
                    )

    @api.depends("level", "minutes", "moment", "recipient")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for step in self:
            step.display_name = step._tell()

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.policy_id._ladder_changed()
        return steps

    def write(self, vals):
        policies = self.policy_id
        result = super().write(vals)
        (policies | self.policy_id)._ladder_changed()
        return result

    def unlink(self):
        policies = self.policy_id
        result = super().unlink()
        policies.exists()._ladder_changed()
        return result

    def _get_offset(self):
        """Return the minutes after the deadline, below zero before it."""
        self.ensure_one()
        return -self.minutes if self.moment == "before" else self.minutes

    def _get_level_before(self, steps):
        """Return those of these steps that make up the level before this one."""
        self.ensure_one()
        lower = steps.filtered(lambda one: one.level < self.level)
        last = max(lower.mapped("level"), default=0)
        return lower.filtered(lambda one: one.level == last)

    def _get_moment(self, row, steps, told, time):
        """Return when this step of a ladder tells of a clock; None: never, or not
        known yet.

        :param row: of the clock
        :param steps: the ladder, of which those of ``told`` have told of the deadline:
            ``{step id: (deadline, moment, whether somebody was told)}``
        """
        self.ensure_one()
        is_next = self.moment == "unheeded"
        before = self._get_level_before(steps) if is_next else self.browse()
        heard = before.filtered(lambda one: one.id in told)
        if any(
            one.moment == "unheeded" or one._get_moment(row, steps, told, time)
            for one in before - heard
        ):
            return None  # the turn of the level before is still to come
        if heard:
            return max(one._get_end(row, told, time, self.minutes) for one in heard)
        return time.get_moment(
            row["started_at"],
            row["deadline_at"],
            self._get_offset(),
            row["unit"] or "minute",
            row["pauses"],
        )

    def _get_end(self, row, told, time, minutes):
        """Return when so many minutes are over after the time that this level, which
        has been told, has to act; it has none if there was nobody to tell."""
        _deadline, at, is_heard = told[self.id]
        minutes += self.answer_minutes if is_heard else 0
        return time.plan(at, minutes, "minute", row["pauses"]) or at

    def _is_for(self, kind_id):
        return not self.kind_ids or kind_id in self.kind_ids.ids

    def _tell(self):
        """Return “Who is answerable (15 minutes before)”."""
        self.ensure_one()
        recipients = dict(self._fields["recipient"]._description_selection(self.env))
        # Superuser: the name of a colleague.
        person = self.sudo().user_id.name if self.recipient == "person" else ""
        values = {
            "minutes": self.minutes,
            "who": person or recipients.get(self.recipient, ""),
        }
        if self.moment == "unheeded":
            if not self.minutes:
                return self.env._(
                    "%(who)s (if the level before does not act)", **values
                )
            return self.env._(
                "%(who)s (%(minutes)s min after the level before was to act)", **values
            )
        if not self.minutes:
            return self.env._("%(who)s (at the deadline)", **values)
        if self.moment == "before":
            return self.env._("%(who)s (%(minutes)s min before)", **values)
        return self.env._("%(who)s (%(minutes)s min after)", **values)
