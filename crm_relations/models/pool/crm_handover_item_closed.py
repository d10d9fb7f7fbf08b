from odoo import fields, models


class CrmHandoverItem(models.Model):
    _inherit = "crm.handover.item"

    state = fields.Selection(
        selection_add=[("closed", "Closed")], ondelete={"closed": "cascade"}
    )
