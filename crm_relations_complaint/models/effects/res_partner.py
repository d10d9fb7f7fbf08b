from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.crm_relations.tools.tally import Tally


class ResPartner(models.Model):
    """The complaints of a customer, and of its contacts."""

    _inherit = "res.partner"

    complaint_count = fields.Integer(string="Complaints", compute="_compute_tallies")

    def _get_tallies(self):
        complaints = Tally("crm.complaint", "partner_id", Domain.TRUE)
        return super()._get_tallies() | {"complaint_count": complaints}

    def action_view_complaints(self):
        """Open the complaints of this customer, as far as the caller may read them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_complaint.crm_complaint_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [("partner_id", "=", customer.id)],
            "context": self._get_complaint_defaults(),
        }

    def action_register_complaint(self):
        """Open the form of a new complaint of this customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register a Complaint"),
            "res_model": "crm.complaint",
            "views": [(False, "form")],
            "context": self._get_complaint_defaults(),
        }

    def _get_complaint_defaults(self):
        customer = self.commercial_partner_id
        person = self if self != customer else self.browse()
        return {"default_partner_id": customer.id, "default_person_id": person.id}
