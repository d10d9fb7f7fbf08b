from odoo import fields, models
from odoo.tools import is_html_empty

from .crm_followup import MOST_MINUTES

CUSTOMER_OF = {
    "res.partner": lambda record: record,
    "crm.lead": lambda record: record.partner_id,
    "sale.order": lambda record: record.partner_id,
}
LINK_TO = {"crm.lead": "opportunity_id", "sale.order": "order_id"}


class MailActivity(models.Model):
    """An activity that is done is a contact that has happened, if its type says so."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        vals_list = self._prepare_followup_vals_list(feedback, attachment_ids)
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        # Superuser: the type of the activity says that it is logged, whoever does it.
        self.env["crm.followup"].sudo().create(vals_list)
        return result

    def _prepare_followup_vals_list(self, feedback, attachment_ids):
        """Return the values of one follow-up for each activity that is one: of such a
        type, for a managed customer, not logged by hand."""
        vals_list = []
        for model, some in self._filter_unlogged().grouped("res_model").items():
            # Superuser: the customer is asked for nothing but whether it is one.
            records = self.env[model].sudo().browse(some.mapped("res_id")).exists()
            partners = {record.id: CUSTOMER_OF[model](record) for record in records}
            for activity in some:
                partner = partners.get(activity.res_id)
                if partner and partner.commercial_partner_id.is_managed_customer:
                    vals = activity._prepare_followup_vals(partner, feedback)
                    vals_list.append(vals | {"attachment_ids": attachment_ids or []})
        return vals_list

    def _filter_unlogged(self):
        """Return those that are a contact by their type and that nobody has logged."""
        # Superuser: the type of the activity says that it is logged, whoever does it.
        activities = self.sudo().filtered(
            lambda activity: (
                activity.activity_type_id.followup_kind_id
                and activity.res_model in CUSTOMER_OF
            )
        )
        if not activities:
            return activities
        followups = self.env["crm.followup"].sudo()
        logged = followups.search([("done_activity_id", "in", activities.ids)])
        return activities - logged.done_activity_id

    def _prepare_followup_vals(self, partner, feedback):
        self.ensure_one()
        now = fields.Datetime.now()
        vals = {
            "partner_id": partner.id,
            "kind_id": self.activity_type_id.followup_kind_id.id,
            "purpose": self.summary or self.activity_type_id.name,
            "content": False if is_html_empty(feedback) else feedback,
            "user_id": self._get_followup_user().id,
            "date": now,
            "done_activity_id": self.id,
        }
        if self.res_model in LINK_TO:
            vals[LINK_TO[self.res_model]] = self.res_id
        event = self.calendar_event_id
        if event and event.start <= now:
            vals |= {
                "date": event.start,
                "duration_minutes": min(round(event.duration * 60), MOST_MINUTES),
                "event_id": event.id,
            }
        return vals

    def _get_followup_user(self):
        """Who marks it as done has done it; a job stands for the assignee."""
        return self.user_id if self.env.user._is_superuser() else self.env.user
