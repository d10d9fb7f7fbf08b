from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.arguments import Answers, Day, Text


class CrmLostCustomer(models.Model):
    """Tasks to win a lost customer back: an activity on the customer, at most one open
    at a time."""

    _inherit = "crm.lost.customer"

    activity_id = fields.Many2one(
        comodel_name="mail.activity",
        string="Win-back Task",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    task_user_id = fields.Many2one(
        related="activity_id.user_id", string="Task Of", related_sudo=True
    )
    task_due_on = fields.Date(
        related="activity_id.date_deadline", string="Task Due", related_sudo=True
    )

    may_change = fields.Boolean(
        compute="_compute_may_change", export_string_translation=False
    )

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_may_change(self):
        allowed = self._origin._filtered_access("write")
        for lost in self:
            lost.may_change = lost._origin in allowed

    @api.ondelete(at_uninstall=False)
    def _unlink_with_open_tasks(self):
        # Superuser: the task goes with its record, whoever is to do it.
        self.sudo()._drop_open_tasks()

    def plan_win_back(self, day: Day, note: Text = "") -> Answers:
        """Plan the task to win these customers back, for their owner, else the leader
        of the team that lost them, else the caller.

        :param day: when it is due (date or ISO text)
        :param note: what is to be done
        :raise ValidationError: the day has passed
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes:
            planned, won_back, open_task, archived, not_allowed
        """
        day = self._check_task_day(day)
        allowed = self._filtered_access("write")
        refusals = {lost.id: lost._get_win_back_refusal(allowed) for lost in self}
        taken = self.filtered(lambda lost: not refusals[lost.id][0])
        # Superuser: who may change the record may put the owner to work.
        taken.sudo()._create_tasks(day, note)
        return [lost._get_win_back_answer(*refusals[lost.id]) for lost in self]

    def action_plan_win_back(self):
        """Open the wizard that plans the tasks."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan Win-back"),
            "res_model": "crm.win.back.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lost_ids": self.ids},
        }

    def action_give_up(self):
        """Stop the win-back: the customer stays lost."""
        self.check_access("write")
        # Superuser: nobody types the state; the right has been checked.
        winning = self.sudo().filtered(lambda lost: lost.state == "winning")
        winning.write({"state": "lost"})
        winning._drop_open_tasks()

    @api.model
    def _check_task_day(self, day):
        # The data files of an installation give the day as text.
        day = fields.Date.to_date(day)
        if not day or day < fields.Date.context_today(self):
            raise ValidationError(self.env._("The win-back is due today or later."))
        return day

    def _get_win_back_refusal(self, allowed):
        """Return (code, message) of what is against a task, ("", "") for nothing."""
        if self not in allowed:
            return "not_allowed", self.env._(
                "Only the owner, its manager and the relations manager plan this."
            )
        if self.state == "won_back":
            return "won_back", self.env._("This customer has been won back already.")
        # Superuser: what stands in the way, whatever the caller may read.
        lost = self.sudo()
        if lost.activity_id.active:
            return "open_task", self.env._("A win-back task is open already.")
        if not lost.partner_id.active:
            return "archived", self.env._("This customer has been archived.")
        return "", ""

    def _get_win_back_answer(self, code, message):
        if not code:
            # Superuser: the name of a colleague.
            user = self.sudo().activity_id.user_id
            message = self.env._("Planned for %(user)s.", user=user.name)
        return {
            "id": self.id,
            "ok": not code,
            "code": code or "planned",
            "message": message,
        }

    def _create_tasks(self, day, note):
        # Odoo would mail every single assignment.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        kind = self.env.ref("crm_relations.mail_activity_type_win_back")
        common = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "activity_type_id": kind.id,
            "date_deadline": day,
            "note": note,
        }
        made = activities.create([common | lost._prepare_task_vals() for lost in self])
        for lost, activity in zip(self, made, strict=True):
            lost.write({"activity_id": activity.id, "state": "winning"})

    def _prepare_task_vals(self):
        self.ensure_one()
        user = self._get_task_user()
        lost = self.with_context(lang=user.lang)
        return {
            "res_id": self.partner_id.id,
            "summary": lost.env._("Win back: %(reason)s", reason=lost.reason_id.name),
            "user_id": user.id,
        }

    def _get_task_user(self):
        """Return who is to win the customer back."""
        leader = (self.user_id.sale_team_id or self.team_id).user_id
        candidates = self.partner_id.user_id | leader
        return candidates.filtered("active")[:1] or self.env.user

    def _drop_open_tasks(self):
        """Remove tasks that nobody has done yet."""
        self.activity_id.filtered("active").unlink()

    def _adopt_task(self, twins):
        """Take over an open task of the ``twins``, which are about to go."""
        if self.activity_id.active:
            return
        working = twins.filtered(lambda twin: twin.activity_id.active)[:1]
        activity = working.activity_id
        if activity:
            working.activity_id = False
            self.write({"activity_id": activity.id, "state": "winning"})
