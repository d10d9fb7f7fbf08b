from odoo import api, fields, models
from odoo.tools import SQL


class CrmCustomerTurn(models.Model):
    """Those who decide the same about one customer take turns.

    What may happen so many times, or so often, is counted in a snapshot: two at the
    same moment would both be the first. Both write the same row here, so that one of
    them starts again and counts what the other has done.
    """

    _name = "crm.customer.turn"
    _description = "Turns of those who decide about a customer"
    _inherit = ["crm.customer.line.mixin"]
    _rec_name = "partner_id"

    purpose = fields.Char(required=True, readonly=True)
    count = fields.Integer(readonly=True)

    _purpose_uniq = models.UniqueIndex(
        "(partner_id, purpose)", "This customer is counted already."
    )

    @api.model
    def _take(self, purpose, partner_ids):
        """Take a turn with each of these customers; one statement.

        :param purpose: what is counted: only those of one purpose meet
        """
        if not partner_ids:
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_customer_turn AS turn (partner_id, purpose, count)
                SELECT unnest(%(customers)s::int[]), %(purpose)s, 1
              ORDER BY 1
           ON CONFLICT (partner_id, purpose) DO UPDATE SET count = turn.count + 1
             RETURNING turn.id
                """,
                customers=sorted(set(partner_ids)),
                purpose=purpose,
            )
        )
        self.invalidate_model()
