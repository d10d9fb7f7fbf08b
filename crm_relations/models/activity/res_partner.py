from odoo import fields, models
from odoo.fields import Domain

from ...tools.tally import Tally


class ResPartner(models.Model):
    """The activities that a customer was invited to, or was at."""

    _inherit = "res.partner"

    event_guest_count = fields.Integer(
        string="Customer Activities", compute="_compute_tallies"
    )

    def _get_tallies(self):
        guests = Tally("crm.event.guest", "partner_id", Domain.TRUE)
        return super()._get_tallies() | {"event_guest_count": guests}

    def action_view_event_guests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_event_guest_action"
        )
        return {
            **action,
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "context": {},
        }

    def action_invite_to_activity(self):
        """Open the dialog that asks to which activity."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invite to an Activity"),
            "res_model": "crm.event.invite.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }
