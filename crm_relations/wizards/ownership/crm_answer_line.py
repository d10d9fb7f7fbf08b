from odoo import fields, models

from .crm_answer_summary import CODES


class CrmAnswerLine(models.TransientModel):
    """A customer that an action on many left out, and why."""

    _name = "crm.answer.line"
    _description = "Customer left out"
    _order = "code, id"
    _rec_name = "partner_id"

    summary_id = fields.Many2one(
        comodel_name="crm.answer.summary",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    code = fields.Selection(selection=CODES, string="What", readonly=True)
    message = fields.Char(string="Why", readonly=True)

    def action_open_customer(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "view_mode": "form",
            "views": [
                (self.env.ref("crm_relations.crm_customer_view_form").id, "form")
            ],
        }
