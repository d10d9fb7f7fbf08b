from odoo import fields, models
from odoo.fields import Domain

from ...tools.tally import Tally


class ResPartner(models.Model):
    """Who opened what is confidential of a customer."""

    _inherit = "res.partner"

    confidential_access_count = fields.Integer(
        string="Confidential Parts Opened", compute="_compute_tallies"
    )

    def _get_tallies(self):
        return super()._get_tallies() | {
            "confidential_access_count": Tally(
                "crm.confidential.access", "partner_id", Domain.TRUE
            ),
        }

    def action_view_confidential_accesses(self):
        """Open the log of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_confidential_access_action"
        )
        customer = self.commercial_partner_id
        return action | {"domain": [("partner_id", "=", customer.id)], "context": {}}

    def _find_overview(self):
        """Role and attitude of persons are read on the first page."""
        found = super()._find_overview()
        lines = found.get("people", [])
        read = [number for line in lines for number in line["profiles"] if number]
        profiles = self.env["crm.person.profile"].browse(read)
        if profiles:
            self.env["crm.confidential.access"]._note(profiles)
        return found
