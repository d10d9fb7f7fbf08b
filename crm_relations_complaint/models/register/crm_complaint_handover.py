from odoo import fields, models

STATES = [
    ("waiting", "Waiting"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("taken_back", "Taken Back"),
    ("lapsed", "Lapsed"),
]


class CrmComplaintHandover(models.Model):
    """Somebody was asked to take a complaint over, and what became of it.

    Made and answered by methods of the complaint; until it is accepted, who handed it
    over stays answerable.
    """

    _name = "crm.complaint.handover"
    _description = "Hand-over of a complaint"
    _order = "asked_at desc, id desc"
    _rec_name = "complaint_id"

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
    from_user_id = fields.Many2one(
        comodel_name="res.users", string="From", readonly=True, index="btree_not_null"
    )
    to_user_id = fields.Many2one(
        comodel_name="res.users", string="To", required=True, readonly=True, index=True
    )
    asked_at = fields.Datetime(string="Asked", required=True, readonly=True)
    answered_at = fields.Datetime(string="Answered", readonly=True)
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="waiting",
    )
    note = fields.Text(readonly=True)
    reason = fields.Text(string="Why Declined", readonly=True)

    # Two hand-overs at once: the second finds the first.
    _waiting_uniq = models.UniqueIndex(
        "(complaint_id) WHERE state = 'waiting'",
        "Somebody has been asked to take it over already.",
    )

    def action_open_complaint(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.complaint",
            "res_id": self.complaint_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
