from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.sentences import join_sentences

# What only the buttons write, whatever is given.
DECIDED = (
    *("state", "findings", "asked_at", "asked_by_id", "decided_at"),
    *("decided_by_id", "refusal_reason", "involved_ids"),
)


class CrmGivingMixin(models.AbstractModel):
    """What a customer is given: proposed, approved by somebody else where it is above a
    limit, and never edited after that.

    A model names what people write in ``_given``, and says in ``_judge`` what needs an
    approval.
    """

    _name = "crm.giving.mixin"
    _description = "What is given to a customer"
    _inherit = ["crm.four.eyes.mixin", "crm.customer.line.mixin", "crm.colleague.mixin"]
    _decided = DECIDED
    _given = frozenset()

    partner_id = fields.Many2one(readonly=False)
    company_id = fields.Many2one(
        compute="_compute_company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        compute="_compute_currency_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Given By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    reason = fields.Char(help="Why the customer gets it: whoever approves it reads it.")
    findings = fields.Json(readonly=True, copy=False)
    why = fields.Char(
        string="Needs an Approval",
        compute="_compute_why",
        help="Why somebody else has to approve it. Empty: it is within all limits.",
    )
    asked_at = fields.Datetime(string="Asked On", readonly=True, copy=False)
    asked_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    decided_at = fields.Datetime(string="Approved or Refused On")
    decided_by_id = fields.Many2one(
        help="Empty: it was within the limits and needed nobody.",
    )

    @api.depends("partner_id")
    def _compute_company_id(self):
        for record in self:
            record.company_id = record.partner_id.company_id

    @api.depends("partner_id")
    def _compute_currency_id(self):
        for record in self:
            record.currency_id = record.partner_id._get_relation_company().currency_id

    def _compute_why(self):
        """A draft is judged as it stands; later what was found then is told."""
        drafts = self.filtered(lambda record: record.state == "draft")
        judged = drafts._judge()
        for record in self:
            findings = judged.get(record.id, record.findings)
            record.why = record._tell_findings(findings) if findings else False

    @api.depends("user_id")
    def _compute_may_decide(self):
        return super()._compute_may_decide()

    def _judge(self):
        """Return ``{id: what needs an approval}``: a list of facts, empty where it is
        within all limits. What several of these come to counts in the order given."""
        return {record.id: [] for record in self}

    def _tell_findings(self, findings):
        """Return these facts in words, in the reader's language."""
        told = [
            getattr(self, f"_tell_{finding['code']}")(finding) for finding in findings
        ]
        return join_sentences(told)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create([self._complete(vals) for vals in vals_list])
        records._check_customer()
        return records

    def write(self, vals):
        if not self.env.su:
            if set(vals) - self._given:
                raise AccessError(
                    self.env._("You propose what is given; the rest follows from that.")
                )
            self._check_draft()
            self._involve()
        result = super().write(vals)
        if "partner_id" in vals:
            self._check_customer()
        return result

    @api.model
    def _complete(self, vals):
        """Hook: return the values with what follows from them."""
        return vals

    def _check_customer(self):
        """Refuse what is no customer, and one that the caller has nothing to do with.

        :raise ValidationError, AccessError: names it
        """
        # Superuser: whose customers they are.
        for partner in self.sudo().partner_id:
            if partner.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%s is a contact: choose the customer.", partner.display_name
                    )
                )
        if self.env.su:
            return
        strange = self.partner_id - self.partner_id._filter_may_put_off()
        if strange:
            raise AccessError(
                self.env._(
                    "%s: only its salesperson, who works along, the leader of the team "
                    "or a relations manager gives something.",
                    strange[0].display_name,
                )
            )

    def _check_draft(self):
        # Superuser: as it is now, also where this transaction has read it before.
        if any(record.state != "draft" for record in self.sudo()):
            raise UserError(
                self.env._(
                    "Only a draft is edited. Take back what you have asked for; what "
                    "was given stays as it is."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        # Also for code with all rights: what was decided is evidence.
        if any(record.state != "draft" for record in self):
            raise UserError(self.env._("Only a draft is deleted: the others stay."))
