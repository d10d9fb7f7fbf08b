from odoo import api, fields, models

from .crm_complaint_closing_code import BY_THEMSELVES
from .crm_complaint_confirmation import ACCEPTED, OUTCOMES


class CrmComplaint(models.Model):
    """How it was solved, what the customer says to that, and how it ended."""

    _inherit = "crm.complaint"

    solution = fields.Text(
        readonly=True,
        copy=False,
        help="What was done for the customer, as the customer is told.",
    )
    solved_at = fields.Datetime(string="Solved On", readonly=True, copy=False)
    solved_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    confirmation_ids = fields.One2many(
        comodel_name="crm.complaint.confirmation",
        inverse_name="complaint_id",
        string="Confirmations",
        readonly=True,
    )
    confirmation = fields.Selection(
        selection=OUTCOMES,
        string="The Customer Is",
        readonly=True,
        copy=False,
        help="What came of asking the customer last, in this round.",
    )
    rated_round = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        export_string_translation=False,
        help="The last round whose handling the customer has rated.",
    )
    unreached_count = fields.Integer(
        string="Not Reached (Times)", compute="_compute_unreached_count"
    )
    is_confirmed = fields.Boolean(compute="_compute_is_confirmed")
    closing_code_id = fields.Many2one(
        comodel_name="crm.complaint.closing.code",
        string="Closed With",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    closed_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    unconfirmed_reason = fields.Char(
        string="Closed Without Confirmation",
        readonly=True,
        copy=False,
        help="Why a manager has closed it although the customer has not confirmed.",
    )
    reopen_count = fields.Integer(string="Times Reopened", readonly=True, copy=False)

    @api.depends("confirmation_ids.outcome", "confirmation_ids.asked_at", "solved_at")
    def _compute_unreached_count(self):
        for complaint in self:
            since = complaint.solved_at
            complaint.unreached_count = len(
                complaint.confirmation_ids.filtered(
                    lambda one, since=since: (
                        one.outcome == "not_reached" and since and one.asked_at >= since
                    )
                )
            )

    @api.depends("confirmation")
    def _compute_is_confirmed(self):
        for complaint in self:
            complaint.is_confirmed = complaint.confirmation in ACCEPTED

    def _recorded(self, kind, at):
        result = super()._recorded(kind, at)
        if kind in BY_THEMSELVES:
            self._close_as(BY_THEMSELVES[kind], at)
        return result

    def _close_as(self, kind, at):
        """Write how these ended that were withdrawn or merged."""
        code = self.env["crm.complaint.closing.code"].search(
            [("kind", "=", kind)], limit=1
        )
        self.write(
            {
                "closing_code_id": code.id,
                "closed_at": at,
                "closed_by_id": self.env.uid,
            }
        )
