from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmSatisfactionResponse(models.Model):
    """From an answer to a complaint, where complaints are kept."""

    _inherit = "crm.satisfaction.response"

    complaint_model = fields.Char(
        readonly=True, copy=False, export_string_translation=False
    )
    complaint_res_id = fields.Many2oneReference(
        model_field="complaint_model",
        string="Complaint",
        readonly=True,
        copy=False,
    )
    may_complain = fields.Boolean(
        compute="_compute_may_complain", export_string_translation=False
    )

    @api.depends("state", "partner_id", "complaint_res_id")
    @api.depends_context("uid")
    def _compute_may_complain(self):
        keeps = self.env["crm.complaint.gate"]._may_register()
        for response in self:
            response.may_complain = bool(
                keeps
                and response.partner_id
                and response.state == "answered"
                and not response.complaint_res_id
            )

    def action_register_complaint(self):
        """Register what the customer says as a complaint, once, and open it."""
        self.ensure_one()
        self.check_access("read")
        if self.complaint_res_id:
            return self.action_open_complaint()
        if not self.may_complain:
            raise UserError(
                self.env._("Only what a customer has answered becomes a complaint.")
            )
        complaint = self.env["crm.complaint.gate"]._register_complaint(
            self._prepare_complaint_vals()
        )
        # Superuser: nobody writes answers; registering was the caller's right.
        response = self.sudo()
        response.write(
            {"complaint_model": complaint._name, "complaint_res_id": complaint.id}
        )
        if response.loop_state == "open":
            note = self.env._(
                "Registered as complaint %(name)s.", name=complaint.display_name
            )
            response._settle(note, self.env.user)
        return self.action_open_complaint()

    def _prepare_complaint_vals(self):
        # Superuser: the name of the study; scores are told as they stand here.
        response = self.sudo()
        return {
            "partner_id": (response.person_id or response.partner_id).id,
            "company_id": response.company_id.id,
            "subject": self.env._(
                "Low answer: %(study)s", study=response.study_id.name
            ),
            "facts": response._tell_low(),
        }

    def action_open_complaint(self):
        self.ensure_one()
        self.check_access("read")
        if not self.complaint_res_id or self.complaint_model not in self.env:
            raise UserError(self.env._("There is no such complaint any more."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.complaint_model,
            "res_id": self.complaint_res_id,
            "views": [(False, "form")],
        }
