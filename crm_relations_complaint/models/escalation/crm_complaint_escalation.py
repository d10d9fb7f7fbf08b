from odoo import fields, models

STATES = [
    ("told", "Told"),
    ("skipped", "Left Out"),
    ("nobody", "Nobody to Tell"),
]


class CrmComplaintEscalation(models.Model):
    """Somebody was told that a clock runs out, or has: once per step, person and
    deadline. A deadline that moves later is a new one, of which people are told again;
    one that moves earlier is not.

    Written by the job in the transaction in which the activity and the message are
    made: killed anywhere, all of them are there or none. The unique key keeps it to
    one whoever else runs.
    """

    _name = "crm.complaint.escalation"
    _description = "Escalation of a complaint"
    _order = "told_at desc, id desc"
    _rec_name = "complaint_id"

    clock_id = fields.Many2one(
        comodel_name="crm.complaint.clock",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
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
    kind_id = fields.Many2one(related="clock_id.kind_id", string="What")
    step_id = fields.Many2one(
        comodel_name="crm.complaint.escalation.step",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        export_string_translation=False,
    )
    level = fields.Integer(readonly=True, aggregator=None)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Told To",
        readonly=True,
        index="btree_not_null",
    )
    state = fields.Selection(
        selection=STATES,
        string="Outcome",
        required=True,
        readonly=True,
        help="Left out: a warning for which it was too late already.",
    )
    deadline_at = fields.Datetime(string="Deadline", readonly=True)
    due_at = fields.Datetime(
        string="To Be Told",
        readonly=True,
        help="When this step was due by the ladder, within working hours.",
    )
    told_at = fields.Datetime(string="Told On", required=True, readonly=True)
    answer_by_at = fields.Datetime(
        string="To Act Until", readonly=True, help="The target of this level itself."
    )
    answered_at = fields.Datetime(
        string="Seen to On", readonly=True, help="When the clock was stopped."
    )
    activity_id = fields.Many2one(
        comodel_name="mail.activity",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        export_string_translation=False,
    )

    _step_uniq = models.UniqueIndex(
        "(clock_id, step_id, COALESCE(user_id, 0), deadline_at)",
        "This step has told this person of this deadline already.",
    )
    _told_idx = models.Index("(company_id, told_at)")

    def action_open_complaint(self):
        return self.clock_id.action_open_complaint()
