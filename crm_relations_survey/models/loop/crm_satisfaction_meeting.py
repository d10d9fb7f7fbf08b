from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.crm_relations.tools.sentences import join_words


class CrmSatisfactionMeeting(models.Model):
    """What was agreed on about several plans, to be printed and signed."""

    _name = "crm.satisfaction.meeting"
    _description = "Meeting record"
    _inherit = ["crm.colleague.mixin"]
    _order = "held_at desc, id desc"

    name = fields.Char(
        required=True, default=lambda self: self.env._("Satisfaction meeting")
    )
    held_at = fields.Datetime(
        string="Held On", required=True, default=fields.Datetime.now
    )
    place = fields.Char()
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Led By",
        required=True,
        index=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    attendee_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_satisfaction_meeting_attendee_rel",
        string="Present",
        domain="[('share', '=', False)]",
    )
    guests = fields.Char(help="Others who were present.")
    plan_ids = fields.Many2many(
        comodel_name="crm.satisfaction.plan",
        relation="crm_satisfaction_meeting_plan_rel",
        string="Plans",
        domain="[('company_id', '=', company_id)]",
    )
    minutes = fields.Text(help="What was said and decided besides the plans.")
    next_at = fields.Datetime(string="Next Meeting")
    may_edit = fields.Boolean(
        compute="_compute_may_edit", export_string_translation=False
    )

    @api.depends_context("uid")
    def _compute_may_edit(self):
        mine = self._filtered_access("write")
        for meeting in self:
            meeting.may_edit = not meeting.id or meeting in mine

    @api.constrains("plan_ids", "company_id")
    def _check_plan_ids(self):
        for meeting in self:
            # Superuser: of which company plans are that one may not see any more.
            if meeting.sudo().plan_ids.company_id - meeting.company_id:
                raise ValidationError(
                    self.env._("A meeting is about plans of one company.")
                )

    def action_print(self):
        """Print the record."""
        return self.env.ref(
            "crm_relations_survey.crm_satisfaction_meeting_report"
        ).report_action(self)

    def _tell_present(self):
        # Superuser: the name of each, for who may read the minutes.
        names = self.attendee_ids.sudo().mapped("name")
        return join_words(self.env, [*names, self.guests])

    def _tell(self, moment):
        return self.env.user._tell_moment(moment)

    def _get_printed(self):
        """Return who printed it, and when."""
        return self.env._(
            "Printed by %(user)s, %(moment)s",
            moment=self._tell(fields.Datetime.now()),
            user=self.env.user.name,
        )

    def _get_word(self, record, name):
        """Return the label of a selection."""
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(record[name], "")
