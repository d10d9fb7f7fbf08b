from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.arguments import Id, Text
from ...tools.field_texts import write_text
from ...tools.masking import is_masked
from ...tools.told_source import told_as

# The machine writes them; a client's values are not looked at.
DECIDED = frozenset(
    ("state", "decided_by_id", "decided_at", "old_value", "refusal_reason")
)


class CrmArchiveProposal(models.Model):
    """A change of the archive that somebody without the right to make it proposes.

    Of the fields of the archive only, and of what the proposer may read. Whoever
    decides takes it over with the own rights: a proposal opens no door.
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
        related="customer_id.company_id", store=True, index="btree_not_null"
    )
    owner_id = fields.Many2one(related="customer_id.user_id", string="Owner")
    field_name = fields.Selection(
        selection=lambda self: self._selection_field_name(),
        string="Field",
        required=True,
        default="phone",
    )
    old_value = fields.Char(
        compute="_compute_old_value",
        store=True,
        precompute=True,
        compute_sudo=False,
        export_string_translation=False,
    )
    new_value = fields.Char(string="Should Be", help="Empty: delete what stands there.")
    old_text = fields.Char(
        string="Stood There",
        compute="_compute_texts",
        help="What the archive said to who proposed the change.",
    )
    new_text = fields.Char(
        string="Is to Stand There",
        compute="_compute_texts",
        help="Empty: what stands there is deleted.",
    )
    note = fields.Char(string="Reason", help="Why, or how you know.")
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
    decided_at = fields.Datetime(string="Answered On", readonly=True, copy=False)
    refusal_reason = fields.Char(
        string="Refused Because",
        readonly=True,
        copy=False,
        help="Told to who has proposed it.",
    )

    def _selection_field_name(self):
        fields_ = self.env["res.partner"]._get_proposable_fields()
        labels = [(name, self._get_label(field)) for name, field in fields_.items()]
        return sorted(labels, key=lambda choice: choice[1])

    # Once only, with the rights of who proposes: what he does not read is told to
    # nobody by his proposal.
    @api.depends("partner_id", "field_name")
    def _compute_old_value(self):
        for proposal in self:
            proposal.old_value = proposal._get_current_value()

    @api.depends("partner_id", "field_name", "old_value", "new_value")
    @api.depends_context("lang", "uid")
    def _compute_texts(self):
        for proposal in self:
            field = proposal._get_field()
            tell = proposal._tell if field else lambda _partner, _field, text: text
            proposal.old_text = tell(proposal.partner_id, field, proposal.old_value)
            proposal.new_text = tell(proposal.partner_id, field, proposal.new_value)

    @api.depends("partner_id", "field_name", "old_value", "state")
    @api.depends_context("uid")
    def _compute_is_outdated(self):
        for proposal in self:
            proposal.is_outdated = (
                proposal.state == "proposed"
                and not is_masked(proposal.old_value)
                and proposal._get_current_value() != (proposal.old_value or "")
            )

    @api.depends("partner_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for proposal in self:
            partner = proposal.partner_id
            proposal.may_decide = bool(partner) and partner._may_change_archive()

    @api.constrains("new_value", "field_name", "partner_id")
    def _check_new_value(self):
        # Compared with what the proposer has read, not with what stands there.
        if any((one.new_value or "") == (one.old_value or "") for one in self):
            raise ValidationError(self.env._("That is what stands there already."))

    @api.model_create_multi
    def create(self, vals_list):
        cleaned = [
            {name: value for name, value in vals.items() if name not in DECIDED}
            | {"state": "proposed", "decided_by_id": False, "decided_at": False}
            for vals in vals_list
        ]
        for vals in cleaned:
            self._clean_change(vals)
        return super().create(cleaned)

    def write(self, vals):
        if self.env.su or not vals:
            return super().write(vals)
        if DECIDED & set(vals):
            raise AccessError(self.env._("Proposals are decided by their buttons."))
        if any(one.state != "proposed" for one in self):
            raise UserError(self.env._("This proposal has been decided already."))
        if {"partner_id", "field_name", "new_value"}.isdisjoint(vals):
            return super().write(vals)
        for proposal in self:
            changed = {
                "partner_id": proposal.partner_id.id,
                "field_name": proposal.field_name,
                "new_value": proposal.new_value,
                **vals,
            }
            self._clean_change(changed)
            super(CrmArchiveProposal, proposal).write(changed)
        return True

    @api.model
    def _clean_change(self, vals):
        """Read what is to stand where, in place.

        :raise ValidationError: no field of the archive, or no value of it
        :raise AccessError: the caller may not read it
        """
        partner = self.env["res.partner"].browse(Id.parse(vals.get("partner_id")) or ())
        if not partner.exists():
            raise ValidationError(self.env._("Choose a customer or a contact."))
        name = vals.get("field_name") or self.default_get(["field_name"])["field_name"]
        field = partner._check_proposable(name)
        self._get_text_of(partner, field)
        value = self._parse(partner, field, vals.get("new_value"))
        if name == "name" and not value:
            raise ValidationError(self.env._("A customer cannot be without a name."))
        vals["field_name"] = name
        vals["new_value"] = write_text(field.type, value) or False

    def _take_over(self):
        """Take the changes over into the archive."""
        for proposal in self._check_may_decide():
            proposal._write_value(proposal.new_value)
        self._decide("approved")

    def _write_value(self, text):
        partner = self.partner_id
        field = partner._check_proposable(self.field_name)
        value = self._parse(partner, field, text)
        # Not as superuser: the archive's own rights and checks hold.
        with told_as(self._get_source(), self.note, self.id):
            partner.sudo(False).write({field.name: value})

    def _get_source(self):
        """Return by what way the change came; another room may know better."""
        return "proposal"

    def refuse(self, reason: Text):
        """Refuse these changes; who has proposed them is told why.

        :return: number of proposals refused
        :raise UserError: no reason, or decided already; nothing is refused then
        :raise AccessError: somebody else decides
        """
        self._check_may_decide()
        if not reason.strip():
            raise UserError(self.env._("Give the reason."))
        self._decide("refused", refusal_reason=reason.strip())
        return len(self)

    def _check_may_decide(self):
        if not all(proposal.may_decide for proposal in self):
            raise AccessError(
                self.env._(
                    "The owner of the customer, the leader of the team, a custodian "
                    "or a relations manager decides this."
                )
            )
        if any(proposal.state != "proposed" for proposal in self):
            raise UserError(self.env._("This proposal has been decided already."))
        return self

    def _decide(self, state, **values):
        # Superuser: the right to decide has been checked.
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                **values,
            }
        )
        self._tell_proposers(state)

    def _get_field(self):
        """Return the field that is meant, if the caller may read it."""
        names = self.env["res.partner"]._get_proposable_fields()
        return names.get(self.field_name)

    def _get_current_value(self):
        """Return what the caller reads there now, "" for what is not for him."""
        field, partner = self._get_field(), self.partner_id._origin
        if not field or not partner or not partner.has_access("read"):
            return ""
        return self._get_text_of(partner, field)
