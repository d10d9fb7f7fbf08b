from odoo import fields, models
from odoo.tools import SQL

from ...tools.tact import get_quiet_end

TEMPLATE = "crm_relations.mail_template_club_invitation"


class CrmClubMembership(models.Model):
    """The invitation by e-mail: its link lets the invited one join without an
    account."""

    _name = "crm.club.membership"
    _inherit = ["crm.club.membership", "crm.personal.link.mixin"]
    _link_path = "club"

    def _send_invitations(self):
        """Invite these by e-mail: those with an address who do not refuse e-mails. They
        leave outside the quiet hours, through Odoo's queue.

        :return: those that are invited so
        """
        # Superuser: whoever may invite has the message rendered and sent.
        invited = self.sudo().filtered(lambda one: one.state == "invited")
        refused = invited._find_unwilling()
        reached = invited.filtered(
            lambda one: (
                one._get_recipient().has_email
                and refused.isdisjoint((one.partner_id.id, one._get_recipient().id))
            )
        )
        if reached:
            template = self.env.ref(TEMPLATE).sudo()
            for company, some in reached.grouped("company_id").items():
                sender = company or self.env["res.company"]._get_relations_default()
                template.with_company(sender).send_mail_batch(
                    some.ids, email_layout_xmlid="mail.mail_notification_light"
                )
        return reached

    def _find_unwilling(self):
        """Return the ids of those of these who refuse e-mails."""
        people = self.partner_id | self.customer_id
        people.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS found (id) WHERE id = ANY(%s)",
                people._get_care_refusals_sql("email"),
                people.ids,
            )
        )
        return {number for (number,) in rows}

    def _get_recipient(self):
        """Return whom a message reaches: the member, else its customer."""
        self.ensure_one()
        return self.partner_id if self.partner_id.has_email else self.customer_id

    def _get_sending_moment(self):
        """Return when an invitation leaves, "" for at once: not within the quiet hours
        of whom it reaches."""
        self.ensure_one()
        company = self.company_id or self.env["res.company"]._get_relations_default()
        zone = self._get_recipient().tz or company._get_relations_tz()
        now = fields.Datetime.now()
        end = get_quiet_end(
            now, zone, company.care_quiet_from, company.care_quiet_until
        )
        return "" if end == now else fields.Datetime.to_string(end)
