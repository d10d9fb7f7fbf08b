from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.crm_relations.tools.arguments import Answers

PLACES = [
    ("press", "Press"),
    ("social", "Social media"),
    ("website", "Own website"),
    ("customers", "Customers concerned"),
    ("authority", "Authority"),
    ("internal", "Own staff"),
]
STATES = [
    ("draft", "Waits for the spokesman"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("said", "Said"),
]


class CrmComplaintCrisisStatement(models.Model):
    """What is said to whom in a crisis. Nothing goes out that the spokesman has not
    approved; who said it where and when is kept."""

    _name = "crm.complaint.crisis.statement"
    _description = "Statement"
    _inherit = ["crm.request.mixin"]
    _order = "crisis_id, create_date desc, id desc"
    _rec_name = "body"
    _undecided = ("draft",)
    _decided = (
        *("state", "decided_at", "decided_by_id", "refusal_reason"),
        *("said_at", "said_by_id"),
    )

    crisis_id = fields.Many2one(
        comodel_name="crm.complaint.crisis",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="crisis_id.company_id", store=True, index=True)
    place = fields.Selection(
        selection=PLACES, string="Said To", required=True, default="press"
    )
    where = fields.Char(help="The paper, the channel or the address of the post.")
    body = fields.Text(string="Statement", required=True)
    author_id = fields.Many2one(
        comodel_name="res.users",
        string="Written By",
        readonly=True,
        index="btree_not_null",
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    decided_at = fields.Datetime(string="Decided On")
    said_at = fields.Datetime(string="Said On", readonly=True, copy=False)
    said_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )

    @api.depends("crisis_id.spokesman_id")
    def _compute_may_decide(self):
        return super()._compute_may_decide()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{**vals, "author_id": self.env.uid} for vals in vals_list]
        statements = super().create(vals_list)
        statements._check_crisis_is_open()
        statements._ask_spokesman()
        return statements

    def write(self, vals):
        if not self.env.su:
            if any(statement.state != "draft" for statement in self):
                raise UserError(
                    self.env._("What the spokesman has decided on is not edited.")
                )
            if "author_id" in vals or "crisis_id" in vals:
                raise UserError(self.env._("A statement stays with its crisis."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if not self.env.su and any(statement.state != "draft" for statement in self):
            raise UserError(
                self.env._("What the spokesman has decided on is not deleted.")
            )

    def approve(self) -> Answers:
        """Approve these statements.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right (not the spokesman), blocked (decided already)
        """
        return self._approve(self.env._("Approved."))

    def mark_said(self) -> Answers:
        """Say that these approved statements have gone out.

        :return: as ``approve``; blocked: not approved, or said already
        """
        refusals, taken = self._take(("approved",), lambda known: {})
        taken.write(
            {
                "state": "said",
                "said_at": fields.Datetime.now(),
                "said_by_id": self.env.uid,
            }
        )
        return self._answer_each(refusals, self.env._("Kept as said."))

    def _get_no_deciders(self):
        """Return ``{id: why}`` of those whose crisis has another spokesman."""
        refused = {}
        for statement in self:
            # Superuser: who speaks is told to everybody.
            spokesman = statement.sudo().crisis_id.spokesman_id
            if spokesman != self.env.user:
                refused[statement.id] = self.env._(
                    "The spokesman decides: %s.", spokesman.name or ""
                )
        return refused

    def _ask_spokesman(self):
        # Superuser: addresses of colleagues.
        for statement in self.sudo():
            person = statement.crisis_id.spokesman_id
            if person and person != self.env.user:
                room = statement.crisis_id.with_context(lang=person.lang)
                room.message_notify(
                    partner_ids=person.partner_id.ids,
                    subject=room.name,
                    body=room.env._("A statement waits for you: %s", statement.body),
                )

    def _check_crisis_is_open(self):
        # Superuser: how the crisis stands, for who writes its statements.
        crises = self.sudo().crisis_id
        if not self.env.su and any(crisis.state == "ended" for crisis in crises):
            raise UserError(self.env._("This crisis has ended: its file stays."))

    def action_approve(self):
        return self._show_answers(self.approve())

    def action_mark_said(self):
        return self._show_answers(self.mark_said())
