from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

# What a manager may change by hand; the rest follows from calls.
CHANGEABLE = {"agent_id", "priority", "deadline_at", "person_id"}


class CrmCallback(models.Model):
    """A customer to be called back, once for each occasion of a rule."""

    _name = "crm.callback"
    _inherit = ["crm.hidden.mixin", "crm.colleague.mixin"]
    _description = "Callback"
    _order = "priority desc, deadline_at, id"
    _rec_name = "partner_id"

    source = fields.Selection(
        selection=[("rule", "Rule"), ("care", "Care"), ("hand", "By hand")],
        string="Made By",
        required=True,
        readonly=True,
        default="hand",
    )
    rule_id = fields.Many2one(
        comodel_name="crm.callback.rule",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_managed_customer', '=', True)]",
    )
    person_id = fields.Many2one(
        comodel_name="res.partner",
        string="Person to Call",
        index="btree_not_null",
        ondelete="set null",
        domain="[('commercial_partner_id', '=', partner_id)]",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    purpose = fields.Char(
        compute="_compute_purpose",
        inverse="_inverse_purpose",
        help="What the call is about.",
    )
    own_purpose = fields.Char(export_string_translation=False)
    script = fields.Text(compute="_compute_purpose")
    occasion = fields.Char(
        required=True,
        readonly=True,
        default=lambda self: self._default_occasion(),
        export_string_translation=False,
    )
    occurred_at = fields.Datetime(
        string="Occasion On",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )
    due_at = fields.Datetime(
        string="Call From",
        required=True,
        default=fields.Datetime.now,
        help="Before this moment the call does not come up.",
    )
    deadline_at = fields.Datetime(
        string="Call Until", required=True, help="After this moment the call is late."
    )
    deadline_on = fields.Date(compute="_compute_deadline_on", store=True)
    next_at = fields.Datetime(
        string="Next Attempt",
        compute="_compute_next_at",
        store=True,
        readonly=True,
        precompute=True,
    )
    priority = fields.Selection(
        selection=[("0", "Normal"), ("1", "High"), ("2", "Very high")],
        required=True,
        default="0",
    )
    state = fields.Selection(
        selection=[
            ("open", "To call"),
            ("done", "Done"),
            ("failed", "Given up"),
            ("dropped", "Dropped"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    agent_id = fields.Many2one(
        comodel_name="res.users",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="Empty: on the common list, for whoever calls next.",
    )
    attempt_count = fields.Integer(string="Attempts", readonly=True)
    attempt_ids = fields.One2many(
        comodel_name="crm.callback.attempt", inverse_name="callback_id", readonly=True
    )
    outcome_id = fields.Many2one(
        comodel_name="crm.callback.outcome",
        string="Last Outcome",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    done_at = fields.Datetime(string="Ended At", readonly=True)
    facts = fields.Json(readonly=True)
    reason = fields.Char(string="Why", compute="_compute_reason")

    _occasion_uniq = models.UniqueIndex(
        "(rule_id, partner_id, occasion) WHERE rule_id IS NOT NULL",
        "This occasion is being called about already.",
    )
    _open_idx = models.Index("(priority DESC, deadline_at, id) WHERE state = 'open'")
    _rest_idx = models.Index("(partner_id, occurred_at)")

    def _default_occasion(self):
        return f"hand-{fields.Datetime.now()}"

    @api.depends("partner_id.company_id", "partner_id.relation_company_id")
    def _compute_company_id(self):
        for call in self:
            call.company_id = call.partner_id._get_own_company()

    @api.depends("rule_id", "own_purpose")
    @api.depends_context("lang")
    def _compute_purpose(self):
        for call in self:
            # Superuser: an agent reads no rules, but what they make him say.
            rule = call.sudo().rule_id
            call.purpose = call.own_purpose or rule.purpose
            call.script = rule.script

    def _inverse_purpose(self):
        for call in self:
            call.own_purpose = call.purpose

    @api.depends("due_at")
    def _compute_next_at(self):
        for call in self:
            call.next_at = call.due_at

    @api.depends("deadline_at", "company_id")
    def _compute_deadline_on(self):
        default = self.env["res.company"]._get_relations_default()
        for company, calls in self.grouped("company_id").items():
            # Superuser: the time zone of a company is no secret.
            zone = (company.sudo() or default)._get_relations_tz()
            for call in calls.with_context(tz=zone):
                call.deadline_on = (
                    call.deadline_at
                    and fields.Datetime.context_timestamp(call, call.deadline_at)
                )

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_reason(self):
        renderer = self.env["crm.reason"]
        renderer._look_ahead(self.mapped("facts"))
        for call in self:
            call.reason = renderer._get_sentence(call.facts)

    @api.constrains("due_at", "deadline_at")
    def _check_deadline_at(self):
        if any(call.deadline_at < call.due_at for call in self):
            raise ValidationError(
                self.env._("A call cannot be late before it may be made.")
            )

    @api.constrains("partner_id", "person_id")
    def _check_person_id(self):
        for call in self:
            customer, person = call.partner_id, call.person_id
            if person and person.commercial_partner_id != customer:
                raise ValidationError(
                    self.env._(
                        "%(person)s does not belong to %(customer)s.",
                        person=person.display_name,
                        customer=customer.display_name,
                    )
                )
            if customer.commercial_partner_id != customer:
                raise ValidationError(
                    self.env._("Call back a customer; name its contact as the person.")
                )

    @api.constrains("agent_id")
    def _check_agent_id(self):
        for agent, calls in self.filtered("agent_id").grouped("agent_id").items():
            if not agent.has_group("crm_relations.group_callback_agent"):
                raise ValidationError(
                    self.env._("%(user)s is no callback agent.", user=agent.name)
                )
            # Superuser: for which companies the calls are.
            foreign = calls.sudo().company_id - agent._get_open_companies()
            if foreign:
                raise ValidationError(
                    self.env._(
                        "%(user)s makes no calls for %(company)s.",
                        user=agent.name,
                        company=foreign[0].name,
                    )
                )

    @api.constrains("source", "own_purpose")
    def _check_purpose(self):
        for call in self.filtered(lambda call: call.source == "hand"):
            if not (call.own_purpose or "").strip():
                raise ValidationError(self.env._("What is the call about?"))

    def write(self, vals):
        if not self.env.su and set(vals) - CHANGEABLE:
            raise AccessError(
                self.env._("What became of a callback follows from its calls.")
            )
        result = super().write(vals)
        if "agent_id" in vals and not self.env.su:
            # Superuser: whoever gives the call to somebody takes it from who has it.
            self.sudo()._free()
        return result

    def action_drop(self):
        """Nobody needs to call any more."""
        self.check_access("write")
        # Superuser: nobody types the state; the right has been checked.
        opened = self.sudo().filtered(lambda call: call.state == "open")
        opened._end("dropped")

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def _end(self, state):
        self.write({"state": state, "done_at": fields.Datetime.now()})
        self._free()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if "purpose" in vals:  # before it is checked
                vals["own_purpose"] = vals.pop("purpose")
        if not self.env.su:
            # Also defaults of the client are overruled.
            vals_list = [vals | self._prepare_by_hand_vals() for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _prepare_by_hand_vals(self):
        """Return what nobody may choose for a callback made by hand."""
        nothing = ("rule_id", "facts", "outcome_id", "done_at", "reserved_by_id")
        return {
            **dict.fromkeys((*nothing, "reserved_until", "care_task_id"), False),
            "source": "hand",
            "state": "open",
            "attempt_count": 0,
            "occasion": self._default_occasion(),
            "occurred_at": fields.Datetime.now(),
        }

    def _made_by_sql(self):
        """Complete callbacks that a statement has inserted: their stored computed
        fields. A few statements a batch."""
        for name in ("number", "number_partner_id", "deadline_on"):
            self.env.add_to_compute(self._fields[name], self)
        self._recompute_recordset(["number", "number_partner_id", "deadline_on"])
        self.flush_recordset()
