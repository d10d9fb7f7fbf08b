from odoo import fields, models


class CrmAccountLadderCriterion(models.Model):
    _inherit = "crm.account.ladder.criterion"

    evidence = fields.Selection(
        selection_add=[("satisfaction", "Average of the answers, of 100")],
        ondelete={"satisfaction": "cascade"},
    )
