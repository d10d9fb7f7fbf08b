from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import SQL, is_html_empty

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

    is_of_archived = fields.Boolean(
        string="Of an Archived Contact",
        compute="_compute_is_of_archived",
        search="_search_is_of_archived",
        help="Planned with a contact who, or whose customer, is archived.",
    )

    @api.depends("res_model", "res_id")
    def _compute_is_of_archived(self):
        found = self.search([("id", "in", self.ids), ("is_of_archived", "=", True)])
        for activity in self:
            activity.is_of_archived = activity in found

    @api.model
    def _search_is_of_archived(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("res_model", "=", "res.partner") & Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                """
                EXISTS (
                SELECT FROM res_partner AS contact
                  JOIN res_partner AS customer
                    ON customer.id = contact.commercial_partner_id
                 WHERE contact.id = %s
                   AND (NOT contact.active OR NOT customer.active))
                """,
                SQL.identifier(alias, "res_id"),
            )
        )

    def _action_done(self, feedback=False, attachment_ids=None):
        vals_list = self._prepare_followup_vals_list(feedback, attachment_ids)
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        # Superuser: the type of the activity says that it is logged, whoever does it.
        # Nobody follows a line that tells of another one's chatter.
        followups = self.env["crm.followup"].sudo().with_context(tracking_disable=True)
        followups.create(vals_list)
        return result

    def _prepare_followup_vals_list(self, feedback, attachment_ids):
        """Return the values of one follow-up for each activity that is one: of such a
        type, for a managed customer, not logged by hand."""
        # Superuser: as above; the customer is asked for nothing but whether it is one.
        activities = self.sudo().filtered(
            lambda activity: (
                activity.activity_type_id.followup_kind_id
                and activity.res_model in CUSTOMER_OF
            )
        )
        if not activities:
            return []
        partners = activities._get_managed_partners()
        activities = activities.browse(partners)
        if not activities:
            return []
        followups = self.env["crm.followup"].sudo()
        logged = followups.search([("done_activity_id", "in", activities.ids)])
        given = {"attachment_ids": attachment_ids or []}
        return [
            activity._prepare_followup_vals(partners[activity.id], feedback) | given
            for activity in activities - logged.done_activity_id
        ]

    def _get_managed_partners(self):
        """Return ``{activity id: partner}`` of those for a managed customer."""
        found = {}
        for model, activities in self.grouped("res_model").items():
            records = self.env[model].browse(activities.mapped("res_id"))
            for activity, record in zip(activities, records, strict=True):
                partner = _get_managed_partner(record)
                if partner:
                    found[activity.id] = partner
        return found

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


def _get_managed_partner(record):
    """Return the partner of ``record`` if it is or belongs to a managed customer."""
    try:
        partner = CUSTOMER_OF[record._name](record)
        managed = partner._get_their_customers().is_managed_customer
        return partner if managed else None
    except MissingError:  # deleted by the database, beside its activities
        return None
