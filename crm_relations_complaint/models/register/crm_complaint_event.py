from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("registered", "Registered"),
    ("handed_over", "Handed over"),
    ("accepted", "Accepted"),
    ("declined", "Hand-over declined"),
    ("taken_back", "Hand-over taken back"),
    ("contacted", "Customer contacted"),
    ("planned", "Plan told"),
    ("decided", "Decision told"),
    ("answered", "Customer answered"),
    ("paused", "Paused"),
    ("resumed", "Resumed"),
    ("solved", "Solved"),
    ("confirmed", "Confirmed by the customer"),
    ("disputed", "Disputed by the customer"),
    ("closed", "Closed"),
    ("reopened", "Reopened"),
    ("withdrawn", "Withdrawn"),
    ("merged", "Merged"),
]


class CrmComplaintEvent(models.Model):
    """Something that happened to a complaint: the ledger from which clocks follow.

    Made by ``crm.complaint._record`` only; nobody changes or deletes a line, but who
    takes back within a minute what he has just clicked: the chatter keeps that he did.
    """

    _name = "crm.complaint.event"
    _description = "Event of a complaint"
    _order = "at desc, id desc"
    _rec_name = "kind"

    complaint_id = fields.Many2one(
        comodel_name="crm.complaint",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    at = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        readonly=True,
        index="btree_not_null",
        help="Empty: the customer.",
    )
    round = fields.Integer(required=True, readonly=True)
    note = fields.Text(readonly=True)

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("What has happened is not written again."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_hand(self):
        if not self.env.su:
            raise UserError(self.env._("What has happened is not deleted."))
