from odoo import api, fields, models
from odoo.tools import SQL


class CrmConcessionCount(models.Model):
    """How often something was decided on concessions of a customer.

    Two that decide at the same moment write the same row: one of both starts again and
    counts what the other has granted.
    """

    _name = "crm.concession.count"
    _description = "Decisions on concessions"
    _inherit = ["crm.customer.line.mixin"]
    _rec_name = "partner_id"

    count = fields.Integer(readonly=True)

    _partner_uniq = models.UniqueIndex(
        "(partner_id)", "This customer is counted already."
    )

    @api.model
    def _touch(self, partner_ids):
        """Write the rows of these customers; one statement."""
        if not partner_ids:
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_concession_count AS line (partner_id, count)
                SELECT unnest(%s), 1
              ORDER BY 1
           ON CONFLICT (partner_id) DO UPDATE SET count = line.count + 1
             RETURNING line.id
                """,
                sorted(partner_ids),
            )
        )
        self.invalidate_model()
