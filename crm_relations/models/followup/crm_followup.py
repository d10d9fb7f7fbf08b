from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# A clock that runs a little ahead in the browser is no contact in the future.
CLOCK_TOLERANCE = timedelta(minutes=5)
EARLIEST = datetime(1900, 1, 1)
MOST_MINUTES = 31 * 24 * 60
# They follow from the partner and the person.
DERIVED = frozenset(("customer_id", "company_id"))
DEALS = ("opportunity_id", "order_id")


class CrmFollowup(models.Model):
    """A contact with a customer that really happened.

    What an exchange or a device has measured is written by no user
    (``_get_measured_fields``), nor are the times it stands for changed
    (``_get_times_of_measured``).
    """

    _name = "crm.followup"
    _description = "Follow-up"
    _inherit = ["mail.thread", "crm.colleague.mixin"]
    _order = "date desc, id desc"
    _rec_name = "purpose"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="With",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
        ondelete="set null",
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
        comodel_name="res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    kind_id = fields.Many2one(
        comodel_name="crm.followup.kind",
        required=True,
        default=lambda self: self._default_kind_id(),
        ondelete="restrict",
        tracking=True,
    )
    date = fields.Datetime(
        string="When",
        required=True,
        default=fields.Datetime.now,
        index=True,
        tracking=True,
        help="When the contact took place. The future is refused.",
    )
    duration_minutes = fields.Integer(string="Minutes", tracking=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Done By",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        domain="[('share', '=', False)]",
    )
    opportunity_id = fields.Many2one(
        comodel_name="crm.lead",
        domain="[('type', '=', 'opportunity'),"
        " ('partner_id.commercial_partner_id', '=', customer_id)]",
        index="btree_not_null",
        ondelete="set null",
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Quotation or Order",
        domain="[('partner_id.commercial_partner_id', '=', customer_id)]",
        index="btree_not_null",
        ondelete="set null",
    )
    purpose = fields.Char(required=True)
    content = fields.Text()
    feedback = fields.Text(string="Customer's Feedback")
    attachment_ids = fields.Many2many(
        comodel_name="ir.attachment", string="Attachments", copy=False
    )

    is_measured = fields.Boolean(compute="_compute_is_measured")

    _latest_idx = models.Index("(customer_id, date DESC)")

    def _default_kind_id(self):
        return self.env["crm.followup.kind"].search([], limit=1)

    # Once only: a deal that gets another customer takes no past contact along.
    @api.depends("opportunity_id", "order_id")
    def _compute_partner_id(self):
        for followup in self:
            followup.partner_id = (
                followup.partner_id
                or followup.opportunity_id.partner_id
                or followup.order_id.partner_id
            )

    # Without commercial_partner_id: what was discussed with a former employer stays
    # with that customer when a person changes sides.
    @api.depends("partner_id")
    def _compute_customer_id(self):
        for followup in self:
            followup.customer_id = followup.partner_id.commercial_partner_id

    @api.depends("customer_id.company_id", "user_id")
    def _compute_company_id(self):
        for followup in self:
            if followup.customer_id:
                followup.company_id = followup.customer_id.company_id
            else:  # a call of an unknown number is for those who were called
                followup.company_id = followup.user_id.company_id

    def _compute_is_measured(self):
        for followup in self:
            followup.is_measured = followup._is_measured()

    @api.constrains("partner_id", "kind_id")
    def _check_partner_id(self):
        if any(not followup._has_partner() for followup in self):
            raise ValidationError(
                self.env._(
                    "Who was it with? A follow-up belongs to a customer or a contact."
                )
            )

    def _has_partner(self):
        return bool(self.partner_id)

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
        if any(followup.date < EARLIEST for followup in self):
            raise ValidationError(
                self.env._("A follow-up before the year 1900? Please check the time.")
            )

    @api.constrains("duration_minutes")
    def _check_duration_minutes(self):
        minutes = self.mapped("duration_minutes")
        if any(number < 0 for number in minutes):
            raise ValidationError(self.env._("The duration cannot be negative."))
        if any(number > MOST_MINUTES for number in minutes):
            raise ValidationError(
                self.env._(
                    "A follow-up takes %(most)s minutes at most.", most=MOST_MINUTES
                )
            )

    @api.constrains("user_id")
    def _check_user_id(self):
        # Superuser: whether it is a colleague, for those who may not read users.
        if any(user.share for user in self.sudo().user_id):
            raise ValidationError(
                self.env._("A follow-up is done by a colleague, not by a portal user.")
            )

    @api.constrains(*DEALS)
    def _check_deals(self):
        # Superuser: whose deal it is, also of one that the caller may not read.
        for followup in self.sudo():
            deals = [followup[name].partner_id for name in DEALS]
            others = [
                partner.commercial_partner_id
                for partner in deals
                if partner and partner.commercial_partner_id != followup.customer_id
            ]
            if others:
                raise ValidationError(
                    self.env._(
                        "This opportunity or quotation is one of another customer."
                    )
                )

    @api.constrains("purpose")
    def _check_purpose(self):
        if any(not (followup.purpose or "").strip() for followup in self):
            raise ValidationError(self.env._("What was the contact about?"))

    @api.model
    def _get_measured_fields(self):
        """Return the names of the fields that devices fill, never users."""
        return set()

    def _has_field_access(self, field, operation):
        kept = operation == "write" and (
            field.name in DERIVED or field.name in self._get_measured_fields()
        )
        return super()._has_field_access(field, operation) and (self.env.su or not kept)

    def _is_measured(self):
        """Tell whether a device says when this took place."""
        return False

    @api.model_create_multi
    def create(self, vals_list):
        followups = super().create(vals_list)
        # Odoo leaves the draft on which it precomputes among the lines in its cache.
        followups.customer_id.invalidate_recordset(["followup_ids"], flush=False)
        followups._own_attachments()
        return followups

    def write(self, vals):
        self._check_measured_times(vals)
        result = super().write(vals)
        if "partner_id" in vals:
            self._leave_deals_of_others(vals)
        if "attachment_ids" in vals:
            self._own_attachments()
        return result

    def _check_measured_times(self, vals):
        if self.env.su or not {"date", "duration_minutes", "kind_id"} & set(vals):
            return
        if any(followup._is_measured() for followup in self):
            raise UserError(
                self.env._(
                    "When a recorded call or a visit with check-in took place, and how "
                    "long, has been measured and cannot be changed."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_measured(self):
        manages = self.env.user.has_group("crm_relations.group_sales_manager")
        if not (self.env.su or manages) and any(
            followup._is_measured() for followup in self
        ):
            raise UserError(
                self.env._(
                    "Recorded calls and visits with check-in are evidence: only a "
                    "sales manager deletes them."
                )
            )

    def _leave_deals_of_others(self, vals):
        """Moved to another customer, it does not speak of the former one's deals."""
        for name in set(DEALS) - set(vals):
            self.filtered(
                lambda followup, name=name: (
                    followup[name].partner_id
                    and followup[name].partner_id.commercial_partner_id
                    != followup.customer_id
                )
            )[name] = False

    def _own_attachments(self):
        """Files added before the record was saved belong to nobody, and only who added
        them would see them."""
        for followup in self:
            # Superuser: the own files, of which Odoo lets nobody change the record.
            loose = followup.attachment_ids.sudo().filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": self._name, "res_id": followup.id})

    @api.model
    def _get_quick_action(self, context):
        """Return the action that opens a new follow-up in a dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log a follow-up"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [
                (self.env.ref("crm_relations.crm_followup_view_form_quick").id, "form")
            ],
            "target": "new",
            "context": context,
        }
