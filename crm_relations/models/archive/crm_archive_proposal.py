from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

DECIDERS = ("crm_relations.group_custodian", "crm_relations.group_relations_manager")
# Only texts, so that a proposal is read and compared as it is typed.
FIELDS = (
    *("name", "phone", "email", "function", "website"),
    *("street", "street2", "city", "zip", "vat"),
)


class CrmArchiveProposal(models.Model):
    """A change of the archive that somebody without the right to make it proposes.

    The owner of the customer, a custodian or a relations manager takes it over or
    refuses it.
    """

    _name = "crm.archive.proposal"
    _description = "Change proposed for an archive"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer or Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    customer_id = fields.Many2one(
        related="partner_id.commercial_partner_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="partner_id.company_id", store=True, index="btree_not_null"
    )
    owner_id = fields.Many2one(related="customer_id.user_id", string="Owner")
    field_name = fields.Selection(
        selection=lambda self: self._selection_field_name(),
        string="Field",
        required=True,
        default="phone",
    )
    old_value = fields.Char(
        string="Stands There",
        compute="_compute_old_value",
        store=True,
        precompute=True,
        help="What the archive said when the change was proposed.",
    )
    new_value = fields.Char(string="Should Be", help="Empty: delete what stands there.")
    note = fields.Char(help="How you know.")
    state = fields.Selection(
        selection=[
            ("proposed", "Proposed"),
            ("approved", "Taken over"),
            ("refused", "Refused"),
        ],
        string="Status",
        required=True,
        default="proposed",
        readonly=True,
        index=True,
        copy=False,
    )
    is_outdated = fields.Boolean(
        compute="_compute_is_outdated",
        help="The archive has been changed since the proposal.",
    )
    may_decide = fields.Boolean(compute="_compute_may_decide")
    decided_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    decided_at = fields.Datetime(string="Decided on", readonly=True, copy=False)

    def _selection_field_name(self):
        partners = self.env["res.partner"]
        return [
            (name, partners._fields[name]._description_string(self.env))
            for name in FIELDS
        ]

    @api.depends("partner_id", "field_name")
    def _compute_old_value(self):
        for proposal in self:
            proposal.old_value = proposal._get_current_value()

    @api.depends("partner_id", "field_name", "old_value", "state")
    def _compute_is_outdated(self):
        for proposal in self:
            proposal.is_outdated = (
                proposal.state == "proposed"
                and proposal._get_current_value() != (proposal.old_value or "")
            )

    @api.depends("partner_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        everything = any(self.env.user.has_group(group) for group in DECIDERS)
        for proposal in self:
            owner = proposal.sudo().customer_id.user_id
            proposal.may_decide = everything or owner == self.env.user

    @api.constrains("new_value", "field_name", "partner_id")
    def _check_new_value(self):
        for proposal in self:
            value = (proposal.new_value or "").strip()
            if value == (proposal.old_value or ""):
                raise ValidationError(self.env._("That is what stands there already."))
            if proposal.field_name == "name" and not value:
                raise ValidationError(
                    self.env._("A customer cannot be without a name.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        hidden = ("state", "old_value", "decided_by_id", "decided_at")
        decided = dict.fromkeys(hidden, False) | {"state": "proposed"}
        decided.pop("old_value")
        cleaned = [
            {name: value for name, value in vals.items() if name not in hidden}
            | decided
            for vals in vals_list
        ]
        return super().create(cleaned)

    def write(self, vals):
        if not self.env.su and {"state", "decided_by_id", "decided_at"} & set(vals):
            raise AccessError(self.env._("Proposals are decided by their buttons."))
        if not self.env.su and any(one.state != "proposed" for one in self):
            raise UserError(self.env._("This proposal has been decided already."))
        return super().write(vals)

    def action_approve(self):
        """Take the changes over into the archive."""
        for proposal in self._check_may_decide():
            # Not as superuser: the archive's own rights and checks hold.
            proposal.partner_id.write(
                {proposal.field_name: (proposal.new_value or "").strip() or False}
            )
        self._decide("approved")

    def action_refuse(self):
        self._check_may_decide()
        self._decide("refused")

    def _check_may_decide(self):
        if not all(proposal.may_decide for proposal in self):
            raise AccessError(
                self.env._(
                    "The owner of the customer, a custodian or a relations manager "
                    "decides this."
                )
            )
        if any(proposal.state != "proposed" for proposal in self):
            raise UserError(self.env._("This proposal has been decided already."))
        return self

    def _decide(self, state):
        # Superuser: the right to decide has been checked.
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _get_current_value(self):
        # Superuser: proposed is a change of what the proposer reads on his screen.
        partner = self.sudo().partner_id
        return (partner[self.field_name] or "") if self.field_name else ""
