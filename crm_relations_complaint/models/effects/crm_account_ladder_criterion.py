from odoo import fields, models


class CrmAccountLadderCriterion(models.Model):
    _inherit = "crm.account.ladder.criterion"

    evidence = fields.Selection(
        selection_add=[("complaints_open", "Complaints that are open")],
        ondelete={"complaints_open": "cascade"},
    )
