from odoo import fields, models
from odoo.exceptions import UserError

from .crm_followup import MOST_MINUTES


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    followup_ids = fields.One2many(
        comodel_name="crm.followup",
        inverse_name="event_id",
        string="Follow-ups",
        groups="crm_relations.group_user",
    )

    def action_log_followup(self):
        """Open the follow-up of this meeting, a new one with what is known of it."""
        self.ensure_one()
        if self.start > fields.Datetime.now():
            raise UserError(
                self.env._(
                    "This meeting has not taken place yet. Once it has, it can be "
                    "logged as a follow-up."
                )
            )
        partner = self.opportunity_id.partner_id or self._get_met_customers()[:1]
        kind = self.env["crm.followup.kind"]._get_for_channel("meeting")
        context = {
            "default_partner_id": partner.id,
            "default_opportunity_id": self.opportunity_id.id,
            "default_event_id": self.id,
            "default_kind_id": kind.id,
            "default_purpose": self.name,
            "default_date": self.start,
            "default_duration_minutes": min(round(self.duration * 60), MOST_MINUTES),
        }
        action = self.env["crm.followup"]._get_quick_action(context)
        return action | {"res_id": self.followup_ids[:1].id}

    def _get_met_customers(self):
        """Return who of those present is from outside, customers first."""
        outside = self.partner_ids.filtered("partner_share")
        return outside.sorted(
            lambda partner: not partner.commercial_partner_id.is_managed_customer
        )
