from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# A clock that runs a little ahead in the browser is no contact in the future.
CLOCK_TOLERANCE = timedelta(minutes=5)


class CrmFollowup(models.Model):
    """A contact with a customer that really happened."""

    _name = "crm.followup"
    _description = "Follow-up"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "purpose"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="With",
        required=True,
        index=True,
        ondelete="cascade",
        help="The customer, or the contact you talked to. It counts for the customer.",
    )
    customer_id = fields.Many2one(
        comodel_name="res.partner",
        compute="_compute_customer_id",
        store=True,
        precompute=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, index="btree_not_null"
    )
    kind_id = fields.Many2one(
        comodel_name="crm.followup.kind",
        required=True,
        default=lambda self: self._default_kind_id(),
        ondelete="restrict",
    )
    date = fields.Datetime(
        string="When",
        required=True,
        default=fields.Datetime.now,
        index=True,
        help="When the contact took place. The future is refused.",
    )
    duration_minutes = fields.Integer(string="Minutes")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Done By",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        domain="[('share', '=', False)]",
    )
    opportunity_id = fields.Many2one(
        comodel_name="crm.lead",
        domain="[('type', '=', 'opportunity'),"
        " ('partner_id.commercial_partner_id', '=', customer_id)]",
        index="btree_not_null",
        ondelete="set null",
    )
    purpose = fields.Char(required=True)
    content = fields.Text()
    feedback = fields.Text(string="Customer's Feedback")
    next_step = fields.Char()
    next_date = fields.Date(
        string="Next Step On", help="The next step becomes an activity of yours."
    )
    activity_id = fields.Many2one(
        comodel_name="mail.activity", readonly=True, copy=False, ondelete="set null"
    )
    attachment_ids = fields.Many2many(
        comodel_name="ir.attachment", string="Attachments", copy=False
    )

    _latest_idx = models.Index("(customer_id, date DESC)")

    def _default_kind_id(self):
        return self.env["crm.followup.kind"].search([], limit=1)

    # Without commercial_partner_id: what was discussed with a former employer stays
    # with that customer when a person changes sides.
    @api.depends("partner_id")
    def _compute_customer_id(self):
        for followup in self:
            followup.customer_id = followup.partner_id.commercial_partner_id

    @api.constrains("date")
    def _check_date(self):
        latest = fields.Datetime.now() + CLOCK_TOLERANCE
        if any(followup.date > latest for followup in self):
            raise ValidationError(
                self.env._(
                    "A follow-up has taken place: its time cannot lie in the future. "
                    "Plan an activity instead."
                )
            )

    @api.constrains("duration_minutes")
    def _check_duration_minutes(self):
        if any(followup.duration_minutes < 0 for followup in self):
            raise ValidationError(self.env._("The duration cannot be negative."))

    @api.constrains("purpose")
    def _check_purpose(self):
        if any(not (followup.purpose or "").strip() for followup in self):
            raise ValidationError(self.env._("What was the contact about?"))

    @api.constrains("next_step", "next_date", "date")
    def _check_next_step(self):
        for followup in self.filtered("next_date"):
            if followup.next_date < followup.date.date():
                raise ValidationError(
                    self.env._("The next step lies before the contact itself.")
                )
        if any(followup.next_step and not followup.next_date for followup in self):
            raise ValidationError(self.env._("On which day is the next step due?"))

    @api.model_create_multi
    def create(self, vals_list):
        followups = super().create(vals_list)
        followups._plan_next_steps()
        followups._own_attachments()
        return followups

    def write(self, vals):
        result = super().write(vals)
        if {"next_date", "next_step", "user_id"} & set(vals):
            self._plan_next_steps()
        if "attachment_ids" in vals:
            self._own_attachments()
        return result

    def _plan_next_steps(self):
        """Keep the activity of the next step as the record says."""
        # Superuser: whoever may log a follow-up may plan its next step, also without
        # the right to change the customer.
        for followup in self.sudo():
            activity = followup.activity_id.filtered("active")  # not done yet
            if activity and followup.next_date:
                activity.write(followup._prepare_step_vals())
            elif activity:
                activity.unlink()
            elif followup.next_date:
                customer = followup.customer_id.with_context(
                    mail_activity_quick_update=True
                )
                followup.activity_id = customer.activity_schedule(
                    "mail.mail_activity_data_todo", **followup._prepare_step_vals()
                )

    def _prepare_step_vals(self):
        self.ensure_one()
        return {
            "date_deadline": self.next_date,
            "summary": self.next_step or self.purpose,
            "user_id": self.user_id.id,
        }

    def _own_attachments(self):
        """Files added before the record was saved belong to nobody, and only who added
        them would see them."""
        for followup in self:
            loose = followup.attachment_ids.sudo().filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": self._name, "res_id": followup.id})
