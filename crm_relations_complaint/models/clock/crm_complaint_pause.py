from odoo import fields, models


class CrmComplaintPause(models.Model):
    """A time in which a complaint waits for somebody outside, and why.

    Made by the events of the complaint; which clocks stand still meanwhile is said by
    their kinds.
    """

    _name = "crm.complaint.pause"
    _description = "Pause of a complaint"
    _order = "started_at desc, id desc"
    _rec_name = "reason"

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
    reason = fields.Text(readonly=True)
    started_at = fields.Datetime(string="Began", required=True, readonly=True)
    ended_at = fields.Datetime(string="Until", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Paused By",
        readonly=True,
        index="btree_not_null",
    )
    ended_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
        help="Empty: the customer has answered.",
    )

    # Two pauses at once: the second finds the first.
    _open_uniq = models.UniqueIndex(
        "(complaint_id) WHERE ended_at IS NULL", "This complaint stands still already."
    )
