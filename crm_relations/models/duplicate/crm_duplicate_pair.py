from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.arguments import Text
from ...tools.sentences import join_words

DECIDERS = (
    "crm_relations.group_relations_manager",
    "crm_relations.group_custodian",
    "crm_relations.group_sales_manager",
)


class CrmDuplicatePair(models.Model):
    """Two customers that may be one: a job finds them, a person merges or says why
    not. Who said so is not asked again. The first one has the lower id."""

    _name = "crm.duplicate.pair"
    _description = "Likely duplicate"
    _order = "score desc, id"
    _rec_name = "customer_id"
    _log_access = False

    customer_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    # Emptied when that one is deleted: the night drops the line.
    other_id = fields.Many2one(
        comodel_name="res.partner",
        string="Looks Like",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", readonly=True, index="btree_not_null"
    )
    customer_user_id = fields.Many2one(
        related="customer_id.user_id", string="Salesperson"
    )
    other_user_id = fields.Many2one(
        related="other_id.user_id", string="Salesperson of the Other"
    )
    score = fields.Integer(
        readonly=True,
        aggregator=None,
        help="100: the same telephone number, e-mail, tax ID or name. Less: so many "
        "percent of how the names sound are the same.",
    )
    why = fields.Char(string="Codes", readonly=True, export_string_translation=False)
    reason = fields.Char(string="Why", compute="_compute_reason")
    is_hidden = fields.Boolean(
        readonly=True,
        help="A number or an address that a pool hides is the same: only relations "
        "managers see this line.",
    )
    found_at = fields.Datetime(string="Found On", readonly=True)
    state = fields.Selection(
        selection=[("open", "To Decide"), ("ignored", "Not the Same")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )
    ignored_reason = fields.Char(string="Why They Are Two", readonly=True)
    ignored_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Decided By",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    ignored_at = fields.Datetime(string="Decided", readonly=True)

    _pair_uniq = models.UniqueIndex("(customer_id, other_id)")
    _open_idx = models.Index("(score DESC, id) WHERE state = 'open'")

    @api.depends("why")
    @api.depends_context("lang")
    def _compute_reason(self):
        words = {
            "phone": self.env._("same phone number"),
            "email": self.env._("same e-mail"),
            "tax": self.env._("same tax ID"),
            "name": self.env._("similar name"),
        }
        for pair in self:
            codes = (pair.why or "").split(",")
            pair.reason = join_words(
                self.env, [words[code] for code in codes if code in words]
            )

    def ignore(self, reason: Text):
        """Say that these are not the same, and why; they are not listed again.

        :raise AccessError: neither relations manager, custodian nor team leader
        :raise ValidationError: no reason is given
        """
        self._check_may_decide()
        if not reason.strip():
            raise ValidationError(self.env._("Why are they not the same?"))
        # Superuser: nobody writes pairs but by deciding, which was checked.
        self.sudo().write(
            {
                "state": "ignored",
                "ignored_reason": reason.strip(),
                "ignored_by_id": self.env.uid,
                "ignored_at": fields.Datetime.now(),
            }
        )

    def action_reopen(self):
        """Ask again whether these are the same."""
        self._check_may_decide()
        # Superuser: as above.
        self.sudo().write(
            {
                "state": "open",
                "ignored_reason": False,
                "ignored_by_id": False,
                "ignored_at": False,
            }
        )

    def action_open(self):
        """Open the two side by side to merge them; who may not, the customer."""
        self.ensure_one()
        if self.env.user.has_group("base.group_partner_manager"):
            return self.action_merge()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.customer_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_merge(self):
        """Open Odoo's own dialog to merge contacts, with all customers of these."""
        self._check_may_decide()
        if not self.env.user.has_group("base.group_partner_manager"):
            raise UserError(
                self.env._(
                    "Merging takes the right to create contacts: ask an administrator."
                )
            )
        customers = self.customer_id | self.other_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge"),
            "res_model": "base.partner.merge.automatic.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"active_model": "res.partner", "active_ids": customers.ids},
        }

    def _check_may_decide(self):
        self.check_access("read")
        if not (self.env.su or any(map(self.env.user.has_group, DECIDERS))):
            raise AccessError(
                self.env._(
                    "Relations managers, custodians and team leaders decide whether "
                    "two customers are the same."
                )
            )
