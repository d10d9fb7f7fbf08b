from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmReception(models.Model):
    """The steps of a reception: hand over, leave."""

    _inherit = "crm.reception"

    def action_register(self):
        """The visitor is saved and waits; show the board."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_reception_action"
        ) | {"target": "main"}

    def action_register_and_hand_over(self):
        self.action_hand_over()
        return self.action_register()

    def action_hand_over(self):
        """Hand the visitor to the chosen consultant, else to the one whose turn it is;
        the follow-up begins."""
        for reception in self:
            reception._hand_over()

    def action_leave(self):
        """The visitor leaves now; the follow-up gets its minutes."""
        now = fields.Datetime.now()
        self.filtered(lambda reception: not reception.left_at).left_at = now

    def action_open_followup(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.followup",
            "res_id": self.followup_id.id,
            "views": [(False, "form")],
        }

    def write(self, vals):
        result = super().write(vals)
        if {"left_at", "received_at"} & set(vals):
            self._time_followups()
        return result

    def _hand_over(self):
        self.ensure_one()
        if self.state != "waiting":
            raise UserError(
                self.env._("%(visitor)s does not wait any more.", visitor=self.name)
            )
        turns = self.env["crm.reception.consultant"]
        owner = self.partner_id.commercial_partner_id.user_id
        consultant = self.consultant_id or turns._take_turn(self.company_id, owner)
        turns._count_turn(self.company_id, consultant)
        self.write(
            {"consultant_id": consultant.id, "received_at": fields.Datetime.now()}
        )
        self._own_free_customer()
        self.followup_id = self.env["crm.followup"].create(
            self._prepare_followup_vals()
        )

    def _own_free_customer(self):
        """A customer new to us belongs to who receives it first."""
        customer = self.partner_id.commercial_partner_id
        if customer.is_managed_customer and self._is_free(customer):
            customer.user_id = self.consultant_id

    @api.model
    def _is_free(self, customer):
        """Tell whether nobody owns the customer. Rooms with rules about who may take
        which customer narrow it."""
        return not customer.user_id

    def _prepare_followup_vals(self):
        purpose = {
            "walk_in": self.env._("Reception of a walk-in"),
            "call_in": self.env._("Reception of a call"),
        }
        kinds = self.env["crm.followup.kind"]
        return {
            "partner_id": self.partner_id.id,
            "kind_id": kinds._get_for_channel("reception").id,
            "purpose": purpose[self.way],
            "content": "\n".join(filter(None, (self.need, self.background))),
            "date": self.received_at,
            "user_id": self.consultant_id.id,
        }

    def _time_followups(self):
        # Superuser: the follow-up is the consultant's, the times are the front desk's.
        for reception in self.sudo().filtered("followup_id"):
            if reception.left_at:
                stay = reception.left_at - reception.received_at
                minutes = round(stay.total_seconds() / 60)
                reception.followup_id.duration_minutes = minutes
