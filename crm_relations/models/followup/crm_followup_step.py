from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmFollowup(models.Model):
    """The next step of a contact is a planned activity."""

    _inherit = "crm.followup"

    next_step = fields.Char()
    next_date = fields.Date(
        string="Next Step On",
        help="The next step becomes an activity of yours. Without a day it is due on "
        "the next working day.",
    )
    activity_id = fields.Many2one(
        comodel_name="mail.activity",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    @api.constrains("next_step", "next_date", "date")
    def _check_next_step(self):
        for followup in self.filtered("next_date"):
            if followup.next_date < followup._get_local_day():
                raise ValidationError(
                    self.env._("The next step lies before the contact itself.")
                )
        if any(followup.next_step and not followup.next_date for followup in self):
            raise ValidationError(self.env._("On which day is the next step due?"))

    @api.onchange("next_step")
    def _onchange_next_step(self):
        if self.next_step and not self.next_date:
            self.next_date = self._get_next_step_day()

    def _get_local_day(self):
        """Return the day of this contact where it was made."""
        here = self.with_context(tz=self.user_id._get_relations_tz())
        return fields.Datetime.context_timestamp(here, self.date).date()

    @api.model
    def _get_next_step_day(self):
        """Return the next working day of the company."""
        today = self.env.user._get_relations_today()
        # Superuser: the calendar of a company is no secret.
        calendar = self.env.company.sudo().resource_calendar_id
        try:
            return calendar.plan_workdays(today, 1)
        except ValidationError:  # a calendar without hours
            return today + timedelta(days=1)

    @api.model_create_multi
    def create(self, vals_list):
        if any(map(_lacks_day, vals_list)):
            day = self._get_next_step_day()
            vals_list = [
                {**vals, "next_date": day} if _lacks_day(vals) else vals
                for vals in vals_list
            ]
        followups = super().create(vals_list)
        followups._plan_next_steps()
        return followups

    def write(self, vals):
        if _lacks_day(vals) and "next_date" not in vals:
            undated = self.filtered(lambda followup: not followup.next_date)
            if undated:
                dated = {**vals, "next_date": self._get_next_step_day()}
                others = self - undated
                return undated.write(dated) and (not others or others.write(vals))
        result = super().write(vals)
        if "partner_id" in vals:
            self._withdraw_strayed_steps()
        if {"partner_id", "next_date", "next_step", "user_id"} & set(vals):
            self._plan_next_steps()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_next_steps(self):
        """A contact that never happened has no next step."""
        # Superuser: the activity is one of this record's making.
        self.sudo().activity_id.filtered("active").unlink()

    def _withdraw_strayed_steps(self):
        # Superuser: see _plan_next_steps, which plans them anew.
        strayed = self.sudo().filtered(
            lambda followup: (
                followup.activity_id.active
                and followup.activity_id.res_id != followup.customer_id.id
            )
        )
        strayed.activity_id.unlink()

    def _plan_next_steps(self):
        """Keep the activity of the next step as the record says."""
        # Superuser: whoever may log a follow-up may plan its next step, also without
        # the right to change the customer.
        followups = self.sudo()
        planned = followups.filtered("activity_id.active")  # not done yet
        kept = planned.filtered("next_date")
        for followup in kept:
            followup.activity_id.write(followup._prepare_step_vals())
        (planned - kept).activity_id.unlink()
        for followup in (followups - planned).filtered("next_date"):
            followup._schedule_step()

    def _schedule_step(self):
        customer = self.customer_id.with_context(mail_activity_quick_update=True)
        if customer:
            self.activity_id = customer.activity_schedule(
                "mail.mail_activity_data_todo", **self._prepare_step_vals()
            )

    def _prepare_step_vals(self):
        self.ensure_one()
        return {
            "date_deadline": self.next_date,
            "summary": self.next_step or self.purpose,
            "user_id": self.user_id.id,
        }


def _lacks_day(vals):
    return bool(vals.get("next_step")) and not vals.get("next_date")
