from odoo import fields, models
from odoo.fields import Domain

from ...tools.tally import Tally


class ResPartner(models.Model):
    """The documents of a customer, as far as the caller may read them."""

    _inherit = "res.partner"

    document_ids = fields.One2many(
        comodel_name="crm.customer.document",
        inverse_name="customer_id",
        string="Documents",
    )
    document_count = fields.Integer(
        string="Number of Documents", compute="_compute_tallies"
    )

    def _get_tallies(self):
        return super()._get_tallies() | {
            "document_count": Tally(
                "crm.customer.document", "customer_id", Domain.TRUE, "document_ids"
            ),
        }

    def action_view_documents(self):
        """Open the documents of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_customer_document_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [("customer_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }
