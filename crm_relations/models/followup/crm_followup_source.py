from odoo import api, fields, models


class CrmFollowup(models.Model):
    """What has been typed already: a planned activity that is done, a held meeting."""

    _inherit = "crm.followup"

    done_activity_id = fields.Many2one(
        comodel_name="mail.activity",
        string="Does What Was Planned",
        domain="[('res_model', '=', 'res.partner'), ('active', '=', True),"
        " ('res_id', 'in', [partner_id, customer_id])]",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        help="The planned activity is marked as done with this record.",
    )
    event_id = fields.Many2one(
        comodel_name="calendar.event",
        string="Meeting",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
    )

    _activity_uniq = models.UniqueIndex(
        "(done_activity_id) WHERE done_activity_id IS NOT NULL",
        "This activity has been logged as a follow-up already.",
    )

    @api.onchange("done_activity_id")
    def _onchange_done_activity_id(self):
        if self.done_activity_id and not self.purpose:
            activity = self.done_activity_id
            self.purpose = activity.summary or activity.activity_type_id.name
            self.kind_id = activity.activity_type_id.followup_kind_id or self.kind_id

    @api.model_create_multi
    def create(self, vals_list):
        followups = super().create(vals_list)
        for followup in followups.filtered("done_activity_id.active"):
            # Not as superuser: it may not be this user's to do.
            activity = followup.done_activity_id.with_user(self.env.user)
            before = self.env["crm.act"]._look_at(activity._get_watched())
            made = activity._finish(followup.content)
            followup._keep_logged(before, made)
        return followups
