from odoo import fields, models
from odoo.tools import SQL

from .res_partner_figures import RECEIVABLE_SOURCES


class CrmOpenItem(models.Model):
    """What a customer owes and what it has paid without anybody having matched it: the
    lines of which its receivable is the sum."""

    _name = "crm.open.item"
    _description = "Open item of a customer"
    _auto = False
    _order = "due, id"
    _rec_name = "document"
    _depends = {
        **RECEIVABLE_SOURCES,
        "account.move.line": [
            *RECEIVABLE_SOURCES["account.move.line"],
            *["move_id", "move_name"],
        ],
        "account.payment": [*RECEIVABLE_SOURCES["account.payment"], "name", "date"],
        "res.company": ["currency_id"],
    }

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    document = fields.Char(readonly=True)
    due = fields.Date(
        string="Due On",
        readonly=True,
        help="Empty: a payment, which pays what has been due for longest.",
    )
    amount = fields.Monetary(
        string="Unpaid",
        readonly=True,
        help="Less than nothing: paid or credited, and matched with no invoice yet.",
    )
    move_id = fields.Many2one(
        comodel_name="account.move", string="Journal Entry", readonly=True
    )
    payment_id = fields.Many2one(comodel_name="account.payment", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT CASE WHEN owed.line_id IS NULL THEN 2 * owed.payment_id
                        ELSE 2 * owed.line_id + 1 END AS id,
                   contact.commercial_partner_id AS partner_id, owed.company_id,
                   company.currency_id, owed.document, owed.due, owed.amount,
                   owed.move_id, owed.payment_id
              FROM (%s) AS owed
              JOIN res_partner AS contact ON contact.id = owed.partner_id
              JOIN res_company AS company ON company.id = owed.company_id
            """,
            self.env["res.partner"]._get_owed_sql(),
        )

    def action_open_document(self):
        """Open the invoice, or the payment."""
        self.ensure_one()
        document = self.move_id or self.payment_id
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [(False, "form")],
        }
