from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.sentences import tell_number

STATES = [
    ("draft", "Draft"),
    ("asked", "To Decide"),
    ("approved", "Key Account"),
    ("refused", "Refused"),
    ("ended", "Ended"),
]
# What only the buttons write.
DECIDED = (
    *("state", "nominated_on", "nominator_id", "decided_at", "decided_by_id"),
    *("refusal_reason", "since", "ended_on", "ended_by_id", "end_reason"),
    *("end_proposed_on", "decided_score", "involved_ids"),
)


class CrmKeyAccountNomination(models.Model):
    """A customer is proposed as a key account, with the reason and what people judge of
    it; somebody else decides. Approved, it is the key account until it is ended.

    Whoever sees a customer may nominate it.
    """

    _name = "crm.key.account.nomination"
    _description = "Key account nomination"
    _inherit = ["crm.four.eyes.mixin", "crm.customer.line.mixin", "crm.colleague.mixin"]
    _order = "id desc"
    _decided = DECIDED
    _written = frozenset(("partner_id", "reason", "judgement_ids"))

    partner_id = fields.Many2one(
        readonly=False,
        domain="[('is_managed_customer', '=', True)]",
    )
    company_id = fields.Many2one(
        compute="_compute_company_id", store=True, precompute=True
    )
    reason = fields.Text(
        string="Why It Is Key",
        help="Whoever decides reads it: what makes this customer more important than "
        "others.",
    )
    judgement_ids = fields.One2many(
        comodel_name="crm.key.account.judgement",
        inverse_name="nomination_id",
        string="What People Judge",
        compute="_compute_judgement_ids",
        store=True,
        readonly=False,
        copy=False,
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )
    nominated_on = fields.Date(readonly=True, copy=False)
    nominator_id = fields.Many2one(
        comodel_name="res.users",
        string="Nominated By",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    involved_ids = fields.Many2many(relation="crm_key_account_nomination_involved_rel")
    since = fields.Date(string="Key Account Since", readonly=True, copy=False)
    ended_on = fields.Date(readonly=True, copy=False)
    ended_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Empty: it ended by itself, the reason says how.",
    )
    end_reason = fields.Char(string="Ended Because", readonly=True, copy=False)
    end_proposed_on = fields.Date(
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Its score has stayed below the floor for so long that somebody should "
        "look at it. Nobody is ended by the machine.",
    )
    decided_score = fields.Float(
        string="Score When Approved",
        digits=(5, 1),
        readonly=True,
        copy=False,
        aggregator=None,
    )
    score = fields.Float(
        string="Present Score",
        digits=(5, 1),
        compute="_compute_score",
        help="0 to 100, by the criteria for key accounts, as of last night.",
    )
    why = fields.Json(compute="_compute_score", string="Why This Score")
    owner_id = fields.Many2one(
        related="partner_id.user_id",
        string="Salesperson",
    )
    is_by_me = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_edit = fields.Boolean(compute="_compute_may")
    may_end = fields.Boolean(compute="_compute_may")

    _asked_uniq = models.UniqueIndex(
        "(partner_id) WHERE state = 'asked'", "This customer is nominated already."
    )
    _approved_uniq = models.UniqueIndex(
        "(partner_id) WHERE state = 'approved'",
        "This customer is a key account already.",
    )

    @api.depends("partner_id", "state", "since")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            # Superuser: the name of the customer, to who may read the nomination.
            name = one.sudo().partner_id.name or ""
            states = dict(self._fields["state"]._description_selection(self.env))
            one.display_name = f"{name} · {states[one.state]}" if name else ""

    @api.depends("partner_id")
    def _compute_company_id(self):
        for one in self:
            one.company_id = one.partner_id.company_id

    @api.depends("partner_id")
    def _compute_judgement_ids(self):
        """A line for each criterion that people judge, by whom the customer is."""
        for one in self:
            scheme = one.partner_id and one._get_scheme()
            wanted = scheme and scheme._get_weighed().filtered(
                lambda criterion: criterion.source == "judged"
            )
            if not wanted or one.judgement_ids.criterion_id == wanted:
                continue
            one.judgement_ids = [
                fields.Command.clear(),
                *(
                    fields.Command.create({"criterion_id": criterion.id})
                    for criterion in wanted
                ),
            ]

    @api.depends("partner_id")
    @api.depends_context("lang", "uid")
    def _compute_score(self):
        # Superuser: scores are read through what one may read.
        scores = self.env["crm.key.account.score"].sudo()
        found = scores.search([("partner_id", "in", self.partner_id.ids)])
        by_partner = {one.partner_id.id: one for one in found}
        renderer = self.env["crm.reason"]
        for one in self:
            known = by_partner.get(one.partner_id.id, scores)
            one.score = known.score
            one.why = renderer._explain(known.facts, rule=known.scheme_id)

    @api.depends("partner_id")
    def _compute_may_decide(self):
        return super()._compute_may_decide()

    @api.depends("state", "partner_id")
    @api.depends_context("uid")
    def _compute_may(self):
        unended = self._get_no_enders()
        for one in self:
            one.may_end = one.state == "approved" and one.id not in unended
            one.is_by_me = one._is_mine()
            # A new one has nobody yet.
            one.may_edit = one.state == "draft" and (not one.id or one.is_by_me)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_customer()
        return records

    def write(self, vals):
        if not self.env.su:
            if set(vals) - self._written:
                raise AccessError(
                    self.env._("You say why; the rest follows from the buttons.")
                )
            self._check_open()
            self._involve()
        result = super().write(vals)
        if "partner_id" in vals:
            self._check_customer()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        # Also for code with all rights: what was decided is evidence.
        if any(one.state != "draft" for one in self):
            raise UserError(self.env._("Only a draft is deleted: the others stay."))

    def _check_open(self):
        """:raise UserError, AccessError: it is no draft, or another one's"""
        # Superuser: as it is now.
        if any(one.state != "draft" for one in self.sudo()):
            raise UserError(
                self.env._(
                    "Only a draft is edited. Take it back first; what was decided "
                    "stays as it is."
                )
            )

    def _check_customer(self):
        """Refuse what is no customer, and one that the caller does not see.

        :raise ValidationError, AccessError: names it
        """
        # Superuser: what it is; whether the caller sees it is asked below.
        for partner in self.sudo().partner_id:
            if problem := self._get_customer_problem(partner):
                raise ValidationError(problem)
        self.partner_id.check_access("read")

    @api.model
    def _get_customer_problem(self, partner):
        """Return why this cannot be a key account, "" if it can."""
        name = partner.display_name
        if partner.commercial_partner_id != partner:
            return self.env._("%s is a contact: choose the customer.", name)
        if not partner.is_managed_customer or not partner.active:
            return self.env._("%s is no customer, or is archived.", name)
        return ""

    def _is_mine(self):
        # Superuser: who has written it.
        return self.sudo().create_uid == self.env.user

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def _get_scheme(self):
        """Return the criteria by which the customer is judged, as superuser."""
        company = self.partner_id._get_relation_company()
        return self.env["crm.key.account.scheme"]._get_of(company)

    def _explain_to(self, env):
        """Return why this is a key account, as the badge of the customer tells it."""
        words = env._("Key account: %s", (self.reason or "").strip())
        figures = [[env._("Nominated by"), self.nominator_id.name or ""]]
        figures.append([env._("Approved by"), self.decided_by_id.name or ""])
        if self.score:
            figures.append([env._("Score now"), tell_number(self.score)])
        return {
            "sentence": words,
            "figures": [figure for figure in figures if figure[1]],
            "since": env.user._tell_day(self.since),
            "next": env._("It ends by hand, with a reason."),
            "rule": False,
        }

    def _get_history_line(self):
        """Return what the timeline of the customer shows."""
        # Superuser: names of colleagues.
        one = self.sudo()
        states = dict(self._fields["state"]._description_selection(self.env))
        texts = [one.reason, one.refusal_reason, one.end_reason]
        return {
            "date": self.env.user._tell_day(one.nominated_on),
            "title": self.env._("Key account: %(state)s", state=states[one.state]),
            "text": " · ".join(filter(None, texts)),
            "by": one.nominator_id.name or "",
        }
