from odoo import api, fields, models
from odoo.exceptions import UserError

OUTCOMES = [
    ("satisfied", "Satisfied"),
    ("reserved", "Accepted with reservation"),
    ("not_satisfied", "Not satisfied"),
    ("not_reached", "Not reached"),
]
ACCEPTED = ("satisfied", "reserved")
WAYS = [
    ("phone", "Phone"),
    ("in_person", "In person"),
    ("email", "E-mail"),
    ("message", "Message"),
    ("letter", "Letter"),
    ("portal", "By the customer, online"),
]


class CrmComplaintConfirmation(models.Model):
    """The customer was asked whether it is settled, and said so, or was not reached.

    A log: made by ``crm.complaint.confirm`` only; nobody changes or deletes a line.
    """

    _name = "crm.complaint.confirmation"
    _description = "Confirmation by the Customer"
    _order = "asked_at desc, id desc"
    _rec_name = "outcome"

    complaint_id = fields.Many2one(
        comodel_name="crm.complaint",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    round = fields.Integer(required=True, readonly=True)
    asked_at = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Customer Asked By",
        readonly=True,
        index="btree_not_null",
        help="Empty: the customer has answered online.",
    )
    way = fields.Selection(selection=WAYS, required=True, readonly=True)
    outcome = fields.Selection(selection=OUTCOMES, required=True, readonly=True)
    note = fields.Text(string="What the Customer Said", readonly=True)

    def write(self, vals):
        if not self.env.su:
            raise UserError(
                self.env._("What a customer has said is not written again.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_hand(self):
        if not self.env.su:
            raise UserError(self.env._("What a customer has said is not deleted."))
