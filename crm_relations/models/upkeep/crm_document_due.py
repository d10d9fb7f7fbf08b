from odoo import api, fields, models
from odoo.tools import SQL


class CrmDocumentDue(models.Model):
    """What is to be got says who keeps the archive that it is missing in."""

    _inherit = "crm.document.due"
    _depends = {"crm.archive.upkeep": ["partner_id", "custodian_id"]}

    custodian_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        help="Who keeps this archive, as the custodian rules decide.",
    )

    @api.model
    def _complete_sql(self, part):
        return SQL(
            """
            SELECT due.*, upkeep.custodian_id
              FROM (%s) AS due
         LEFT JOIN crm_archive_upkeep AS upkeep ON upkeep.partner_id = due.customer_id
            """,
            super()._complete_sql(part),
        )
