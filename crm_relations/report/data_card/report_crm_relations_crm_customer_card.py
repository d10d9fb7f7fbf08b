from odoo import api, models


class CrmCustomerCard(models.AbstractModel):
    """The data cards of customers, a page each."""

    _name = "report.crm_relations.crm_customer_card"
    _description = "Data card of customers"

    @api.model
    def _get_report_values(self, docids, data=None):
        customers = self.env["res.partner"].browse(docids).exists()
        return {
            "doc_ids": docids,
            "doc_model": "res.partner",
            "docs": customers,
            "cards": customers._get_data_cards(),
            "printed": customers._get_card_printed(),
        }
