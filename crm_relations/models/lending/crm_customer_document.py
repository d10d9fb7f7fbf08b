from odoo import models


class CrmCustomerDocument(models.Model):
    """That there is a document of a kind, and until when, its list says; who reads what
    it says is logged."""

    _name = "crm.customer.document"
    _inherit = ["crm.customer.document", "crm.confidential.mixin"]
    _confidential_part = "documents"
    _told = frozenset(
        (
            *("kind_id", "order_id", "asked", "has_expiry", "expires_on", "active"),
            *("is_complete", "remind_on", "activity_on", "reminded_for", "state"),
            "file_count",
        )
    )
