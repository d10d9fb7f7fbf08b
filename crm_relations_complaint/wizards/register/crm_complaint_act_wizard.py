from odoo import api, fields, models


class CrmComplaintActWizard(models.TransientModel):
    """One question before an act on complaints: a text, a colleague, another complaint.

    To add an act, a public method of complaints that returns answers, extend ``act``,
    ``_get_questions`` and, where it takes more than the text, ``_get_values``.
    """

    _name = "crm.complaint.act.wizard"
    _description = "Act on complaints"

    act = fields.Selection(
        selection=[
            ("hand_over", "Hand Over"),
            ("decline", "Decline"),
            ("record_contact", "Customer Contacted"),
            ("tell_plan", "Plan Told"),
            ("tell_decision", "Decision Told"),
            ("merge_into", "Merge"),
            ("withdraw", "Withdraw"),
        ],
        required=True,
        readonly=True,
    )
    complaint_ids = fields.Many2many(comodel_name="crm.complaint", readonly=True)
    company_id = fields.Many2one(
        comodel_name="res.company", compute="_compute_company_id"
    )
    question = fields.Char(compute="_compute_question")
    text = fields.Text()
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="To",
        domain="[('share', '=', False), ('company_ids', 'child_of', company_id)]",
        index="btree_not_null",
    )
    target_id = fields.Many2one(
        comodel_name="crm.complaint",
        string="Into",
        domain="[('is_open', '=', True), ('id', 'not in', complaint_ids), "
        "('company_id', '=', company_id)]",
    )

    @api.depends("complaint_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.complaint_ids.company_id[:1]

    @api.depends("act")
    @api.depends_context("lang")
    def _compute_question(self):
        questions = self._get_questions()
        for wizard in self:
            wizard.question = questions.get(wizard.act)

    @api.model
    def _get_questions(self):
        """Hook: return what the text is to say, by act; an act without one asks for no
        text."""
        return {
            "hand_over": self.env._("What must the colleague know?"),
            "decline": self.env._("Why can you not take it over?"),
            "record_contact": self.env._("What was said?"),
            "tell_plan": self.env._("What will be done, by when?"),
            "tell_decision": self.env._("What was decided?"),
            "withdraw": self.env._("Why does the customer take it back?"),
        }

    @api.model
    def _open(self, complaints, act):
        """Return the dialog for an act on these complaints."""
        labels = dict(self._fields["act"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": labels[act],
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_act": act,
                "default_complaint_ids": complaints.ids,
            },
        }

    def action_apply(self):
        self.ensure_one()
        return self.complaint_ids._do_seen(self.act, *self._get_values())

    def _get_values(self):
        """Hook: return the arguments of the act, which is a method of complaints."""
        if self.act == "hand_over":
            return self.user_id.id, self.text or ""
        if self.act == "merge_into":
            return (self.target_id.id,)
        return (self.text or "",)
