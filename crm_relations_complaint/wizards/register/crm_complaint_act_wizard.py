from odoo import api, fields, models


class CrmComplaintActWizard(models.TransientModel):
    """One question before an act on complaints: a text, a colleague, another complaint.

    To add an act, extend ``act``, ``_get_questions`` and write ``_do_<act>()``, which
    returns answers.
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
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
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
        answers = getattr(self, f"_do_{self.act}")()
        return self.complaint_ids._show_answers(answers)

    def _do_hand_over(self):
        return self.complaint_ids.hand_over(self.user_id.id, self.text or "")

    def _do_decline(self):
        return self.complaint_ids.decline(self.text or "")

    def _do_record_contact(self):
        return self.complaint_ids.record_contact(self.text or "")

    def _do_tell_plan(self):
        return self.complaint_ids.tell_plan(self.text or "")

    def _do_tell_decision(self):
        return self.complaint_ids.tell_decision(self.text or "")

    def _do_merge_into(self):
        return self.complaint_ids.merge_into(self.target_id.id)

    def _do_withdraw(self):
        return self.complaint_ids.withdraw(self.text or "")
