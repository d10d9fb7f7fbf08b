import logging

from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain
from odoo.tools import email_normalize
from odoo.tools.mail import generate_tracking_message_id, html2plaintext

from ...tools.incoming_mail import ANSWERED, BY_HAND, get_origin
from ...tools.uploads import MEGABYTE

_logger = logging.getLogger(__name__)


class CrmComplaint(models.Model):
    """Which e-mails become a complaint, or an answer in one.

    Nothing of what we sent ourselves, and no machine that answers by itself, else two
    of them talk to each other for ever. Decided before anything is written.
    """

    _inherit = "crm.complaint"
    _primary_email = "caller_email"

    @api.model
    def _admit(self, message, message_dict, routes):
        """Return the routes that remain of those that an e-mail takes; where one is
        refused that a person wrote, its sender is told why."""
        ours = [route for route in routes if route[0] == self._name]
        others = [route for route in routes if route not in ours]
        text = html2plaintext(message_dict.get("body") or "", include_references=False)
        origin = get_origin(message, text)
        if self._is_own_address(message_dict["email_from"]):
            _logger.info("Ignored a complaint from an address of our own")
            return others
        if self._is_too_large(message_dict, ours):
            if origin == BY_HAND:
                self._refuse_attachments(message, message_dict, ours)
            return others
        return [*others, *self._admit_routes(message_dict, ours, origin)]

    @api.model
    def _admit_routes(self, message_dict, routes, origin):
        self._name_author(message_dict, routes)
        if origin != BY_HAND:
            # Kept for colleagues only: no answer of the customer.
            message_dict["is_internal"] = True
        return filter(None, [self._admit_route(route, origin) for route in routes])

    @api.model
    def _admit_route(self, route, origin):
        """Return where this e-mail goes: into the complaint that is still worked on, or
        to be reopened; else into a new one that follows it; None: nowhere."""
        model, thread_id, values, user_id, alias = route
        complaint = self._find_addressed(thread_id)
        if complaint and (origin == ANSWERED or complaint._takes_answers()):
            return model, complaint.id, values, user_id, alias
        if origin == ANSWERED:
            _logger.info("Ignored an automatic answer to the address of complaints")
            return None
        if complaint:
            values = {**(values or {}), "follows_id": complaint.id}
        return model, 0, values, user_id, alias

    @api.model
    def _find_addressed(self, thread_id):
        """Return the complaint to which an e-mail is written, or that into which it was
        merged since."""
        # Superuser: the gateway has no rights of its own on what is written to.
        complaint = self.sudo().browse(thread_id or []).exists()
        return complaint._get_merged_target() if complaint else complaint

    @api.model
    def _is_own_address(self, email_from):
        """Return whether it is one to which the gateway listens, or sends from."""
        address = email_normalize(email_from or "")
        if not address:
            return False
        # Superuser: addresses of the house, whoever reads the mail.
        return bool(self.env["mail.alias.domain"].sudo()._find_aliases([address]))

    @api.model
    def _is_too_large(self, message_dict, routes):
        size = sum(
            len(content.encode() if isinstance(content, str) else bytes(content))
            for _name, content, *_info in message_dict.get("attachments") or ()
        )
        company = self._get_company_of_route(routes[0])
        return size > company.complaint_files * company.complaint_file_mb * MEGABYTE

    @api.model
    def _get_company_of_route(self, route):
        _model, thread_id, values, _user_id, _alias = route
        # Superuser: the limits of the company, whoever reads the mail.
        complaint = self.sudo().browse(thread_id or []).exists()
        company = (
            self.env["res.company"].sudo().browse((values or {}).get("company_id"))
        )
        return complaint.company_id or company.exists() or self.env.company.sudo()

    @api.model
    def _refuse_attachments(self, message, message_dict, routes):
        company = self._get_company_of_route(routes[0])
        person = self._find_person(message_dict["email_from"], company)
        # Superuser: only the language he reads.
        lang = person.sudo().lang or company.partner_id.lang or self.env.lang
        body = (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                "crm_relations_complaint.mail_too_large",
                {"most": company.complaint_files * company.complaint_file_mb},
                minimal_qcontext=True,
            )
        )
        # The second reference: whatever answers to this is ignored.
        marker = generate_tracking_message_id("loop-detection-bounce-email")
        self.env["mail.thread"]._routing_create_bounce_email(
            message_dict["email_from"],
            body,
            message,
            references=f"{message_dict['message_id']} {marker}",
        )

    @api.model
    def _name_author(self, message_dict, routes):
        """Name as author who is hidden from Odoo's own search, so that the message
        keeps his address out of sight as well."""
        if message_dict.get("author_id"):
            return
        company = self._get_company_of_route(routes[0])
        person = self._find_person(message_dict["email_from"], company)
        if person:
            message_dict["author_id"] = person.id

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """By e-mail only; customers found by their address have no address here."""
        domain = super()._detect_loop_sender_domain(email_from_normalized)
        found = self._find_person(email_from_normalized, self.env.company)
        if found:
            domain = Domain(domain) | Domain("person_id", "=", found.id)
            domain |= Domain("partner_id", "=", found.id)
        return Domain(domain) & Domain("channel", "=", "email")

    def _message_receive_bounce(self, email, partner):
        """What we wrote did not arrive: somebody has to reach the customer."""
        result = super()._message_receive_bounce(email, partner)
        # What was merged meanwhile is worked on where it is now.
        for complaint in self.mapped(lambda one: one._get_merged_target()):
            if complaint.is_open:
                complaint.with_user(SUPERUSER_ID)._ask_to_call()
        return result

    def _ask_to_call(self):
        user = self.user_id or self.first_asked_id or self.env.user
        room = self._speak_to(user)
        room.activity_schedule(
            "mail.mail_activity_data_call",
            summary=room.env._("Our e-mail came back: reach the customer otherwise"),
            user_id=user.id,
        )
