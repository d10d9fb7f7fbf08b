from odoo import api, fields, models
from odoo.exceptions import UserError

from ..visit.crm_followup_check_in import LONGEST_VISIT


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
        self._check_consultant(consultant)
        turns._count_turn(self.company_id, consultant)
        self.consultant_id = consultant
        # Superuser: the moment of the hand-over is for nobody to choose.
        self.sudo().received_at = fields.Datetime.now()
        self._own_free_customer()
        # Superuser: the follow-up is of whoever has received the customer; and only the
        # machine links it, or the times of any follow-up could be changed by it.
        followups = self.env["crm.followup"].sudo()
        self.sudo().followup_id = followups.create(self._prepare_followup_vals())

    def _check_consultant(self, consultant):
        """Refuse who cannot receive anybody here, whatever the front desk has sent."""
        # Superuser: whether a colleague is there, and for which companies.
        user = consultant.sudo()
        if not user.active or user.share or self.company_id not in user.company_ids:
            raise UserError(
                self.env._(
                    "%(user)s cannot receive visitors of %(company)s: archived, or of "
                    "another company.",
                    user=user.name,
                    company=self.company_id.name,
                )
            )

    def _own_free_customer(self):
        """A customer new to us belongs to who receives it first, if that person
        sells."""
        customer = self.partner_id.commercial_partner_id
        # Superuser: the role of a colleague.
        sells = self.consultant_id.sudo().has_group("crm_relations.group_sales_user")
        if sells and customer.is_managed_customer and self._is_free(customer):
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
                # Whom nobody has seen off until the next day has not stayed so long.
                minutes = round(stay.total_seconds() / 60)
                reception.followup_id.duration_minutes = (
                    minutes if stay <= LONGEST_VISIT else 0
                )
